import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { queryFields } from '../dart/endpoint-inputs.ts';
import { readSample, type Sample } from '../dart/sample.ts';
import { errorCode, InvalidValueError, whyUnreadable } from '../errors.ts';
import {
  defaultPath,
  type EndpointPath,
  endpointMethod,
  endpointName,
  endpointPath,
  METHODS,
  takesBody,
} from '../service/endpoint-rules.ts';
import type { Option } from '../ui/ask.ts';

/** The questions of `add-endpoint`, in the order in which they are asked. */

export const nameOption: Option<string> = {
  flag: '[name]',
  command: 'create-lambda-hello add-endpoint',
  message: 'What is the endpoint called?',
  suggestion: 'getOrder',
  parse: endpointName,
};

export const methodOption: Option<string> = {
  flag: '--method',
  message: 'Which method?',
  fallback: 'GET',
  choices: METHODS.map((value) => ({
    value,
    title: value === 'ANY' ? 'ANY (every method that has no endpoint of its own)' : value,
  })),
  parse: endpointMethod,
};

/** The path, which is the endpoint's name unless given. */
export function pathOption(name: string): Option<EndpointPath> {
  return {
    flag: '--path',
    message: 'Which path? (/orders/{id}, or /orders/{id:int} for a typed parameter)',
    fallback: defaultPath(name),
    parse: endpointPath,
  };
}

/** A sample and how it was given: in a file, or in the option's own text. */
export interface GivenSample {
  readonly sample: Sample;
  readonly text: string;
}

/** The sample of the request: its body, or its query where the method has none. */
export function requestOption(method: string, cwd: string): Option<GivenSample | undefined> {
  const hasBody = takesBody(method);
  const example = hasBody ? 'name:string,age:int?' : 'limit:int?,after:string?';
  const message = hasBody ? 'The body of a request?' : 'The query of a request?';
  const option = sampleOption('--request', message, example, cwd);
  if (hasBody) return option;
  return {
    ...option,
    parse(text) {
      const given = option.parse(text);
      if (given !== undefined) queryFields(given.sample);
      return given;
    },
  };
}

export function responseOption(cwd: string): Option<GivenSample | undefined> {
  return sampleOption('--response', 'The body of the answer?', '{"id": 7}', cwd);
}

function sampleOption(
  flag: '--request' | '--response',
  message: string,
  example: string,
  cwd: string,
): Option<GivenSample | undefined> {
  return {
    flag,
    message: `${message} (JSON, @file.json or name:type,...; empty for none)`,
    fallback: '',
    parse(text) {
      if (text.trim() === '') return undefined;
      if (!text.startsWith('@')) return { sample: readSample(text, { option: flag }), text };
      const file = text.slice(1);
      return { sample: readSample(readFile(file, cwd, example), { option: flag, file }), text };
    },
  };
}

function readFile(file: string, cwd: string, example: string): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new InvalidValueError(`"@${file}": ${whyUnreadable(code)}.`, example);
  }
}
