import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { parseEnv } from 'node:util';
import { errorCode, UserError, whyUnreadable } from '../errors.ts';

export type Variables = Readonly<Record<string, string>>;

/** Where variables come from: the later file goes before the earlier one. */
export interface VariableFiles {
  /** Absolute. */
  readonly paths: readonly string[];
  /** Those that must be there. */
  readonly required: readonly string[];
}

/** `.env` of the service, if it is there, and the file of `--env-file`, which must be. */
export function variableFiles(
  root: string,
  cwd: string,
  envFile: string | undefined,
): VariableFiles {
  const required = envFile === undefined ? [] : [resolve(cwd, envFile)];
  return { paths: [resolve(root, '.env'), ...required], required };
}

/** The files as a watch of the service names them. */
export function relativePaths(root: string, { paths }: VariableFiles): string[] {
  return paths.map((path) => relative(root, path).split(sep).join('/'));
}

/**
 * The variables of the files, in the format that Node.js reads (`node --env-file`).
 *
 * @throws UserError when a file cannot be read
 */
export async function readVariables({ paths, required }: VariableFiles): Promise<Variables> {
  const all: Record<string, string> = {};
  for (const path of paths) {
    try {
      Object.assign(all, parseEnv(await readFile(path, 'utf8')));
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      if (code === 'ENOENT' && !required.includes(path)) continue;
      throw new UserError(`${path}: ${whyUnreadable(code)}.`, 'correct the path');
    }
  }
  return all;
}
