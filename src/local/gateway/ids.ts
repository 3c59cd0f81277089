import { createHash, randomFillSync, randomUUID } from 'node:crypto';

/** The ids of a request, in the forms that AWS gives them. */
export interface RequestIds {
  /** API Gateway's id of the request, a UUID. The invocation has another one. */
  readonly requestId: string;
  /** `JKJaXmPLvHcESHA=`. */
  readonly extendedRequestId: string;
  /** `Root=1-5759e988-bd862e3fe1be46a994272793`. */
  readonly traceRoot: string;
}

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Returns random bytes from a buffer, as a system call for each request would dominate its cost. */
function randomBytes(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

/** Makes the ids of a request in the formats of AWS. */
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
 * Makes the ids of an invocation: its request id and its trace header. No trace is sampled.
 *
 * @param traceRoot that of the request; a new one where there is none
 */
export function invocationIds(traceRoot = requestIds(Date.now()).traceRoot): {
  requestId: string;
  traceId: string;
} {
  return {
    requestId: randomUUID(),
    traceId: `${traceRoot};Parent=${randomBytes(8).toString('hex')};Sampled=0`,
  };
}

/** Derives an id in API Gateway's form, lower case letters and digits, from a name. */
export function stableId(name: string, length: number): string {
  const number = BigInt(`0x${createHash('sha256').update(name).digest('hex')}`);
  return number.toString(36).slice(0, length);
}
