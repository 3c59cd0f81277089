import { InvalidValueError } from '../errors.ts';
import { asSentence, at, type Message } from '../message.ts';
import { isEmpty } from '../util/messages.ts';
import { parseFieldList } from './fields.ts';
import { type JsonProblem, parseJson } from './json.ts';
import * as messages from './messages.ts';
import { printValue, type Value } from './value.ts';

/** Shows by example what a request or a response looks like. */
export interface Sample {
  /** The example as JSON, indented by two spaces; numbers and strings are kept as written. */
  readonly json: string;
  /** The example, and more values of the same type if one cannot show everything. */
  readonly values: readonly Value[];
}

export interface SampleSource {
  readonly option: '--request' | '--response';
  /** The file that the text was read from, if it was. */
  readonly file?: string;
}

const MAX_BYTES = 256 * 1024;

/** Valid values to suggest in place of an invalid one. */
const EXAMPLES = { '--request': 'name:string,age:int?', '--response': '{"id": 7}' };

/**
 * Parses a sample: JSON, or a list of fields such as `name:string,age:int?`. A file is always
 * JSON.
 *
 * @throws InvalidValueError saying where the text is wrong, and why
 */
export function readSample(text: string, { option, file }: SampleSource): Sample {
  const suggestion = EXAMPLES[option];
  const fail = (message: Message): InvalidValueError =>
    new InvalidValueError(file === undefined ? message : at(file, message), suggestion);
  const source = text.replace(/^\uFEFF/, '');
  if (source.trim() === '') throw fail(asSentence(isEmpty()));
  const size = Buffer.byteLength(source);
  if (size > MAX_BYTES) {
    throw fail(messages.tooLarge({ size: Math.ceil(size / 1024), most: MAX_BYTES / 1024 }));
  }
  if (file === undefined && !/^\s*[{[]/.test(source)) {
    const result = parseFieldList(source);
    if ('problem' in result) throw fail(result.problem);
    return toSample(result.values);
  }
  const result = parseJson(source);
  if ('problem' in result) {
    throw new InvalidValueError(jsonMessage(result, file), suggestion);
  }
  return toSample([result.value]);
}

const toSample = (values: readonly [Value, ...Value[]]): Sample => ({
  json: printValue(values[0]),
  values,
});

function jsonMessage({ problem, line, column }: JsonProblem, file?: string): Message {
  const place = file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
  return at(place, problem);
}

/**
 * Escapes JSON for a Dart string between `r'''` and `'''`, in which no three apostrophes may
 * follow each other.
 */
export function rawText(json: string): string {
  return json.includes("'''") ? json.replaceAll("'", '\\u0027') : json;
}
