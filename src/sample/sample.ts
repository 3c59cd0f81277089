import { InvalidValueError } from '../errors.ts';
import { asSentence, at, type Message } from '../message.ts';
import { isEmpty } from '../util/messages.ts';
import { parseFieldList } from './fields.ts';
import { type JsonProblem, parseJson } from './json.ts';
import * as messages from './messages.ts';
import { type FindModel, parseReference } from './reference.ts';
import { printSample, type Value } from './value.ts';

/** Shows by example what a request or a response looks like. */
export interface Sample {
  /** The example as JSON, indented by two spaces; numbers and strings are kept as written. */
  readonly json: string;
  /** The example, and more values of the same type if one cannot show everything. */
  readonly values: readonly Value[];
  /** The name of the model to make of it, in upper camel case; undefined for one of the endpoint. */
  readonly className?: string | undefined;
}

export interface SampleSource {
  /** The name of the model to make of it; undefined for one of the endpoint. */
  readonly className?: string | undefined;
  /** A valid sample, to suggest in place of an invalid one. */
  readonly example: string;
  /** Finds the models that are there. */
  readonly find?: FindModel;
  /** The file that the text was read from, if it was. */
  readonly file?: string;
}

const MAX_BYTES = 256 * 1024;

/**
 * Parses a sample: JSON, a list of fields such as `name:string,age:int?`, or the name of a model such
 * as `Order` or `Order[]`. A file is always JSON.
 *
 * @throws InvalidValueError saying where the text is wrong, and why
 */
export function readSample(
  text: string,
  { example, file, find = () => undefined, className }: SampleSource,
): Sample {
  const fail = (message: Message): InvalidValueError =>
    new InvalidValueError(file === undefined ? message : at(file, message), example);
  const source = text.replace(/^\uFEFF/, '');
  if (source.trim() === '') throw fail(asSentence(isEmpty()));
  const size = Buffer.byteLength(source);
  if (size > MAX_BYTES) {
    throw fail(messages.tooLarge({ size: Math.ceil(size / 1024), most: MAX_BYTES / 1024 }));
  }
  if (file === undefined && !/^\s*[{[]/.test(source)) {
    const reference = className === undefined ? parseReference(source, find) : undefined;
    const result = reference ?? parseFieldList(source, find);
    if ('problem' in result) throw fail(result.problem);
    return toSample(result.values, className);
  }
  const result = parseJson(source);
  if ('problem' in result) {
    throw new InvalidValueError(jsonMessage(result, file), example);
  }
  if (className !== undefined && result.value.kind === 'array') {
    throw new InvalidValueError(
      messages.listForModel({ name: className }),
      `${className}={"id": 7}`,
    );
  }
  return toSample([result.value], className);
}

const toSample = (values: readonly [Value, ...Value[]], className: string | undefined): Sample => ({
  json: printSample(values[0]),
  values,
  className,
});

function jsonMessage({ problem, line, column }: JsonProblem, file?: string): Message {
  const place = file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
  return at(place, problem);
}
