import { basename, dirname, join, resolve } from 'node:path';
import { InvalidValueError } from '../../errors.ts';
import { serviceNameProblem } from '../../service/names.ts';
import type { Argument } from '../../ui/ask.ts';
import { inQuotes } from '../../util/text.ts';
import { badName, emptyDirectory } from './messages.ts';

/** Makes the argument for the folder, whose base name becomes the name of the service. */
export function directoryArgument(cwd: string): Argument<{ directory: string; name: string }> {
  return {
    name: '[directory]',
    command: 'create-lambda-hello',
    question: 'Where should the service go?',
    suggestion: 'hello',
    parse(directory) {
      if (directory.trim() === '') {
        throw new InvalidValueError(emptyDirectory(), 'hello');
      }
      const name = basename(resolve(cwd, directory));
      const problem = serviceNameProblem(name);
      if (problem) {
        throw new InvalidValueError(
          badName({ name: inQuotes(name), reason: problem.reason }),
          isDot(directory)
            ? join('..', problem.suggestion)
            : typable(join(dirname(directory), problem.suggestion)),
        );
      }
      return { directory, name };
    },
  };
}

/** Returns a path that is not parsed as an option when typed after a command. */
export const typable = (path: string): string => (path.startsWith('-') ? `./${path}` : path);

const isDot = (directory: string): boolean => /^\.{0,2}([/\\]\.{0,2})*$/.test(directory);
