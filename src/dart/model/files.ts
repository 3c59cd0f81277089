import type { CreateFile } from '../../changes/change-set.ts';
import type { Sample } from '../../sample/sample.ts';
import { MODELS } from '../../service/record.ts';
import type { Template } from '../../templates.ts';
import { type Code, call, entry, print } from '../format/constructs.ts';
import { rawString } from '../identifiers.ts';
import { type KnownClass, type KnownModels, libraryFor } from './known.ts';
import { type Model, planModel } from './model.ts';

/** The files of lib/runtime/ that models use. */
export const RUNTIME_FILES = [
  'lib/runtime/json_fields.dart',
  'lib/runtime/json_model.dart',
  'lib/runtime/json_texts.dart',
];

/** Holds the Dart side of a model of the service. */
export interface ModelFiles {
  /** The model and its test. */
  readonly files: readonly CreateFile[];
  /** The classes that the model declares. */
  readonly classes: readonly KnownClass[];
  /** The files of lib/runtime/ that the model imports. */
  readonly runtimeFiles: readonly string[];
  /** The paths of the models that are there and used, because of their shape. */
  readonly chosen: readonly string[];
}

/**
 * Writes the model of a service, and its test.
 *
 * @param template templates/endpoint/
 */
export async function modelFiles(
  className: string,
  sample: Sample,
  packageName: string,
  template: Template,
  known: KnownModels,
): Promise<ModelFiles> {
  const options = { className, prefix: className, description: '', known };
  const model = await planModel(sample, options);
  const library = libraryFor(className);
  const test = template.text('model_test.dart', {
    package: packageName,
    library,
    roundTrip: roundTrip(model, '_sample'),
    sample: rawString(sample.json, '_sample'),
  });
  const files = [
    { path: modelFile(className), content: model.file?.content ?? '' },
    { path: modelTest(className), content: test },
  ];
  return {
    files: files.map((file) => ({ kind: 'create', ...file })),
    classes: model.classes,
    runtimeFiles: RUNTIME_FILES,
    chosen: model.chosen.map((one) => `${MODELS}${one}`),
  };
}

export const modelFile = (className: string): string => `${MODELS}${libraryFor(className)}`;
const modelTest = (className: string): string =>
  `test/models/${libraryFor(className).replace(/\.dart$/, '_test.dart')}`;

/** Writes the statements of a test that decode a sample and encode it again. */
export const roundTrip = (model: Model, sample: string): string =>
  sameAgain(model, model.decode(sample), call('json.decode', [sample]));

/**
 * Writes the statements of a test that decode a value and encode it again.
 *
 * @param decoded the value as an expression of the model's type
 * @param json the decoded JSON that it is to be again
 */
export function sameAgain({ encode }: Model, decoded: Code, json: Code): string {
  const encoded = call('json.decode', [encode('decoded')]);
  return [
    print([entry('final decoded =', decoded), ';'], 4),
    '',
    print([call('expect', [encoded, json]), ';'], 4),
  ].join('\n');
}
