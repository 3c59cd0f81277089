import { resolveUri, topLevelDeclarations } from './declarations.ts';
import type { DartParser } from './parser.ts';
import type { MainFile } from './read.ts';
import type { Registration } from './registrations.ts';

/** A library of the service, and all that it declares. */
export interface DeclaringFile {
  /** From the service's root: `lib/handlers/get_order.dart`. */
  readonly path: string;
  readonly names: readonly string[];
}

/** Where a library is looked for. */
export interface Libraries {
  /** The file that imports it: `lib/main.dart`. */
  readonly from: string;
  /** The service's Dart package. */
  readonly package: string;
  /** Dart files by their paths. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Finds the imported file that declares what is registered; undefined where none of them does. */
export function declaringFile(
  parser: DartParser,
  { imports }: MainFile,
  { handler }: Registration,
  { from, package: packageName, sources }: Libraries,
): DeclaringFile | undefined {
  const name = handler.split('.').at(-1) ?? '';
  for (const { uri } of imports) {
    const path = resolveUri(uri, { from, package: packageName });
    const source = path === undefined ? undefined : sources.get(path);
    if (path === undefined || !source?.includes(name)) continue;
    const names = topLevelDeclarations(parser, source).map((declaration) => declaration.name);
    if (names.includes(name)) return { path, names };
  }
  return undefined;
}
