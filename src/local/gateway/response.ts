import { tryParseJson } from '../../util/json.ts';
import { headerFault, mayReturn } from './headers.ts';
import type { GatewayResponse, Head, Malformed } from './integration.ts';
import * as messages from './messages.ts';

/** Parses the result of a function; undefined where it is not JSON, which each API treats in its own way. */
export const parsePayload = (payload: Buffer): unknown => tryParseJson(payload.toString());

/** Reads a status from 200 to 599, given as a number or as three digits. */
export function status(value: unknown): number | Malformed {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number) && number >= 200 && number <= 599) {
    return number;
  }
  return {
    malformed:
      value === undefined
        ? messages.noStatus()
        : messages.notAStatus({ value: JSON.stringify(value) }),
  };
}

/**
 * Adds the body of a response object to its head.
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
      malformed: Array.isArray(value)
        ? messages.bodyIsAList()
        : messages.bodyOfType({ type: typeof value }),
    };
  }
  return Buffer.from(value, decode ? 'base64' : 'utf8');
}

/** Collects the headers of a response and remembers the first fault. */
export class ResponseHeaders {
  /** Names and values alternate. */
  readonly list: string[] = [];
  readonly #names = new Set<string>();
  fault: Malformed | undefined;

  has(lowerCaseName: string): boolean {
    return this.#names.has(lowerCaseName);
  }

  /** Adds a header that the function returned. Numbers and booleans become text, null is skipped. */
  add(name: string, value: unknown, rename?: (lowerCaseName: string) => string | undefined): void {
    if (value === null) return;
    if (typeof value === 'object' || value === undefined) {
      this.fault ??= { malformed: messages.headerNotAString({ name }) };
      return;
    }
    const text = String(value);
    const reason = headerFault(name, text);
    if (reason !== undefined) {
      this.fault ??= { malformed: messages.headerNotSent({ name, reason }) };
      return;
    }
    const lower = name.toLowerCase();
    const renamed = rename?.(lower);
    if (renamed === undefined && !mayReturn(lower)) return;
    this.set(renamed ?? name, text);
  }

  /** Adds a header of the gateway itself. */
  set(name: string, value: string): void {
    this.#names.add(name.toLowerCase());
    this.list.push(name, value);
  }
}

/** Makes a JSON response of the gateway itself. */
export function messageResponse(status: number, body: string, headers: string[]): GatewayResponse {
  return {
    status,
    headers: ['Content-Type', 'application/json', ...headers],
    body: Buffer.from(body),
  };
}
