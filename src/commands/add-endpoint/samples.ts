import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { queryFields } from '../../dart/endpoint/inputs.ts';
import { errorCode, InvalidValueError } from '../../errors.ts';
import { readSample, type Sample } from '../../sample/sample.ts';
import { takesBody } from '../../service/endpoint/rules.ts';
import { fileProblem } from '../../util/messages.ts';
import { inQuotes } from '../../util/text.ts';
import { whyUnreadable } from '../../util/unreadable.ts';

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
export function requestSample(method: string, cwd: string): SampleReader {
  if (takesBody(method)) {
    return sampleReader('--request', 'The body of a request?', 'name:string,age:int?', cwd);
  }
  const reader = sampleReader(
    '--request',
    'The query of a request?',
    'limit:int?,after:string?',
    cwd,
  );
  return {
    ...reader,
    parse(text) {
      const given = reader.parse(text);
      if (given !== undefined) queryFields(given.sample);
      return given;
    },
  };
}

export function responseSample(cwd: string): SampleReader {
  return sampleReader('--response', 'The body of the response?', '{"id": 7}', cwd);
}

function sampleReader(
  option: '--request' | '--response',
  question: string,
  example: string,
  cwd: string,
): SampleReader {
  return {
    default: '',
    question: `${question} (JSON, @file.json or name:type,...; empty for none)`,
    parse(text) {
      if (text.trim() === '') return undefined;
      if (!text.startsWith('@')) return { sample: readSample(text, { option }), text };
      const file = text.slice(1);
      return { sample: readSample(readFile(file, cwd, example), { option, file }), text };
    },
  };
}

function readFile(file: string, cwd: string, example: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new InvalidValueError(
      fileProblem({ file: inQuotes(`@${file}`), reason: whyUnreadable(code) }),
      example,
    );
  }
}
