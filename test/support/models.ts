import { oneLine } from '../../src/dart/format/constructs.ts';
import { type ModelOptions, planModel } from '../../src/dart/model/model.ts';
import { readSample } from '../../src/sample/sample.ts';

/** The model of a sample: its file, and how a text is decoded and encoded again. */
export async function modelOf(text: string, options: ModelOptions) {
  const sample = readSample(text, { example: '{"id": 7}' });
  const { file, decode, encode, rootType } = await planModel(sample, options);
  return {
    sample,
    rootType,
    content: file?.content ?? '',
    /** Dart functions: of a text, of a value, and of a text through a value. */
    decode: `(s) => ${oneLine(decode('s'))}`,
    encode: `(v) => ${oneLine(encode('v'))}`,
    roundTrip: `(s) => ${oneLine(encode(decode('s')))}`,
  };
}
