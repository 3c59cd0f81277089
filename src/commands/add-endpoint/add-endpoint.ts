import { applyEdit } from '../../changes/apply-edit.ts';
import { unifiedDiff } from '../../changes/diff.ts';
import type { Context } from '../../context.ts';
import { CancelledError } from '../../errors.ts';
import { askUnless } from '../../ui/ask.ts';
import { formatChanges } from '../../ui/report.ts';
import { cancelled } from '../../util/messages.ts';
import { formatWords } from '../../util/shell-words.ts';
import * as messages from '../new-function/messages.ts';
import { blocksToPaste, formatBlocks, leftError, leftToPaste } from '../new-function/report.ts';
import type { AddEndpointFlags } from './options.ts';
import {
  type Answers,
  added,
  openForEndpoint,
  openModels,
  planEndpoint,
  readAnswers,
  readForEndpoint,
} from './steps.ts';

/** Adds an endpoint to the service in the current folder: function, handler, models and test. */
export async function addEndpoint(
  context: Context,
  name: string | undefined,
  flags: AddEndpointFlags,
): Promise<void> {
  const { out, cwd, env } = context;
  const edited = await openForEndpoint(cwd);
  const { ask, prompted } = askUnless(flags.yes, context);
  const models = await openModels(edited);
  const answers = await readAnswers({ cwd, models }, name, flags, ask);
  const { reading, warnings } = await readForEndpoint(edited, env, flags);
  for (const warning of warnings) out.warn(warning);
  const plan = await planEndpoint(edited, reading, answers.spec, models, flags);
  const { fn, changes, kept, notes } = plan;
  const [refused] = plan.left;
  if (refused !== undefined && !flags.partial) {
    out.note(blocksToPaste(plan));
    throw refused.reason;
  }
  const left = leftToPaste(plan);
  const tell = (text: string): void => {
    out.result(flags.json ? JSON.stringify(added(plan, flags), undefined, 2) : text);
    for (const note of notes) out.note(note);
    for (const path of kept) out.note(messages.existedAlready({ path }));
    if (left.length > 0) out.note(messages.leftToPaste({ blocks: formatBlocks(left) }));
  };

  if (flags.dryRun) {
    tell(unifiedDiff(changes).trimEnd());
    out.note('Dry run: nothing was written.');
    if (left.length > 0) throw leftError(plan.left, messages.restWouldBeWritten);
    return;
  }
  if (context.signal.aborted) throw new CancelledError(cancelled());
  await applyEdit(edited.root, changes);
  if (prompted()) out.note(`The same again: ${context.program} ${oneLine(answers, flags)}`);
  tell(formatChanges(changes));
  if (left.length > 0) throw leftError(plan.left, messages.restWritten);
  out.note(`Added ${fn.method} ${fn.path}. Its code: ${plan.files.handlerPath}`);
}

/** Returns the arguments that do the same without questions. */
function oneLine({ spec, path, request, response }: Answers, flags: AddEndpointFlags): string {
  return formatWords([
    ...['add-endpoint', spec.key, '--method', spec.method, '--path', path],
    ...(request === undefined ? [] : ['--request', request.text]),
    ...(response === undefined ? [] : ['--response', response.text]),
    ...(flags.cors ? ['--cors'] : []),
    ...(flags.partial ? ['--partial'] : []),
    ...(flags.param ?? []).flatMap((one) => ['--param', one]),
    '--yes',
  ]);
}
