import { importsOf, resolveUri, topLevelDeclarations } from './declarations.ts';
import type { DartParser } from './parser.ts';
import { type Import, MAIN_FILE } from './read.ts';
import type { Registration } from './registrations.ts';

/** The folder of the event library. */
export const EVENTS = 'lib/runtime/events/';

/** Describes a library of the service by all that it declares. */
export interface DeclaringFile {
  /** Relative to the service's root: `lib/handlers/get_order.dart`. */
  readonly path: string;
  readonly names: readonly string[];
}

/** Says where to look for a library. */
export interface Libraries {
  /** The service's Dart package. */
  readonly package: string;
  /** The texts of Dart files, by path. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Finds the import of lib/main.dart that declares a registered handler; undefined if none does. */
export function declaringFile(
  parser: DartParser,
  imports: readonly Import[],
  { handler }: Registration,
  { package: packageName, sources }: Libraries,
): DeclaringFile | undefined {
  const name = handler.split('.').at(-1) ?? '';
  for (const { uri } of imports) {
    const path = resolveUri(uri, { from: MAIN_FILE, package: packageName });
    const source = path === undefined ? undefined : sources.get(path);
    if (path === undefined || !source?.includes(name)) continue;
    const names = topLevelDeclarations(parser, source).map((declaration) => declaration.name);
    if (names.includes(name)) return { path, names };
  }
  return undefined;
}

/**
 * Finds the import of lib/main.dart that gives it the registered event, if that is in the event
 * library. Its names are those of all the files of the library that it leads to.
 */
export function eventFile(
  parser: DartParser,
  imports: readonly Import[],
  { eventType }: Registration,
  { package: packageName, sources }: Libraries,
): DeclaringFile | undefined {
  const name = eventType?.split('.').at(-1);
  if (name === undefined) return undefined;
  for (const { uri } of imports) {
    const path = resolveUri(uri, { from: MAIN_FILE, package: packageName });
    if (path === undefined || !path.startsWith(EVENTS)) continue;
    const names = [...leadingFrom(path)].flatMap((one) =>
      topLevelDeclarations(parser, sources.get(one) ?? '').map((declared) => declared.name),
    );
    if (names.includes(name)) return { path, names };
  }
  return undefined;

  function leadingFrom(path: string, found = new Set<string>()): ReadonlySet<string> {
    const source = sources.get(path);
    if (source === undefined || found.has(path)) return found;
    found.add(path);
    for (const uri of importsOf(parser, source)) {
      const next = resolveUri(uri, { from: path, package: packageName });
      if (next?.startsWith(EVENTS)) leadingFrom(next, found);
    }
    return found;
  }
}
