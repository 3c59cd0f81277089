import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

/** Reads a file that the build has compressed by gzip. */
export async function readCompressed(path: string): Promise<Uint8Array> {
  return promisify(gunzip)(await readFile(path));
}
