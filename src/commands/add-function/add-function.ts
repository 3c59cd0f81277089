import type { Context } from '../../context.ts';
import { EVENT_SOURCES } from '../../service/event-sources.ts';
import { askUnless } from '../../ui/ask.ts';
import { add } from '../new-function/add.ts';
import { openForFunction, openModels, readForFunction } from '../new-function/open.ts';
import * as messages from './messages.ts';
import type { AddFunctionFlags } from './options.ts';
import { type Answers, added, planFunction, readAnswers } from './steps.ts';

/** Adds a function to the service in the current folder, with what calls it, its handler and test. */
export async function addFunction(
  context: Context,
  name: string | undefined,
  flags: AddFunctionFlags,
): Promise<void> {
  const { out, cwd, env } = context;
  const edited = await openForFunction(cwd);
  const { ask, prompted } = askUnless(flags.yes, context);
  const models = await openModels(edited);
  const { reading, warnings } = await readForFunction(edited, env, flags);
  for (const warning of warnings) out.warn(warning);
  const answers = await readAnswers({ cwd, models, reading }, name, flags, ask);
  const { fn, plan } = await planFunction(edited, reading, answers, models);
  const { about } = EVENT_SOURCES[fn.source];
  const adding = {
    ...{ root: edited.root, plan, result: added(fn, plan, flags) },
    again: prompted() ? sameAgain(answers, flags) : undefined,
    done: messages.addedFunction({ function: fn.key, about, handler: plan.files.handlerPath }),
  };
  await add(context, adding, flags);
}

/** Returns the arguments that do the same without questions. */
function sameAgain({ key, words, payload }: Answers, flags: AddFunctionFlags): readonly string[] {
  return [
    ...['add-function', key, ...words],
    ...(payload === undefined ? [] : ['--payload', payload.text]),
    ...(flags.partial ? ['--partial'] : []),
    ...(flags.param ?? []).flatMap((one) => ['--param', one]),
    '--yes',
  ];
}
