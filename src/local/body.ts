import type { IncomingMessage, ServerResponse } from 'node:http';

/** `too-large`: over the limit, the rest was not read; `aborted`: the sender disconnected early. */
export type Body = Buffer | 'too-large' | 'aborted';

/** Bodies below this size are written together with their head, in one call of the system. */
export const SMALL_BODY_BYTES = 16 * 1024;

const EMPTY = Buffer.alloc(0);

/**
 * Reads the body of a request. A Content-Length over the limit is refused before anything is read.
 * node:http discards the unread rest once the response has been sent, so that the connection stays
 * usable.
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
      // The listener of 'error' stays, or a sender that disconnects later would throw.
      request.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
      resolve(body);
    };
  });
}

/**
 * Passes on the body of a request piece by piece, and reads no faster than the pieces are taken.
 * Resolves with an empty buffer when all was passed on.
 *
 * @param limit in bytes
 * @param take gets the pieces, which end early where the body does
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
      outcome = 'aborted'; // the only way in which reading a request fails
    }
  }
  await take(pieces());
  // Discards what was not read.
  request.resume();
  return outcome;
}

/** Writes a piece of a body. Resolves when the next may follow or the client has disconnected. */
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
