import { readFile } from 'node:fs/promises';
import { errorCode, UserError } from '../errors.ts';
import { isRecord } from '../util/json.ts';

/**
 * Reads a package.json; undefined where there is none.
 *
 * @throws UserError when it cannot be read
 */
export async function readPackageJson(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isRecord(content) ? content : {};
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const problem = error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${code})`;
    throw new UserError(`${file} ${problem}.`, 'correct that file');
  }
}
