import type { ChangeSet } from '../changes/change-set.ts';
import { readText } from '../changes/text-file.ts';
import { readContract } from '../contract/read.ts';
import { CLIENT_FILE, clientCode } from '../dart/client/client.ts';
import { UserError, withHint } from '../errors.ts';
import { isUnedited, withClient } from '../plan/client.ts';
import { edited } from '../plan/messages.ts';
import type { KeptFile } from '../plan/remove-function.ts';
import { sameLineEndings } from '../service/record.ts';
import { serviceAfter } from '../service-folder/changed.ts';
import type { ReadService } from '../service-folder/read.ts';
import { loadTemplate } from '../templates.ts';

/** Holds changes with those of the client, or says why that stays as it is. */
export interface KeptClient {
  readonly changes: ChangeSet;
  readonly kept?: KeptFile;
}

/**
 * Adds to the changes of a service those that keep its client up to date. A client that was edited
 * stays, and so does one of a service whose Dart files cannot be read.
 *
 * @param recordText the record of the service as it is before the changes
 */
export async function keepClient(
  read: ReadService,
  changes: ChangeSet,
  recordText: string | undefined,
): Promise<KeptClient> {
  const current = await readText(read.root, CLIENT_FILE);
  if (current === undefined) return { changes };
  const template = await loadTemplate('client');
  const textAfter = async (made: ChangeSet): Promise<string> =>
    clientCode(await readContract(serviceAfter(read, made), made), template).text;
  try {
    const text = await textAfter(changes);
    const isOwn =
      isUnedited(current, recordText) ||
      // A process that was killed may have written one of them without the other.
      [text, await textAfter([])].some((one) => sameLineEndings(one, current) === current);
    if (!isOwn) return { changes, kept: { path: CLIENT_FILE, reason: edited() } };
    return { changes: withClient(changes, current, text, recordText) };
  } catch (error) {
    if (error instanceof UserError)
      return { changes, kept: { path: CLIENT_FILE, reason: withHint(error) } };
    throw error;
  }
}
