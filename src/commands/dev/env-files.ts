import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { errorCode, UserError } from '../../errors.ts';
import { parseDotenv } from '../../service-folder/dotenv.ts';
import { fileProblem } from '../../util/messages.ts';
import { withSlashes } from '../../util/paths.ts';
import { whyUnreadable } from '../../util/unreadable.ts';

export type Variables = Readonly<Record<string, string>>;

/** Says where functions get variables from, besides serverless.yml. */
export interface VariableFiles {
  /** Absolute paths; a later file overrides an earlier one. */
  readonly paths: readonly string[];
  /** The paths that must exist. */
  readonly required: readonly string[];
  /** The variables that `useDotenv` loaded, if it is set. */
  readonly found: Variables;
}

/**
 * Returns the service's `.env` if it exists, or what `useDotenv` loads, followed by the file of
 * `--env-file`, which must exist.
 */
export function variableFiles(
  root: string,
  cwd: string,
  envFile: string | undefined,
  dotenv: Variables | undefined,
): VariableFiles {
  const required = envFile === undefined ? [] : [resolve(cwd, envFile)];
  const paths = dotenv === undefined ? [resolve(root, '.env'), ...required] : required;
  return { paths, required, found: dotenv ?? {} };
}

/** Returns the paths as the watcher of the service names them. */
export function relativePaths(root: string, paths: readonly string[]): string[] {
  return paths.map((path) => withSlashes(relative(root, path)));
}

/**
 * Reads the variables from the files.
 *
 * @throws UserError when a file cannot be read
 */
export async function readVariables(files: VariableFiles): Promise<Variables> {
  const all: Record<string, string> = { ...files.found };
  for (const path of files.paths) {
    try {
      Object.assign(all, parseDotenv(await readFile(path, 'utf8')));
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      if (code === 'ENOENT' && !files.required.includes(path)) continue;
      throw new UserError(
        fileProblem({ file: path, reason: whyUnreadable(code) }),
        'correct the path',
      );
    }
  }
  return all;
}
