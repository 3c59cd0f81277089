import { queryFields } from '../../dart/endpoint/query.ts';
import { modelName } from '../../dart/model/name.ts';
import { InvalidValueError } from '../../errors.ts';
import { type FindModel, splitName } from '../../sample/reference.ts';
import type { Sample } from '../../sample/sample.ts';
import { takesBody } from '../../service/endpoint/rules.ts';
import { sampleText } from '../../service-folder/sample-text.ts';
import { modelOfQuery, nullBody } from './messages.ts';

/** Holds a sample and how it was given: in a file, or as the text of the option. */
export interface GivenSample {
  readonly sample: Sample;
  readonly text: string;
}

/** Asks for a sample and parses it. An empty text means no sample. */
export interface SampleReader {
  readonly default: '';
  readonly question: string;
  /**
   * Parses the text.
   *
   * @throws InvalidValueError
   */
  readonly parse: (text: string) => GivenSample | undefined;
}

/**
 * Makes the reader for the sample of a request: its body, or its query if the method has no body.
 */
export function requestSample(method: string, cwd: string, find: FindModel): SampleReader {
  if (takesBody(method)) {
    const question = 'The body of a request?';
    const body = sampleReader(question, 'name:string,age:int?', { cwd, find });
    return {
      ...body,
      parse(text) {
        const given = body.parse(text);
        const isNullable = given?.sample.values.some(({ kind }) => kind === 'null');
        if (isNullable) throw new InvalidValueError(nullBody(), text.trim().replace(/\?$/, ''));
        return given;
      },
    };
  }
  const reader = sampleReader('The query of a request?', 'limit:int?,after:string?', {
    cwd,
    find,
  });
  return {
    ...reader,
    parse(text) {
      const given = reader.parse(text);
      if (given?.sample.className !== undefined) {
        throw new InvalidValueError(modelOfQuery(), splitName(text).rest);
      }
      if (given !== undefined) queryFields(given.sample);
      return given;
    },
  };
}

export function responseSample(cwd: string, find: FindModel): SampleReader {
  return sampleReader('The body of the response?', '{"id": 7}', { cwd, find });
}

/** Makes the reader for the sample of what a message, or the detail of an event, holds: the noun. */
export function messageSample(noun: string, cwd: string, find: FindModel): SampleReader {
  return sampleReader(`What is in the ${noun}?`, '{"id": 7}', { cwd, find });
}

function sampleReader(
  question: string,
  example: string,
  { cwd, find }: { readonly cwd: string; readonly find: FindModel },
): SampleReader {
  return {
    default: '',
    question: `${question} (JSON, @file.json, name:type,... or a model; empty for none)`,
    parse(text) {
      if (text.trim() === '') return undefined;
      const { className, rest } = splitName(text);
      if (className !== undefined) modelName(className, `=${rest}`);
      return { sample: sampleText(rest, { cwd, find, className, example }), text };
    },
  };
}
