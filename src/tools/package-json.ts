import { readFile } from 'node:fs/promises';
import { unreadable } from '../changes/messages.ts';
import { errorCode, UserError } from '../errors.ts';
import { recordOf } from '../util/json.ts';
import { notJson } from './messages.ts';

/**
 * Reads a package.json; undefined where there is none.
 *
 * @throws UserError when it cannot be read
 */
export async function readPackageJson(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    return recordOf(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    const problem =
      error instanceof SyntaxError
        ? notJson({ path: file })
        : unreadable({ path: file, code: String(code) });
    throw new UserError(problem, 'correct that file');
  }
}
