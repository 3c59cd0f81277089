import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { errorCode, InvalidValueError } from '../errors.ts';
import type { FindModel } from '../sample/reference.ts';
import { readSample, type Sample } from '../sample/sample.ts';
import { fileProblem } from '../util/messages.ts';
import { inQuotes } from '../util/text.ts';
import { whyUnreadable } from '../util/unreadable.ts';

export interface SampleTextOptions {
  /** The folder that a file is relative to. */
  readonly cwd: string;
  readonly find: FindModel;
  /** The name of the model to make of it; undefined for one of an endpoint. */
  readonly className?: string | undefined;
  /** A valid sample, to suggest in place of an invalid one. */
  readonly example?: string;
}

/**
 * Parses a sample that is given as a text, or as the name of a file after `@`.
 *
 * @throws InvalidValueError when it is no sample, or the file cannot be read
 */
export function sampleText(
  text: string,
  { cwd, example = 'name:string,age:int?', ...options }: SampleTextOptions,
): Sample {
  if (!text.startsWith('@')) return readSample(text, { ...options, example });
  const file = text.slice(1);
  return readSample(readFile(file, cwd, example), { ...options, example, file });
}

/**
 * Returns the text of an option, or of the file that it names after `@`.
 *
 * @throws InvalidValueError when the file cannot be read
 */
export const textOrFile = (text: string, cwd: string, example: string): string =>
  text.startsWith('@') ? readFile(text.slice(1), cwd, example) : text;

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
