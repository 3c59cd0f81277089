import { hasFunctions, type KnownModels, shapeKey } from '../../dart/model/known.ts';
import { UserError } from '../../errors.ts';
import { modelExists } from '../../plan/messages.ts';
import type { NamedObject } from '../../sample/reference.ts';
import type { Sample } from '../../sample/sample.ts';
import { type NamedModel, printSample } from '../../sample/value.ts';
import { MODELS } from '../../service/record.ts';
import type { ServiceModels } from '../../service-folder/models.ts';
import type { Ask } from '../../ui/ask.ts';
import * as messages from './messages.ts';
import type { GivenSample } from './samples.ts';

/**
 * Finds the model of a sample among those that are there: the one that it names, `Order={"id": 7}`,
 * or, if the user agrees, one that reads and writes the same JSON.
 *
 * @throws UserError when it names a model that reads something else
 */
export async function withModel(
  given: GivenSample | undefined,
  models: ServiceModels,
  ask: Ask | undefined,
): Promise<GivenSample | undefined> {
  if (given === undefined) return undefined;
  const { className } = given.sample;
  if (className === undefined) return ask ? offerModel(given, models.known, ask) : given;
  const known = models.find(className)?.model;
  if (known === undefined) return given;
  if (known.key !== undefined && known.key !== (await keyOf(given.sample))) {
    throw new UserError(
      modelExists({ name: className, path: `${MODELS}${known.library}` }),
      `${className}  alone to use it, or another name before the  =`,
    );
  }
  return { ...given, sample: as(given.sample, known) };
}

/**
 * Describes the body of a PATCH, which has some of the fields of a model.
 *
 * @throws UserError when it is to make a model, all of whose fields could be absent
 */
export function forPatch(given: GivenSample | undefined): GivenSample | undefined {
  if (given === undefined) return undefined;
  const { className, values } = given.sample;
  if (className !== undefined) {
    throw new UserError(messages.modelOfPatch({ name: className }), `--request ${className}`);
  }
  const [first] = values;
  if (first === undefined || !('described' in first)) return given;
  const [full] = (first as NamedObject).described;
  return {
    ...given,
    sample: { json: printSample(full), values: (first as NamedObject).described },
  };
}

async function offerModel(
  given: GivenSample,
  { byShape }: KnownModels,
  ask: Ask,
): Promise<GivenSample> {
  const key = await keyOf(given.sample);
  const known = key === undefined ? undefined : byShape.get(key);
  if (known === undefined) return given;
  const { className, library } = known;
  const answer = await ask({
    type: 'select',
    message: `The model ${className} has the same fields. Use it?`,
    initial: 'yes',
    choices: [
      { value: 'yes', title: `yes, it is ${className}` },
      { value: 'no', title: 'no, make another one' },
    ],
  });
  if (answer === 'no') return given;
  const model = { className, library, hasFunctions: hasFunctions(known), key };
  return { sample: as(given.sample, model), text: `${className}=${given.text}` };
}

/** Returns what the shape of a sample is known by; undefined where it is no new object. */
async function keyOf({ values }: Sample): Promise<string | undefined> {
  if (values.some((value) => value.kind === 'object' && value.model)) return undefined;
  const { inferShape } = await import('../../dart/model/infer.ts');
  const shape = inferShape(values, { root: 'Root', prefix: 'Root', taken: new Set() });
  return shape.kind === 'object' ? shapeKey(shape) : undefined;
}

/** Makes a sample an example of a model that is there. */
const as = ({ json, values }: Sample, model: NamedModel): Sample => ({
  json,
  values: values.map((value) => (value.kind === 'object' ? { ...value, model } : value)),
});
