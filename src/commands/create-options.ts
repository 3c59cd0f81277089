import { basename, dirname, join, resolve } from 'node:path';
import { InvalidValueError } from '../errors.ts';
import { serviceNameProblem } from '../service/names.ts';
import { isRegion } from '../service/region.ts';
import { APIS, ARCHITECTURES, type ServiceSpec } from '../service/service.ts';
import type { Option } from '../ui/ask.ts';

/** The questions of `create`, in the order in which they are asked. */

/** The folder, of which the base name is the service's name. */
export function directoryOption(cwd: string): Option<{ directory: string; name: string }> {
  return {
    flag: '[directory]',
    message: 'Where should the service go?',
    suggestion: 'hello',
    parse(directory) {
      if (directory.trim() === '') {
        throw new InvalidValueError('the directory is empty.', 'hello');
      }
      const name = basename(resolve(cwd, directory));
      const problem = serviceNameProblem(name);
      if (problem) {
        throw new InvalidValueError(
          `"${name}" cannot be the name of a service: ${problem.reason}.`,
          isDot(directory)
            ? join('..', problem.suggestion)
            : typable(join(dirname(directory), problem.suggestion)),
        );
      }
      return { directory, name };
    },
  };
}

/** A path as it can be typed after a command: one that begins with a dash would be an option. */
export const typable = (path: string): string => (path.startsWith('-') ? `./${path}` : path);

const isDot = (directory: string): boolean => /^\.{0,2}([/\\]\.{0,2})*$/.test(directory);

export const apiOption: Option<ServiceSpec['api']> = {
  flag: '--api',
  message: 'Which kind of API?',
  fallback: 'rest',
  choices: [
    { value: 'rest', title: 'REST API (API keys, request validation, caching)' },
    { value: 'http', title: 'HTTP API (cheaper, faster, fewer features)' },
  ],
  parse: (text) => oneOf(text, APIS),
};

export const archOption: Option<ServiceSpec['architecture']> = {
  flag: '--arch',
  message: 'Which processor should it run on?',
  fallback: 'arm64',
  choices: [
    { value: 'arm64', title: 'arm64 (Graviton, about 20 % cheaper)' },
    { value: 'x86_64', title: 'x86_64' },
  ],
  parse: (text) => oneOf(text, ARCHITECTURES),
};

/** The region, for which `fallback` is what the AWS configuration says. */
export function regionOption(fallback: string): Option<string> {
  return {
    flag: '--region',
    message: 'In which AWS region?',
    fallback,
    parse(text) {
      if (isRegion(text)) return text;
      throw new InvalidValueError(`"${text}" is not an AWS region.`, 'eu-central-1');
    },
  };
}

export const memoryOption: Option<number> = {
  flag: '--memory',
  message: 'How much memory, in MB?',
  fallback: '128',
  parse: (text) => wholeNumber(text, 128, 10_240, 'MB'),
};

export const timeoutOption: Option<number> = {
  flag: '--timeout',
  message: 'After how many seconds does a request time out?',
  fallback: '10',
  parse: (text) => wholeNumber(text, 1, 900, 'seconds'),
};

function oneOf<T extends string>(text: string, values: readonly [T, ...T[]]): T {
  const value = values.find((candidate) => candidate === text);
  if (value !== undefined) return value;
  throw new InvalidValueError(`"${text}" is not one of ${values.join(', ')}.`, values[0]);
}

function wholeNumber(text: string, min: number, max: number, unit: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new InvalidValueError(
    `"${text}" is not a whole number from ${min} to ${max} (${unit}).`,
    String(Math.max(min, Math.min(max, Math.round(value) || min))),
  );
}
