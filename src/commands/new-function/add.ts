import { applyEdit } from '../../changes/apply-edit.ts';
import { listed } from '../../changes/change-set.ts';
import { unifiedDiff } from '../../changes/diff.ts';
import type { Context } from '../../context.ts';
import { CancelledError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import { formatChanges } from '../../ui/report.ts';
import { cancelled } from '../../util/messages.ts';
import { formatWords } from '../../util/shell-words.ts';
import * as messages from './messages.ts';
import { blocksToPaste, formatBlocks, leftError, leftToPaste, type Plan } from './report.ts';

/** The options that all commands which add a function have. */
export interface AddFlags {
  readonly partial?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface Adding {
  readonly root: string;
  readonly plan: Plan;
  /** What `--json` prints. */
  readonly result: object;
  /** The arguments that do the same without questions; undefined if none was asked. */
  readonly again: readonly string[] | undefined;
  /** What was added, once it is. */
  readonly done: Message;
}

/** Makes the changes of a plan and reports them; with `--dry-run`, prints their diff. */
export async function add(
  { out, program, signal }: Pick<Context, 'out' | 'program' | 'signal'>,
  { root, plan, result, again, done }: Adding,
  flags: AddFlags,
): Promise<void> {
  const [refused] = plan.left;
  if (refused !== undefined && !flags.partial) {
    out.note(blocksToPaste(plan));
    throw refused.reason;
  }
  const { changes, kept, notes } = plan;
  const left = leftToPaste(plan);
  const tell = (text: string, ...first: readonly Message[]): void => {
    out.result(flags.json ? JSON.stringify(result, undefined, 2) : text);
    for (const note of [...first, ...notes]) out.note(note);
    for (const path of kept) out.note(messages.existedAlready({ path }));
    if (left.length > 0) out.note(messages.leftToPaste({ blocks: formatBlocks(left) }));
  };

  if (flags.dryRun) {
    tell(unifiedDiff(changes).trimEnd());
    out.note('Dry run: nothing was written.');
    if (left.length > 0) throw leftError(plan.left, messages.restWouldBeWritten);
    return;
  }
  if (signal.aborted) throw new CancelledError(cancelled());
  await applyEdit(root, changes);
  if (again !== undefined) out.note(`The same again: ${program} ${formatWords(again)}`);
  tell(formatChanges(changes), ...(left.length > 0 ? [] : [done]));
  if (left.length > 0) throw leftError(plan.left, messages.restWritten);
}

/**
 * Makes the changes of a plan, unless they are only planned, and asks and prints nothing.
 *
 * @throws NotUnderstoodError when a file cannot be edited and `partial` is not set
 */
export async function applyPlan(root: string, plan: Plan, flags: AddFlags): Promise<void> {
  const [left] = plan.left;
  if (left !== undefined && !flags.partial) throw left.reason;
  if (!flags.dryRun) await applyEdit(root, plan.changes);
}

/** Returns what a plan changes, in the form that `--json` prints. */
export function changesOf(plan: Plan, { dryRun }: AddFlags) {
  const { changes, kept } = plan;
  return {
    changes: listed(changes),
    kept,
    left: leftToPaste(plan).map(({ path, text }) => ({ path, text })),
    ...(dryRun && { diff: unifiedDiff(changes) }),
  };
}
