import { createHash } from 'node:crypto';

/** Derives an id in API Gateway's form, lower case letters and digits, from a name. */
export function stableId(name: string, length: number): string {
  const number = BigInt(`0x${createHash('sha256').update(name).digest('hex')}`);
  return number.toString(36).slice(0, length);
}
