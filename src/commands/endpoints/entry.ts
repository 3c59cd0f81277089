import { importsOf, resolveUri } from '../../dart/main/declarations.ts';
import type { DartParser } from '../../dart/main/parser.ts';
import { type MainFile, readMainFile } from '../../dart/main/read.ts';

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
  const main = readMainFile(parser, text, { file: path });
  const paths = main.imports
    .map(({ uri }) => resolveUri(uri, { from: path, package: packageName }))
    .filter((imported) => imported !== undefined);
  const texts = await Promise.all(paths.map(read));
  const registered = new Set(main.registrations.map(({ name }) => name));
  const elsewhere = handlers.every((handler) => registered.has(handler))
    ? new Map<string, MainFile>()
    : await registeringFiles(path, text, packageName, parser, read);
  return {
    path,
    main,
    imported: new Map(paths.map((file, index) => [file, texts[index]])),
    elsewhere,
  };
}

/**
 * Finds the files that may register handlers among all direct and indirect imports of a file,
 * without the runtime itself.
 */
async function registeringFiles(
  path: string,
  text: string,
  packageName: string,
  parser: DartParser,
  read: ReadFile,
): Promise<ReadonlyMap<string, MainFile>> {
  const found = new Map<string, MainFile>();
  const seen = new Set([path]);
  const follow = async (from: string, source: string): Promise<void> => {
    for (const { uri } of importsOf(parser, source)) {
      const file = resolveUri(uri, { from, package: packageName });
      if (file === undefined || seen.has(file) || file.startsWith('lib/runtime/')) continue;
      seen.add(file);
      const imported = await read(file);
      if (imported === undefined) continue;
      if (/\b(registerHandler|Runtime)\b/.test(imported)) {
        found.set(file, readMainFile(parser, imported, { file }));
      }
      await follow(file, imported);
    }
  };
  await follow(path, text);
  return found;
}
