import { randomFillSync, randomUUID } from 'node:crypto';
import type { RequestIds } from './integration.ts';

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Random bytes. Fetched in advance: each call of the system takes longer than all else here. */
function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** The ids of one request, in the forms that AWS gives them. */
export function requestIds(epochMs: number): RequestIds {
  const random = randomBytes(23);
  const seconds = Math.floor(epochMs / 1000).toString(16);
  return {
    requestId: randomUUID(),
    extendedRequestId: random.toString('base64', 0, 11),
    traceRoot: `Root=1-${seconds}-${random.toString('hex', 11, 23)}`,
  };
}

/**
 * The ids of the invocation that a request leads to: Lambda's own, and the trace
 * header. It is not sampled, as nothing collects it.
 */
export function invocationIds(traceRoot: string): { requestId: string; traceId: string } {
  return {
    requestId: randomUUID(),
    traceId: `${traceRoot};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
  };
}
