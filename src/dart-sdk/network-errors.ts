import { errorCode, UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import { shown } from './address.ts';
import * as messages from './messages.ts';

/** A response with another status than 200. */
export class StatusError extends UserError {
  readonly status: number;

  constructor(message: Message, hint: string, status: number) {
    super(message, hint);
    this.status = status;
  }
}

/** Tells whether the server has no such file. */
export const isMissing = (error: unknown): boolean =>
  error instanceof StatusError && (error.status === 404 || error.status === 410);

/** A broken connection. A retry may succeed. */
export class DroppedError extends UserError {}

/** The URL of a request, and its proxy. */
export interface Route {
  readonly address: URL;
  readonly proxy: URL | undefined;
}

const MIRROR =
  'again; behind a proxy set HTTPS_PROXY, and for a mirror of the archive FLUTTER_STORAGE_BASE_URL';

const hintOf = ({ proxy }: Route): string =>
  proxy === undefined ? MIRROR : 'another HTTPS_PROXY, or NO_PROXY for what needs none';

/** Formats a request for messages. */
const where = ({ address, proxy }: Route): string =>
  [shown(address), ...(proxy === undefined ? [] : ['through the proxy', shown(proxy)])].join(' ');

const DROPPED = new Set([
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_EOF_STATE',
]);

const REASONS: Record<string, Message> = {
  ENOTFOUND: messages.unknownHost(),
  EAI_AGAIN: messages.noNameServer(),
  ECONNREFUSED: messages.refused(),
  ETIMEDOUT: messages.doesNotAnswer(),
  EHOSTUNREACH: messages.noRoute(),
  ENETUNREACH: messages.noNetwork(),
};

/** The error codes for certificates that are invalid, or that a TLS-inspecting network has made. */
const CERTIFICATE = /CERT|^UNABLE_TO_|ERR_TLS/;

/** Translates an error of node:http for the user; undefined where it is not a network error. */
export function networkError(error: unknown, route: Route): UserError | undefined {
  const code = errorCode(error);
  if (code === undefined) return undefined;
  const address = where(route);
  if (DROPPED.has(code)) {
    return new DroppedError(messages.connectionBroke({ address }), hintOf(route));
  }
  if (CERTIFICATE.test(code)) {
    return new UserError(
      messages.untrusted({ address, code }),
      'NODE_EXTRA_CA_CERTS=<a file with the certificates of your network>',
    );
  }
  const reason = REASONS[code] ?? (error as Error).message;
  return new UserError(messages.unreachable({ address, reason }), hintOf(route));
}

/** Translates a status other than 200 for the user. */
export function statusError(status: number, route: Route): UserError {
  if (status === 407 && route.proxy !== undefined) return proxyRefusal(status, route);
  return new StatusError(
    messages.badStatus({ address: where(route), status }),
    hintOf(route),
    status,
  );
}

/** Makes the error for a proxy that opens no connection. */
export function proxyRefusal(status: number, { address, proxy }: Route): UserError {
  return new UserError(
    messages.proxyRefuses({
      proxy: proxy === undefined ? '' : shown(proxy),
      host: address.host,
      status,
    }),
    status === 407 ? 'HTTPS_PROXY=http://<name>:<password>@<proxy>' : hintOf({ address, proxy }),
  );
}

/** Makes the error for a connection over which nothing arrives any more. */
export const stalledError = (ms: number, route: Route): UserError =>
  new UserError(messages.stalled({ address: where(route), seconds: ms / 1000 }), hintOf(route));
