import type { ChangeSet } from '../changes/change-set.ts';
import { type DartParser, loadDartParser } from '../dart/main/parser.ts';
import type { Service } from '../service/service.ts';
import { readerAfter } from '../service-folder/changed.ts';
import { requirePackageName } from '../service-folder/package-name.ts';
import type { ReadService } from '../service-folder/read.ts';
import { choseRuntimePackage } from '../service-folder/runtime-choice.ts';
import { entryPointOf } from '../tools/dart/commands.ts';
import { type Consistency, checkConsistency } from './check.ts';
import { type EntryFile, readEntryFile } from './entry.ts';

/** A service's functions and their consistency, with what the Dart files were read with. */
export interface ReadConsistency extends Consistency {
  readonly parser: DartParser;
  readonly packageName: string;
}

/**
 * Reads the Dart files of a service and compares them with its functions.
 *
 * @param changes to the Dart files, which count as made
 * @throws UserError with file, line and column when one that registers handlers is broken
 */
export async function readConsistency(
  read: ReadService,
  changes: ChangeSet = [],
): Promise<ReadConsistency> {
  const { root, service } = read;
  const parser = await loadDartParser();
  const packageName = await requirePackageName(root);
  const entries = await readEntries(readerAfter(root, changes), service, packageName, parser);
  const chosePackage = await choseRuntimePackage(root);
  const found = checkConsistency({ ...read, chosePackage }, entries, packageName);
  return { ...found, parser, packageName };
}

/** Reads the files that register the handlers of a service, by their paths. */
async function readEntries(
  read: (path: string) => Promise<string | undefined>,
  { functions }: Service,
  packageName: string,
  parser: DartParser,
): Promise<ReadonlyMap<string, EntryFile | undefined>> {
  const handlers = functions.map(({ handler }) => handler);
  return new Map(
    await Promise.all(
      [...new Set(handlers.map(entryPointOf))].map(async (path) => {
        const own = handlers.filter((handler) => entryPointOf(handler) === path);
        return [path, await readEntryFile(path, own, packageName, parser, read)] as const;
      }),
    ),
  );
}
