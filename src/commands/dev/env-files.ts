import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { errorCode, UserError, whyUnreadable } from '../../errors.ts';
import { parseDotenv } from '../../service-folder/dotenv.ts';
import { withSlashes } from '../../util/paths.ts';

export type Variables = Readonly<Record<string, string>>;

/** Where the variables of the functions come from, besides serverless.yml. */
export interface VariableFiles {
  /** Absolute; the later file goes before the earlier one. */
  readonly paths: readonly string[];
  /** Those that must be there. */
  readonly required: readonly string[];
  /** What `useDotenv` has found, where it is set. */
  readonly found: Variables;
}

/**
 * `.env` of the service, if it is there, or what `useDotenv` loads; and the file of
 * `--env-file`, which must be there.
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

/** The files as a watch of the service names them. */
export function relativePaths(root: string, paths: readonly string[]): string[] {
  return paths.map((path) => withSlashes(relative(root, path)));
}

/**
 * The variables of the files.
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
      throw new UserError(`${path}: ${whyUnreadable(code)}.`, 'correct the path');
    }
  }
  return all;
}
