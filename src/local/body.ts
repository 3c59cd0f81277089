import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * `too-large`: over the limit, and the rest is not read; `aborted`: the sender
 * left before the end.
 */
export type Body = Buffer | 'too-large' | 'aborted';

const EMPTY = Buffer.alloc(0);

/**
 * Reads the body of a request. A declared length over the limit is refused
 * before a byte is read; what is not read is thrown away by node:http once the
 * response has been sent, so the connection stays usable.
 *
 * @param limit in bytes
 */
export function readBody(request: IncomingMessage, limit: number): Body | Promise<Body> {
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

/**
 * Passes the body of a request on as it comes, and reads no more of it than is taken. Nothing
 * is kept: what it resolves with is empty where all went well.
 *
 * @param limit in bytes
 * @param take takes the pieces until there are no more, which is early where the body breaks off
 */
export async function passBody(
  request: IncomingMessage,
  limit: number,
  take: (pieces: AsyncIterable<Buffer>) => Promise<void>,
): Promise<Body> {
  let outcome: Body = EMPTY;
  async function* pieces(): AsyncGenerator<Buffer> {
    let size = 0;
    try {
      for await (const piece of request.iterator({ destroyOnReturn: false })) {
        size += piece.length;
        if (size > limit) {
          outcome = 'too-large';
          break;
        }
        yield piece;
      }
    } catch {
      outcome = 'aborted'; // a request fails by breaking off, and by nothing else
    }
  }
  await take(pieces());
  // What is not read is thrown away.
  request.resume();
  return outcome;
}

/** Writes a piece of a body; resolves when more may follow. A client that has left gets nothing. */
export async function writePiece(response: ServerResponse, piece: Buffer): Promise<void> {
  if (response.destroyed || response.write(piece)) return;
  await new Promise<void>((resolve) => {
    const goOn = () => {
      response.off('drain', goOn).off('close', goOn);
      resolve();
    };
    response.on('drain', goOn).on('close', goOn);
  });
}

function join(chunks: Buffer[], size: number): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks, size);
}
