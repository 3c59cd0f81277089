import { listed } from '../../changes/change-set.ts';
import { unifiedDiff } from '../../changes/diff.ts';
import type { Context } from '../../context.ts';
import { CancelledError, UserError } from '../../errors.ts';
import { readService } from '../../service-folder/read.ts';
import { formatChanges } from '../../ui/report.ts';
import { cancelled } from '../../util/messages.ts';
import { quoteWord } from '../../util/shell-words.ts';
import * as messages from './messages.ts';
import { type ClientFlags, planned, write } from './steps.ts';

/** Writes the client of the service in the current folder, or checks that it is up to date. */
export async function client(context: Context, flags: ClientFlags): Promise<void> {
  const { out, cwd, env, signal } = context;
  const { check = false, dryRun = false, json } = flags;
  const { root, changes } = await planned(await readService({ cwd, env }, flags), cwd, flags);
  const diff = check || dryRun ? unifiedDiff(changes) : undefined;
  if (diff === undefined) {
    if (signal.aborted) throw new CancelledError(cancelled());
    await write(root, changes);
  }
  const text = diff === undefined ? formatChanges(changes) : diff.trimEnd();
  if (json) out.result(JSON.stringify({ changes: listed(changes), diff }, undefined, 2));
  else if (changes.length > 0) out.result(text);
  if (changes.length === 0) {
    if (!json) out.note(messages.upToDate());
    return;
  }
  if (check) {
    const again = [
      'create-lambda-hello client',
      ...(flags.out ? ['--out', quoteWord(flags.out)] : []),
    ];
    throw new UserError(messages.outdated(), again.join(' '));
  }
  if (dryRun) out.note('Dry run: nothing was written.');
}
