import { basename, dirname, join, resolve } from 'node:path';
import { InvalidValueError } from '../../errors.ts';
import { serviceNameProblem } from '../../service/names.ts';
import type { Argument } from '../../ui/ask.ts';

/** The folder, of which the base name is the service's name. */
export function directoryArgument(cwd: string): Argument<{ directory: string; name: string }> {
  return {
    name: '[directory]',
    command: 'create-lambda-hello',
    question: 'Where should the service go?',
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
