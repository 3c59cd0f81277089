import { importsOf, resolveUri } from '../dart/main/declarations.ts';
import { handedRuntimes } from '../dart/main/handed-runtime.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { type MainFile, readMainFile } from '../dart/main/read.ts';

/** Holds the Dart files that register and declare the handlers of functions. */
export interface EntryFile {
  /** Relative to the service's root, for example `lib/main.dart`. */
  readonly path: string;
  readonly main: MainFile;
  /** The files of this package that it imports, by path; undefined for a missing one. */
  readonly imported: ReadonlyMap<string, string | undefined>;
  /**
   * The other files of this package that use `Runtime`; only read if the entry file does not
   * register every handler.
   */
  readonly elsewhere: ReadonlyMap<string, MainFile>;
  /**
   * Where these files, from the entry file on, pass a `Runtime` to other code, if they import
   * another package; only searched if the entry file does not register every handler.
   */
  readonly handed: readonly HandedRuntime[];
}

interface HandedRuntime {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The name of what receives it. */
  readonly name: string;
}

/** Reads a file of the service. Returns undefined if it does not exist. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/**
 * Reads an entry file and what it imports from its own package.
 *
 * @param handlers those that it should register
 * @throws UserError with file, line and column when the entry file is broken
 */
export async function readEntryFile(
  path: string,
  handlers: readonly string[],
  packageName: string,
  parser: DartParser,
  read: ReadFile,
): Promise<EntryFile | undefined> {
  const text = await read(path);
  if (text === undefined) return undefined;
  const main = readMainFile(parser, text, path);
  const paths = main.imports
    .map(({ uri }) => resolveUri(uri, { from: path, package: packageName }))
    .filter((imported) => imported !== undefined);
  const texts = await Promise.all(paths.map(read));
  const registered = new Set(main.registrations.map(({ name }) => name));
  const others = handlers.every((handler) => registered.has(handler))
    ? { elsewhere: new Map<string, MainFile>(), handed: [] }
    : await registeringFiles({ path, text, main }, packageName, parser, read);
  return {
    path,
    main,
    imported: new Map(paths.map((file, index) => [file, texts[index]])),
    ...others,
  };
}

/** Returns whether a library imports another package than its own. */
export const importsPackage = ({ imports }: MainFile, packageName: string): boolean =>
  imports.some(({ uri }) => /^package:/.test(uri) && !uri.startsWith(`package:${packageName}/`));

/**
 * Finds the files that may register handlers among all direct and indirect imports of a file,
 * without the runtime itself, and where it and they pass a `Runtime` on.
 */
async function registeringFiles(
  entry: { readonly path: string; readonly text: string; readonly main: MainFile },
  packageName: string,
  parser: DartParser,
  read: ReadFile,
): Promise<Pick<EntryFile, 'elsewhere' | 'handed'>> {
  const handedBy = (file: string, source: string, library: MainFile): readonly HandedRuntime[] =>
    importsPackage(library, packageName)
      ? handedRuntimes(parser, source).map(({ name, line }) => ({ file, name, line }))
      : [];
  const elsewhere = new Map<string, MainFile>();
  const handed = [...handedBy(entry.path, entry.text, entry.main)];
  const seen = new Set([entry.path]);
  const follow = async (from: string, source: string): Promise<void> => {
    for (const uri of importsOf(parser, source)) {
      const file = resolveUri(uri, { from, package: packageName });
      if (file === undefined || seen.has(file) || file.startsWith('lib/runtime/')) continue;
      seen.add(file);
      const imported = await read(file);
      if (imported === undefined) continue;
      if (/\b(registerHandler|Runtime)\b/.test(imported)) {
        const library = readMainFile(parser, imported, file);
        elsewhere.set(file, library);
        handed.push(...handedBy(file, imported, library));
      }
      await follow(file, imported);
    }
  };
  await follow(entry.path, entry.text);
  return { elsewhere, handed };
}
