import { headerFault, mayReturn } from './headers.ts';
import type { GatewayResponse, Head, Malformed } from './integration.ts';

/** The function's answer, parsed; undefined where it is not JSON. */
export function parsePayload(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined; // the APIs answer for a payload that is not JSON, each in its own way
  }
}

/** A status that HTTP can carry as a final one, given as a number or as its digits. */
export function status(value: unknown): number | Malformed {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 200 && number <= 599) {
    return number;
  }
  return {
    malformed:
      value === undefined
        ? 'it has no statusCode'
        : `its statusCode is ${JSON.stringify(value)}, not a number from 200 to 599`,
  };
}

/**
 * A head and the body of the same response object.
 *
 * @param decodes whether a body that is marked as base64 becomes bytes
 */
export function withBody(
  head: Head | Malformed,
  result: Readonly<Record<string, unknown>>,
  decodes = true,
): GatewayResponse | Malformed {
  if ('malformed' in head) return head;
  const bytes = body(result.body, decodes && result.isBase64Encoded === true);
  return 'malformed' in bytes ? bytes : { ...head, body: bytes };
}

function body(value: unknown, decode: boolean): Buffer | Malformed {
  if (value === undefined || value === null) return Buffer.alloc(0);
  if (typeof value !== 'string') {
    return {
      malformed: `its body is ${Array.isArray(value) ? 'a list' : `of the type ${typeof value}`}, not a string; encode it as JSON text`,
    };
  }
  return Buffer.from(value, decode ? 'base64' : 'utf8');
}

/** Collects the headers of a response, and the first fault among them. */
export class ResponseHeaders {
  /** Names and values by turns. */
  readonly list: string[] = [];
  readonly #names = new Set<string>();
  fault: Malformed | undefined;

  /** Whether there is such a header, in any case. */
  has(lowerCaseName: string): boolean {
    return this.#names.has(lowerCaseName);
  }

  /** Adds a header of the function's; numbers and booleans become text, null leaves it out. */
  add(name: string, value: unknown, rename?: (lowerCaseName: string) => string | undefined): void {
    if (value === null) return;
    if (typeof value === 'object' || value === undefined) {
      this.fault ??= { malformed: `its header ${name} is not a string` };
      return;
    }
    const text = String(value);
    const fault = headerFault(name, text);
    if (fault !== undefined) {
      this.fault ??= { malformed: `its header ${name} cannot be sent: ${fault}` };
      return;
    }
    const lower = name.toLowerCase();
    const renamed = rename?.(lower);
    if (renamed === undefined && !mayReturn(lower)) return;
    this.set(renamed ?? name, text);
  }

  /** Adds a header of the gateway's own. */
  set(name: string, value: string): void {
    this.#names.add(name.toLowerCase());
    this.list.push(name, value);
  }
}

/** A response of the gateway itself. */
export function messageResponse(status: number, body: string, headers: string[]): GatewayResponse {
  return {
    status,
    headers: ['Content-Type', 'application/json', ...headers],
    body: Buffer.from(body),
  };
}
