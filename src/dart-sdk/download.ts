import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { writing } from './disk.ts';
import { DroppedError } from './network-errors.ts';
import { type Network, request } from './request.ts';

/** The progress of something, in its units. */
export interface Progress {
  readonly done: number;
  readonly total: number | undefined;
}

/** The callbacks and the signal of a download. */
export interface DownloadOptions extends Network {
  /** Called with the length of the body before its first byte, where it is known. */
  readonly onLength: (bytes: number) => Promise<void>;
  readonly onProgress: (progress: Progress) => void;
}

/** The number of attempts: a broken connection is retried once. */
const TRIES = 2;

/**
 * Downloads into a file.
 *
 * @returns the SHA-256 of the content, in hex
 * @throws the errors of {@link request}, and UserError when the file cannot be written
 */
export async function download(
  address: URL,
  file: string,
  options: DownloadOptions,
): Promise<string> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await downloadOnce(address, file, options);
    } catch (error) {
      if (!(error instanceof DroppedError) || left === 0) throw error;
    }
  }
}

const downloadOnce = (address: URL, file: string, options: DownloadOptions): Promise<string> =>
  request('GET', address, options, async ({ body, bytes, alive }) => {
    if (bytes !== undefined) await options.onLength(bytes);
    const hash = createHash('sha256');
    const handle = await writing(file, () => open(file, 'w'));
    try {
      let done = 0;
      for await (const chunk of body as AsyncIterable<Buffer>) {
        alive();
        hash.update(chunk);
        await writing(file, () => handle.writeFile(chunk));
        done += chunk.length;
        options.onProgress({ done, total: bytes });
      }
    } finally {
      await handle.close();
    }
    return hash.digest('hex');
  });
