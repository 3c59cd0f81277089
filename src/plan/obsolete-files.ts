import type { ChangeSet } from '../changes/change-set.ts';
import type { DartParser } from '../dart/main/parser.ts';
import type { Message } from '../message.ts';
import { filesInUse } from './function-uses.ts';

/** Lists the Dart files that an upgrade deletes, which other files may import. */
export const deletedLibraries = (changes: ChangeSet): readonly string[] =>
  changes.flatMap(({ kind, path }) => (kind === 'delete' && path.endsWith('.dart') ? [path] : []));

/**
 * Returns which of the files that an upgrade deletes are still imported after it, and so have to stay,
 * with the reason.
 *
 * @param sources the Dart files before the upgrade
 * @param packageName the service's Dart package
 */
export function stillInUse(
  changes: ChangeSet,
  sources: ReadonlyMap<string, string>,
  packageName: string,
  parser: DartParser,
): ReadonlyMap<string, Message> {
  const after = new Map(sources);
  for (const one of changes) {
    if (one.kind !== 'delete') after.set(one.path, one.kind === 'create' ? one.content : one.after);
  }
  const reasons = new Map<string, Message>();
  filesInUse(deletedLibraries(changes), reasons, after, packageName, parser);
  return reasons;
}
