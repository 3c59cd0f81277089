import { resolveUri, topLevelDeclarations } from '../dart/declarations.ts';
import { type MainFile, type Registration, readMainFile } from '../dart/main-file.ts';
import type { DartParser } from '../dart/parser.ts';
import { type Call, callsOf } from '../service/endpoints.ts';
import type { Service } from '../service/service.ts';

/** An endpoint of a service, and where its code is. */
export interface ListedEndpoint extends Call {
  readonly function: string;
  /** The registered name: `main.hello`. */
  readonly handler: string;
  /** Where the handler is declared, or else registered; undefined when neither is known. */
  readonly file: string | undefined;
  /** From 1. */
  readonly line: number | undefined;
  readonly url?: string;
}

/** What does not fit together: a place, if there is one, and what is wrong there. */
export interface Problem {
  readonly file: string;
  readonly line: number | undefined;
  readonly message: string;
}

/** A service's Dart files as its functions' handlers need them. */
export interface EntryFile {
  /** From the service's root, `lib/main.dart` for example. */
  readonly path: string;
  readonly main: MainFile;
  /** The files of this package that it imports by their paths; undefined for one that is missing. */
  readonly imported: ReadonlyMap<string, string | undefined>;
}

/** The file that a handler such as `main.hello` is registered in. */
export function entryPath(handler: string): string {
  return `lib/${handler.slice(0, handler.indexOf('.'))}.dart`;
}

/**
 * Reads an entry file and what it imports of its own package.
 *
 * @param read the text of a file of the service; undefined where there is none
 * @throws UserError naming file, line and column when the entry file is broken
 */
export async function readEntryFile(
  path: string,
  packageName: string,
  parser: DartParser,
  read: (path: string) => Promise<string | undefined>,
): Promise<EntryFile | undefined> {
  const text = await read(path);
  if (text === undefined) return undefined;
  const main = readMainFile(parser, text, { file: path });
  const paths = main.imports
    .map(({ uri }) => resolveUri(uri, { from: path, package: packageName }))
    .filter((imported) => imported !== undefined);
  const texts = await Promise.all(paths.map(read));
  return { path, main, imported: new Map(paths.map((file, index) => [file, texts[index]])) };
}

/** The endpoints in the order of serverless.yml, and what keeps them from working. */
export function fitTogether(
  service: Service,
  entries: ReadonlyMap<string, EntryFile | undefined>,
  packageName: string,
  parser: DartParser,
): { readonly endpoints: readonly ListedEndpoint[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const declared = new Map(
    [...entries].map(([path, entry]) => [path, entry && declarationsOf(entry, parser)]),
  );
  const endpoints = service.functions.flatMap((fn): ListedEndpoint[] => {
    const { key, handler } = fn;
    const path = entryPath(handler);
    const entry = entries.get(path);
    const found = entry?.main.registrations.find(({ name }) => name === handler);
    if (entry === undefined) {
      problems.push(
        inYml(`the function ${key} has the handler ${handler}, but there is no ${path}.`),
      );
    } else if (found === undefined) {
      problems.push(
        inYml(`the function ${key} has the handler ${handler}, which ${path} does not register.`),
      );
    }
    const place =
      found && (declared.get(path)?.get(nameOf(found)) ?? { file: path, line: found.line });
    return callsOf(fn).map((event) => ({
      ...event,
      function: key,
      handler,
      file: place?.file,
      line: place?.line,
    }));
  });
  for (const entry of entries.values()) {
    if (entry !== undefined) problems.push(...problemsOf(entry, service, packageName));
  }
  return { endpoints, problems };
}

const inYml = (message: string): Problem => ({ file: 'serverless.yml', line: undefined, message });

/** The function's own name: `hello` of `handlers.hello`. */
const nameOf = ({ handler }: Registration): string => handler.slice(handler.lastIndexOf('.') + 1);

function declarationsOf(
  { imported }: EntryFile,
  parser: DartParser,
): ReadonlyMap<string, { readonly file: string; readonly line: number }> {
  return new Map(
    [...imported].flatMap(([file, text]) =>
      text === undefined
        ? []
        : topLevelDeclarations(parser, text).map(
            ({ name, line }) => [name, { file, line }] as const,
          ),
    ),
  );
}

/** Registrations that no function uses, and imports of files that are missing. */
function problemsOf(
  { path, main, imported }: EntryFile,
  service: Service,
  packageName: string,
): Problem[] {
  const handlers = new Set(service.functions.map(({ handler }) => handler));
  const unused = main.registrations
    .filter(({ name }) => !handlers.has(name))
    .map(({ name, line }) => ({
      file: path,
      line,
      message: `${name} is registered, but no function has it as its handler.`,
    }));
  const missing = main.imports.flatMap(({ uri, line }) => {
    const target = resolveUri(uri, { from: path, package: packageName });
    if (target === undefined || imported.get(target) !== undefined) return [];
    return [{ file: path, line, message: `it imports ${target}, which is missing.` }];
  });
  return [...unused, ...missing];
}
