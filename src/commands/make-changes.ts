import { applyEdit } from '../changes/apply-edit.ts';
import { type ChangeSet, listed } from '../changes/change-set.ts';
import { unifiedDiff } from '../changes/diff.ts';
import type { Context } from '../context.ts';
import { CancelledError } from '../errors.ts';
import type { KeptFile } from '../plan/remove-function.ts';
import { formatChanges } from '../ui/report.ts';
import { cancelled } from '../util/messages.ts';
import { wasKept } from './messages.ts';

interface Planned {
  readonly changes: ChangeSet;
  /** The files that stay, and why. */
  readonly kept?: readonly KeptFile[];
}

/** Makes the changes to a service and prints them; with `--dry-run`, prints their diff. */
export async function makeChanges(
  { out, signal }: Pick<Context, 'out' | 'signal'>,
  { dryRun, json }: { readonly dryRun?: boolean; readonly json?: boolean },
  root: string,
  { changes, kept = [] }: Planned,
): Promise<void> {
  const diff = dryRun ? unifiedDiff(changes) : undefined;
  if (signal.aborted && !dryRun) throw new CancelledError(cancelled());
  if (!dryRun) await applyEdit(root, changes);
  const document = { changes: listed(changes), kept, diff };
  const text = diff === undefined ? formatChanges(changes) : diff.trimEnd();
  out.result(json ? JSON.stringify(document, undefined, 2) : text);
  for (const { path, reason } of kept) out.warn(wasKept({ path, reason }));
  if (dryRun) out.note('Dry run: nothing was written.');
}
