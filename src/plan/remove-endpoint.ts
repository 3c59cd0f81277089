import type { ChangeSet } from '../changes/change-set.ts';
import { importsOf, resolveUri, topLevelDeclarations } from '../dart/declarations.ts';
import { removeRegistration } from '../dart/main-edit.ts';
import { readMainFile } from '../dart/main-file.ts';
import type { DartParser } from '../dart/parser.ts';
import { checksum, RECORD_FILE, readRecord, writeRecord } from '../service/endpoint-record.ts';
import { removeFunction } from '../service/functions-edit.ts';
import { change, type EditedFiles, MAIN_FILE, SERVERLESS_YML } from './add-endpoint.ts';

export interface RemoveEndpoint {
  readonly key: string;
  /** The registered name: `main.getOrder`. */
  readonly handler: string;
  /** The service's Dart package. */
  readonly package: string;
  /** Files that the endpoint would have if no record told: its handler, models and test. */
  readonly usualFiles: readonly string[];
  /** Whether what was edited goes too. */
  readonly force: boolean;
}

/** A file that stays, though it belongs to the endpoint, and why. */
export interface KeptFile {
  readonly path: string;
  readonly reason: string;
}

/**
 * What takes an endpoint out of a service: the inverse of adding it, in reverse
 * order. Undefined when there is nothing of it.
 *
 * @param sources every Dart file of the service by its path
 * @throws UserError when the function was edited and `force` is not set, or a
 *   file has a shape that cannot be edited
 */
export function planRemoveEndpoint(
  endpoint: RemoveEndpoint,
  before: EditedFiles,
  sources: ReadonlyMap<string, string>,
  parser: DartParser,
): { readonly changes: ChangeSet; readonly kept: readonly KeptFile[] } | undefined {
  const { key, force } = endpoint;
  const record = new Map(readRecord(before.record));
  const recorded = record.get(key);
  const edit = removeFunction(before.serverlessYml, key, { file: SERVERLESS_YML, force });
  const main = unregistered(endpoint, before.main, sources, parser);
  if (edit === undefined && main === before.main && recorded === undefined) return undefined;

  const candidates = Object.keys(recorded ?? {});
  const reasons = new Map<string, string>();
  for (const path of recorded === undefined ? endpoint.usualFiles : candidates) {
    const content = sources.get(path);
    if (content === undefined) continue;
    if (recorded === undefined) {
      if (force) candidates.push(path);
      else reasons.set(path, 'add-endpoint did not write it');
    } else if (checksum(content) !== recorded[path] && !force) {
      reasons.set(path, 'it was edited since');
    }
  }
  const after = new Map(sources).set(MAIN_FILE, main);
  keepImported(candidates, reasons, after, endpoint.package, parser);
  const deleted = candidates.filter((path) => !reasons.has(path) && sources.has(path));
  record.delete(key);
  return {
    changes: [
      ...change(SERVERLESS_YML, before.serverlessYml, edit ?? before.serverlessYml),
      ...change(MAIN_FILE, before.main, main),
      ...deleted.reverse().flatMap((path) => change(path, sources.get(path), undefined)),
      ...change(RECORD_FILE, before.record, writeRecord(record)),
    ],
    kept: [...reasons].map(([path, reason]) => ({ path, reason })),
  };
}

/** The entry file without the registration and, if nothing else needs it, its import. */
function unregistered(
  { handler, package: packageName }: RemoveEndpoint,
  main: string,
  sources: ReadonlyMap<string, string>,
  parser: DartParser,
): string {
  const options = { file: MAIN_FILE };
  const { registrations, imports } = readMainFile(parser, main, options);
  const registration = registrations.find(({ name }) => name === handler);
  if (registration === undefined) return main;
  const name = registration.handler.split('.').at(-1) ?? '';
  for (const { uri } of imports) {
    const path = resolveUri(uri, { from: MAIN_FILE, package: packageName });
    const source = path === undefined ? undefined : sources.get(path);
    if (path === undefined || source === undefined) continue;
    const names = topLevelDeclarations(parser, source).map((declaration) => declaration.name);
    if (!names.includes(name)) continue;
    const providedBy = path.replace(/^lib\//, '');
    const removed = { name: handler, providedBy, names, package: packageName };
    return removeRegistration(parser, main, removed, options) ?? main;
  }
  const removed = { name: handler, package: packageName };
  return removeRegistration(parser, main, removed, options) ?? main;
}

/** Keeps each candidate that a file which stays imports; until no more are found. */
function keepImported(
  candidates: readonly string[],
  reasons: Map<string, string>,
  sources: ReadonlyMap<string, string>,
  packageName: string,
  parser: DartParser,
): void {
  const imported = new Map<string, Set<string>>();
  const names = candidates.map((path) => path.slice(path.lastIndexOf('/') + 1));
  for (const [from, source] of sources) {
    // Parsing every file of a large service takes seconds; its text tells which ones need it.
    if (!names.some((name) => source.includes(name))) continue;
    const uris = importsOf(parser, source).map(({ uri }) => uri);
    const paths = uris.map((uri) => resolveUri(uri, { from, package: packageName }));
    imported.set(from, new Set(paths.filter((path) => path !== undefined)));
  }
  for (let found = true; found; ) {
    found = false;
    for (const path of candidates) {
      if (reasons.has(path)) continue;
      const users = [...imported].filter(
        ([from, paths]) => paths.has(path) && (!candidates.includes(from) || reasons.has(from)),
      );
      if (users.length === 0) continue;
      reasons.set(path, `${users.map(([from]) => from).join(', ')} imports it`);
      found = true;
    }
  }
}
