import type { IncomingMessage } from 'node:http';
import { CancelledError, UserError } from '../errors.ts';
import type { Env } from '../util/env.ts';
import { cancelled } from '../util/messages.ts';
import { inQuotes } from '../util/text.ts';
import { shown } from './address.ts';
import { send } from './connection.ts';
import * as messages from './messages.ts';
import { networkError, type Route, stalledError, statusError } from './network-errors.ts';
import { proxyFor } from './proxy.ts';

/** The settings of requests. */
export interface Network {
  readonly env: Env;
  readonly signal: AbortSignal;
  /** The idle timeout of connections, in milliseconds. */
  readonly stallMs: number;
}

/** A response with status 200, whose body can be read. */
export interface Response {
  readonly body: IncomingMessage;
  /** The length of the body in bytes, where it is known. */
  readonly bytes: number | undefined;
  /** Call this when data has arrived, to restart the idle timeout. */
  readonly alive: () => void;
}

const MOST_REDIRECTS = 5;
/** The limit of short texts, in bytes. A sign-in page may be longer. */
const MOST_TEXT = 64 * 1024;

/**
 * Requests a URL, follows redirects and passes the response to `use`.
 *
 * @throws StatusError for a status other than 200; DroppedError when the connection broke;
 *   UserError for other network errors; CancelledError when the signal was aborted; and the errors
 *   of `use`
 */
export async function request<T>(
  method: 'GET' | 'HEAD',
  start: URL,
  { env, signal, stallMs }: Network,
  use: (response: Response) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  const ended = AbortSignal.any([signal, stalled.signal]);
  let route = routeTo(start, env);
  let body: IncomingMessage | undefined;
  try {
    for (let redirects = 0; ; redirects++) {
      body = await send(method, route, ended);
      timer.refresh();
      const { statusCode = 0, headers } = body;
      const next = redirectTarget(route.address, statusCode, headers.location);
      if (next === undefined) {
        if (statusCode !== 200) throw statusError(statusCode, route);
        const length = headers['content-length'];
        const bytes = length === undefined ? undefined : Number(length);
        return await use({ body, bytes, alive: () => timer.refresh() });
      }
      body.destroy();
      if (redirects === MOST_REDIRECTS) {
        throw new UserError(
          messages.redirectsInCircle({ address: shown(start) }),
          'FLUTTER_STORAGE_BASE_URL of another mirror',
        );
      }
      route = routeTo(next, env);
    }
  } catch (error) {
    if (signal.aborted) throw new CancelledError(cancelled());
    if (error instanceof UserError) throw error;
    if (stalled.signal.aborted) throw stalledError(stallMs, route);
    throw networkError(error, route) ?? error;
  } finally {
    clearTimeout(timer);
    body?.destroy();
  }
}

/** Requests a short text. */
export const requestText = (address: URL, network: Network): Promise<string> =>
  request('GET', address, network, async ({ body, alive }) => {
    let text = '';
    for await (const chunk of body.setEncoding('latin1')) {
      alive();
      text += chunk;
      if (text.length > MOST_TEXT) break;
    }
    return text;
  });

function routeTo(address: URL, env: Env): Route {
  const proxy = proxyFor(address, env);
  if (typeof proxy !== 'string') return { address, proxy };
  throw new UserError(
    messages.proxyIsNotHttp({ proxy: inQuotes(proxy) }),
    'HTTPS_PROXY=http://<proxy>:<port>',
  );
}

/**
 * Returns the target of a redirect; undefined for other responses.
 *
 * @throws UserError when the target is missing, or https would be left
 */
export function redirectTarget(
  from: URL,
  status: number,
  location: string | undefined,
): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status)) return undefined;
  const to = URL.canParse(location ?? '', from.href) ? new URL(location ?? '', from) : undefined;
  const secure =
    to?.protocol === 'https:' || (to?.protocol === 'http:' && from.protocol === 'http:');
  if (location !== undefined && to !== undefined && secure) return to;
  const address = shown(from);
  throw new UserError(
    to === undefined
      ? messages.redirectsNowhere({ address })
      : messages.redirectsAway({ address, otherAddress: shown(to) }),
    'FLUTTER_STORAGE_BASE_URL of another mirror',
  );
}
