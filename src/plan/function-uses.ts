/**
 * Finds what else uses the files and the handler of an endpoint; that is kept when the endpoint is
 * removed.
 */

import { hasString, importsOf, resolveUri } from '../dart/main/declarations.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE, type MainFile } from '../dart/main/read.ts';
import type { Message } from '../message.ts';
import { isUnknown, mayBecome } from '../util/json.ts';
import * as messages from './messages.ts';
import type { NamedFunction } from './recorded-function.ts';

/**
 * Returns why the registration of a handler must stay: another function uses it, or Dart code
 * contains its name as a string, for example a test that starts the runtime.
 *
 * @param others the functions that stay
 * @param going paths of the files to be deleted
 */
export function registrationInUse(
  handler: string,
  others: readonly NamedFunction[],
  sources: ReadonlyMap<string, string>,
  going: ReadonlySet<string>,
  parser: DartParser,
): Message | undefined {
  const users = others.filter((fn) => fn.handler === handler);
  if (users.length > 0) {
    return messages.sharedHandler({ handler, functions: users.map(({ key }) => key).join(', ') });
  }
  const maybe = others.find((fn) => mayBecome(fn.handler, handler));
  if (maybe) {
    const { key, handler: written } = maybe;
    return isUnknown(key)
      ? messages.perhapsHandlerAmong({ handler, variable: key })
      : messages.perhapsHandler({ handler, function: key, otherHandler: written });
  }
  const naming = [...sources].filter(
    ([path, source]) =>
      path !== MAIN_FILE && !going.has(path) && hasString(parser, source, handler),
  );
  if (naming.length === 0) return undefined;
  const files = pathsOf(naming);
  return naming.length === 1
    ? messages.fileNames({ file: files, handler })
    : messages.filesName({ files, handler });
}

/**
 * Returns why a registration that no edit can remove stays: it is an entry of a map, or an
 * argument of a helper function.
 */
export function unreadRegistration(
  { unread, mentions }: MainFile,
  handler: string,
): Message | undefined {
  const found = unread.length > 0 ? mentions.find(({ name }) => name === handler) : undefined;
  return found && messages.otherwiseRegistered({ line: found.line, handler });
}

const pathsOf = (files: readonly (readonly [path: string, unknown])[]): string =>
  files.map(([path]) => path).join(', ');

/**
 * Adds to the reasons every candidate that a kept file, or the test of one, imports, until no more
 * are found.
 *
 * @param reasons why files stay, by path
 * @param sources the Dart files after the removal
 */
export function filesInUse(
  candidates: readonly string[],
  reasons: Map<string, Message>,
  sources: ReadonlyMap<string, string>,
  packageName: string,
  parser: DartParser,
): void {
  const imported = importsByFile(candidates, sources, packageName, parser);
  const stays = (path: string) => !candidates.includes(path) || reasons.has(path);
  for (let found = true; found; ) {
    found = false;
    for (const path of candidates) {
      if (stays(path)) continue;
      const users = [...imported].filter(([from, paths]) => paths.has(path) && stays(from));
      const tested = candidates.find((file) => reasons.has(file) && testOf(file) === path);
      if (users.length > 0) {
        const files = pathsOf(users);
        reasons.set(
          path,
          users.length === 1
            ? messages.fileImports({ file: files })
            : messages.filesImport({ files }),
        );
      } else if (tested !== undefined) {
        reasons.set(path, messages.testsKeptFile({ file: tested }));
      } else continue;
      found = true;
    }
  }
}

/** Returns the path of a library's test: `test/a_test.dart` for `lib/a.dart`. */
const testOf = (path: string): string =>
  path.replace(/^lib\/(.*)\.dart$/, (_, name) => `test/${name}_test.dart`);

/**
 * Returns which files of the package each file imports, for the files that may import a candidate.
 */
function importsByFile(
  candidates: readonly string[],
  sources: ReadonlyMap<string, string>,
  packageName: string,
  parser: DartParser,
): ReadonlyMap<string, ReadonlySet<string>> {
  const imported = new Map<string, ReadonlySet<string>>();
  const names = candidates.map((path) => path.slice(path.lastIndexOf('/') + 1));
  for (const [from, source] of sources) {
    // Parsing every file of a large service takes seconds, and a search of the text rules out most.
    if (!names.some((name) => source.includes(name))) continue;
    const paths = importsOf(parser, source).map((uri) =>
      resolveUri(uri, { from, package: packageName }),
    );
    imported.set(from, new Set(paths.filter((path) => path !== undefined)));
  }
  return imported;
}
