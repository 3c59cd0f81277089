import type { Context } from '../context.ts';
import { loadDartParser } from '../dart/main/parser.ts';
import { modelFiles } from '../dart/model/files.ts';
import { modelName } from '../dart/model/name.ts';
import type { Flags } from '../options/option.ts';
import type { addModelOptions } from '../options/shared.ts';
import { planAddModel } from '../plan/models.ts';
import { readRecord } from '../service/record.ts';
import { readEditableService, readTexts } from '../service-folder/editable.ts';
import { serviceModels, sharingModels } from '../service-folder/models.ts';
import { requireRuntime } from '../service-folder/runtime.ts';
import { sampleText } from '../service-folder/sample-text.ts';
import { loadTemplate } from '../templates.ts';
import { askUnless, resolveArgument } from '../ui/ask.ts';
import { makeChanges } from './make-changes.ts';

const COMMAND = 'create-lambda-hello add-model';

/** Adds a model to the service in the current folder: its classes and their test. */
export async function addModel(
  context: Context,
  { name, sample: given }: { readonly name?: string; readonly sample?: string },
  flags: Flags<typeof addModelOptions>,
): Promise<void> {
  const { root, record, package: packageName } = await readEditableService(context.cwd);
  const recorded = readRecord(record);
  const parser = await loadDartParser();
  const { known, find } = serviceModels(root, recorded.models, parser);
  const { ask } = askUnless(flags.yes, context);
  const className = await resolveArgument(
    {
      ...{ name: '<name>', command: COMMAND, suggestion: 'Order' },
      question: 'What is the model called?',
      parse: (text) => modelName(text),
    },
    name,
    ask,
  );
  const sample = await resolveArgument(
    {
      ...{
        name: '<sample>',
        command: `${COMMAND} ${className}`,
        suggestion: 'id:int,total:double',
      },
      question: 'What does it look like? (JSON, @file.json or name:type,...)',
      parse: (text) => sampleText(text, { cwd: context.cwd, find, className }),
    },
    given,
    ask,
  );
  const template = await loadTemplate('endpoint');
  const files = await sharingModels(root, recorded, known, (models) =>
    modelFiles(className, sample, packageName, template, models),
  );
  await requireRuntime(root, files, recorded, parser);
  const existing = await readTexts(
    root,
    files.files.map(({ path }) => path),
  );
  const changes = planAddModel(className, files, record, existing);
  await makeChanges(context, flags, root, { changes });
}
