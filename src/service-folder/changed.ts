/** Reads a service as it will be once changes are made. */

import type { ChangeSet } from '../changes/change-set.ts';
import { readText } from '../changes/text-file.ts';
import { readServerlessYml } from '../serverless-yml/read.ts';
import { listDartFiles } from './dart-files.ts';
import type { Reading, ReadService } from './read.ts';

/** Maps the files that changes affect to their texts afterwards; undefined for a deleted one. */
const textsAfter = (changes: ChangeSet): ReadonlyMap<string, string | undefined> =>
  new Map(
    changes.map((change) => [
      change.path,
      change.kind === 'create'
        ? change.content
        : change.kind === 'update'
          ? change.after
          : undefined,
    ]),
  );

/** Returns what reads a file of the service, with the changes made. */
export function readerAfter(
  root: string,
  changes: ChangeSet,
): (path: string) => Promise<string | undefined> {
  const after = textsAfter(changes);
  return async (path) => (after.has(path) ? after.get(path) : readText(root, path));
}

/** Reads the Dart files below a folder of the service, with the changes made. */
export async function readDartFolder(
  root: string,
  folder: string,
  changes: ChangeSet = [],
): Promise<ReadonlyMap<string, string>> {
  const read = readerAfter(root, changes);
  const own = changes.map(({ path }) => path).filter((path) => path.startsWith(folder));
  const paths = new Set([...(await listDartFiles(root, folder)), ...own]);
  const texts = await Promise.all(
    [...paths].map(async (path) => [path, await read(path)] as const),
  );
  return new Map(texts.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * Reads a service again, with the changes made to its serverless.yml and the files that it names.
 *
 * @throws UserError when it is invalid
 */
export function serviceAfter(service: ReadService, changes: ChangeSet): ReadService {
  const after = textsAfter(changes);
  const { file, options } = service;
  const read: Reading['options']['read'] = (named) => {
    const found = options.read?.(named);
    const text = found !== undefined && 'path' in found ? after.get(found.path) : undefined;
    return found !== undefined && 'path' in found && text !== undefined
      ? { path: found.path, text }
      : found;
  };
  const serverlessYml = after.get(file) ?? service.serverlessYml;
  const reading = { ...options, read };
  return {
    ...service,
    serverlessYml,
    options: reading,
    ...readServerlessYml(serverlessYml, reading),
  };
}
