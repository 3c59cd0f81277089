import { errorCode, UserError } from '../errors.ts';
import { shown } from './address.ts';

/** A response with another status than 200. */
export class StatusError extends UserError {
  readonly status: number;

  constructor(message: string, hint: string, status: number) {
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

const REASONS: Record<string, string> = {
  ENOTFOUND: 'there is no host of that name, or no network',
  EAI_AGAIN: 'the host was not found: no network, or its name servers do not answer',
  ECONNREFUSED: 'the connection was refused',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no route to it from this network',
  ENETUNREACH: 'there is no network',
};

/** The error codes for certificates that are invalid, or that a TLS-inspecting network has made. */
const CERTIFICATE = /CERT|^UNABLE_TO_|ERR_TLS/;

/** Translates an error of node:http for the user; undefined where it is not a network error. */
export function networkError(error: unknown, route: Route): UserError | undefined {
  const code = errorCode(error);
  if (code === undefined) return undefined;
  const address = where(route);
  if (DROPPED.has(code)) {
    return new DroppedError(
      `${address}: the connection broke before everything had arrived.`,
      hintOf(route),
    );
  }
  if (CERTIFICATE.test(code)) {
    return new UserError(
      `${address} has a certificate that is not trusted here (${code}).`,
      'NODE_EXTRA_CA_CERTS=<a file with the certificates of your network>',
    );
  }
  const reason = REASONS[code] ?? (error as Error).message;
  return new UserError(`${address} cannot be reached: ${reason}.`, hintOf(route));
}

/** Translates a status other than 200 for the user. */
export function statusError(status: number, route: Route): UserError {
  if (status === 407 && route.proxy !== undefined) return proxyRefusal(status, route);
  return new StatusError(`${where(route)} answered with status ${status}.`, hintOf(route), status);
}

/** Makes the error for a proxy that opens no connection. */
export function proxyRefusal(status: number, { address, proxy }: Route): UserError {
  const name = proxy === undefined ? '' : shown(proxy);
  return new UserError(
    `the proxy ${name} refuses to connect to ${address.host}: status ${status}.`,
    status === 407 ? 'HTTPS_PROXY=http://<name>:<password>@<proxy>' : hintOf({ address, proxy }),
  );
}

/** Makes the error for a connection over which nothing arrives any more. */
export const stalledError = (ms: number, route: Route): UserError =>
  new UserError(`${where(route)} has sent nothing for ${ms / 1000} s.`, hintOf(route));
