import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import * as messages from './messages.ts';

/**
 * Reads a text file, including its byte order mark. Undefined where there is none.
 *
 * @param path relative to the root, with `/` on every platform
 * @throws UserError when it is no file, cannot be read or is not UTF-8
 */
export async function readText(root: string, path: string): Promise<string | undefined> {
  let bytes: Buffer;
  try {
    // Reading asynchronously takes five times as long, and some commands read thousands of files.
    bytes = readFileSync(join(root, path));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') throw new UserError(messages.isAFolder({ path }), 'move it away');
    throw new UserError(
      messages.unreadable({ path, code: String(code) }),
      'look at its permissions',
    );
  }
  const text = decode(bytes);
  if (text !== undefined) return text;
  throw new UserError(messages.notUtf8({ path }), 'save it as UTF-8');
}

/** Decodes UTF-8; undefined for other bytes, which an edit would destroy. */
export function decode(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return Buffer.from(text).equals(bytes) ? text : undefined;
}
