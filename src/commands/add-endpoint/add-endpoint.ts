import type { Context } from '../../context.ts';
import { askUnless } from '../../ui/ask.ts';
import { add } from '../new-function/add.ts';
import { openForFunction, openModels, readForFunction } from '../new-function/open.ts';
import * as messages from './messages.ts';
import type { AddEndpointFlags } from './options.ts';
import { type Answers, added, planEndpoint, readAnswers } from './steps.ts';

/** Adds an endpoint to the service in the current folder: function, handler, models and test. */
export async function addEndpoint(
  context: Context,
  name: string | undefined,
  flags: AddEndpointFlags,
): Promise<void> {
  const { out, cwd, env } = context;
  const edited = await openForFunction(cwd);
  const { ask, prompted } = askUnless(flags.yes, context);
  const models = await openModels(edited);
  const answers = await readAnswers({ cwd, models }, name, flags, ask);
  const { reading, warnings } = await readForFunction(edited, env, flags);
  for (const warning of warnings) out.warn(warning);
  const { route, plan } = await planEndpoint(edited, reading, answers.spec, models, flags);
  const adding = {
    ...{ root: edited.root, plan, result: added(route, plan, flags) },
    again: prompted() ? sameAgain(answers, flags) : undefined,
    done: messages.addedEndpoint({ ...route, path: route.path, handler: plan.files.handlerPath }),
  };
  await add(context, adding, flags);
}

/** Returns the arguments that do the same without questions. */
function sameAgain(
  { spec, path, request, response }: Answers,
  flags: AddEndpointFlags,
): readonly string[] {
  return [
    ...['add-endpoint', spec.key, '--method', spec.method, '--path', path],
    ...(request === undefined ? [] : ['--request', request.text]),
    ...(response === undefined ? [] : ['--response', response.text]),
    ...(flags.cors ? ['--cors'] : []),
    ...(flags.partial ? ['--partial'] : []),
    ...(flags.param ?? []).flatMap((one) => ['--param', one]),
    '--yes',
  ];
}
