import { createHash } from 'node:crypto';

/** An id as API Gateway's are (lower case letters and digits), the same for the same name. */
export function stableId(name: string, length: number): string {
  const number = BigInt(`0x${createHash('sha256').update(name).digest('hex')}`);
  return number.toString(36).slice(0, length);
}
