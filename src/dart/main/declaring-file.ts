import { resolveUri, topLevelDeclarations } from './declarations.ts';
import type { DartParser } from './parser.ts';
import { type Import, MAIN_FILE } from './read.ts';
import type { Registration } from './registrations.ts';

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
