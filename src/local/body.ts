import type { IncomingMessage } from 'node:http';

/**
 * `too-large`: over the limit, and the rest is not read; `aborted`: the sender
 * left before the end.
 */
export type Body = Buffer | 'too-large' | 'aborted';

const EMPTY = Buffer.alloc(0);

/**
 * Reads the body of a request. A declared length over the limit is refused
 * before a byte is read; what is not read is thrown away by node:http once the
 * reply has been sent, so the connection stays usable.
 *
 * @param limit in bytes
 * @param onChunk gets each piece as it comes
 */
export function readBody(
  request: IncomingMessage,
  limit: number,
  onChunk?: (chunk: Buffer) => void,
): Body | Promise<Body> {
  const declared = request.headers['content-length'];
  if (declared === undefined && request.headers['transfer-encoding'] === undefined) return EMPTY;
  const length = declared === undefined ? undefined : Number(declared);
  if (length === 0) return EMPTY;
  if (length !== undefined && length > limit) return 'too-large';
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) return settle('too-large');
      chunks.push(chunk);
      onChunk?.(chunk);
    });
    request.on('end', () => settle(join(chunks, size)));
    request.on('error', () => settle('aborted'));
    request.on('close', () => settle('aborted'));
    const settle = (body: Body): void => {
      // The listener of 'error' stays: a sender that leaves later is no error of ours.
      request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
      resolve(body);
    };
  });
}

function join(chunks: Buffer[], size: number): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, size);
}
