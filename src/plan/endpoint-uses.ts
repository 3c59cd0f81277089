/**
 * Finds what else uses the files and the handler of an endpoint; that is kept when the endpoint is
 * removed.
 */

import { hasString, importsOf, resolveUri } from '../dart/main/declarations.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE, type MainFile } from '../dart/main/read.ts';
import { isUnknown, mayBecome } from '../util/json.ts';
import type { NamedFunction } from './recorded-endpoint.ts';

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
): string | undefined {
  const users = others.filter((fn) => fn.handler === handler);
  if (users.length > 0) {
    return `${handler} is the handler of ${users.map(({ key }) => key).join(', ')}`;
  }
  const maybe = others.find((fn) => mayBecome(fn.handler, handler));
  if (maybe) {
    const { key, handler: written } = maybe;
    const what = isUnknown(key) ? `a function of ${key}` : `${key}, which is ${written}`;
    return `${handler} may be the handler of ${what}`;
  }
  const naming = [...sources].filter(
    ([path, source]) =>
      path !== MAIN_FILE && !going.has(path) && hasString(parser, source, handler),
  );
  if (naming.length === 0) return undefined;
  return doing(naming, 'name', handler);
}

/**
 * Returns why a registration that no edit can remove stays: it is an entry of a map, or an
 * argument of a helper function.
 */
export function unreadRegistration(
  { unread, mentions }: MainFile,
  handler: string,
): string | undefined {
  const found = unread.length > 0 ? mentions.find(({ name }) => name === handler) : undefined;
  return found && `line ${found.line} registers ${handler} in a way that no edit is known for`;
}

/** Says what files do, as a clause: `a.dart imports it`, `a.dart, b.dart import it`. */
function doing(files: readonly (readonly [string, unknown])[], verb: string, what: string): string {
  const paths = files.map(([path]) => path).join(', ');
  return `${paths} ${verb}${files.length === 1 ? 's' : ''} ${what}`;
}

/**
 * Adds to the reasons every candidate that a kept file, or the test of one, imports, until no more
 * are found.
 *
 * @param reasons why files stay, by path
 * @param sources the Dart files after the removal
 */
export function filesInUse(
  candidates: readonly string[],
  reasons: Map<string, string>,
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
        reasons.set(path, doing(users, 'import', 'it'));
      } else if (tested !== undefined) {
        reasons.set(path, `it tests ${tested}`);
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
    const uris = importsOf(parser, source).map(({ uri }) => uri);
    const paths = uris.map((uri) => resolveUri(uri, { from, package: packageName }));
    imported.set(from, new Set(paths.filter((path) => path !== undefined)));
  }
  return imported;
}
