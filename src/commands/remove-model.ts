import type { Context } from '../context.ts';
import { loadDartParser } from '../dart/main/parser.ts';
import { modelName } from '../dart/model/name.ts';
import type { Flags } from '../options/option.ts';
import type { removeModelOptions } from '../options/shared.ts';
import { planRemoveModel } from '../plan/models.ts';
import { readRecord } from '../service/record.ts';
import { readDartFiles } from '../service-folder/dart-files.ts';
import { readEditableService } from '../service-folder/editable.ts';
import { askUnless, resolveArgument } from '../ui/ask.ts';
import { makeChanges } from './make-changes.ts';

/** Removes a model that `add-model` added from the service in the current folder. */
export async function removeModel(
  context: Context,
  name: string | undefined,
  flags: Flags<typeof removeModelOptions>,
): Promise<void> {
  const service = await readEditableService(context.cwd);
  const { models } = readRecord(service.record);
  const own = [...models].filter(([, { files }]) => files !== undefined).map(([key]) => key);
  const { ask } = askUnless(flags.yes, context);
  const className = await resolveArgument(
    {
      ...{ name: '<name>', command: 'create-lambda-hello remove-model', question: 'Which model?' },
      suggestion: own.at(-1) ?? 'Order',
      ...(own.length > 0 && { choices: own.map((value) => ({ value, title: value })) }),
      parse: (text) => modelName(text),
    },
    name,
    ask,
  );
  const sources = await readDartFiles(service.root);
  const plan = planRemoveModel(
    { className, force: flags.force ?? false },
    { ...service, sources },
    await loadDartParser(),
  );
  await makeChanges(context, flags, service.root, plan);
}
