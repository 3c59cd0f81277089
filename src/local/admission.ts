import type { IncomingHttpHeaders } from 'node:http';
import type { Message } from '../message.ts';
import { inQuotes } from '../util/text.ts';
import * as messages from './messages.ts';

/*
 * Decides which requests are served. Lambda's own APIs check signatures on AWS but not here, so no
 * web page may reach them: it could run functions with the user's credentials. The service's own
 * routes, whose CORS the user configures, are only protected from DNS rebinding.
 */

/** The headers that decide whether a request is served. */
export type Admitted = Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|::1|.+\.localhost)$/i;

/**
 * Hosts that nobody can register in the public DNS: addresses, names without a dot (machines and
 * containers), and the domains reserved for local use (https://www.rfc-editor.org/rfc/rfc6761,
 * https://www.rfc-editor.org/rfc/rfc6762 and `internal`, which ICANN has reserved).
 */
const PRIVATE = /^(\d+(\.\d+){3}|\[[\da-f:.]+\]|[^.]+|.+\.(localhost|local|internal|test))$/i;

/**
 * Explains why a request is refused because of its Host header; undefined where it is served. A
 * hostile page can point its own domain to 127.0.0.1 (DNS rebinding), which makes this server its
 * own origin to the browser. Where `--host` opens the server to the network, any name is allowed.
 *
 * @param listeningOn the host that the server listens on, as in `--host`
 */
export function hostRefusal({ host }: Admitted, listeningOn: string): Message | undefined {
  // Only HTTP/1.0, which no browser speaks, lacks a Host.
  if (host === undefined || !LOOPBACK.test(listeningOn)) return undefined;
  const name = nameOf(host);
  if (LOOPBACK.test(name) || name.toLowerCase() === listeningOn.toLowerCase()) return undefined;
  return messages.hostNotServed({ host: inQuotes(host) });
}

/**
 * Explains why a request to one of Lambda's own APIs is refused; undefined where it is served. A
 * request that may come from a web page is refused: browsers send Origin with every POST and with
 * every cross-origin request, and Sec-Fetch-Site names the relation of the two origins
 * (https://www.w3.org/TR/fetch-metadata/).
 */
export function lambdaRefusal(headers: Admitted, listeningOn: string): Message | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) return messages.hasOrigin({ origin: inQuotes(origin) });
  if (site !== undefined && site !== 'none' && site !== 'same-origin') {
    return messages.hasFetchSite({ site: inQuotes(site) });
  }
  const refusal = hostRefusal(headers, listeningOn);
  if (refusal !== undefined || host === undefined) return refusal;
  const name = nameOf(host);
  if (PRIVATE.test(name) || name.toLowerCase() === listeningOn.toLowerCase()) return undefined;
  return messages.publicHost({ host: inQuotes(host) });
}

/**
 * Explains why a request to a page of `dev` itself is refused; undefined where it is served. Other
 * origins may do no more than lead to it.
 */
export function pageRefusal(
  headers: Admitted & Pick<IncomingHttpHeaders, 'sec-fetch-dest' | 'sec-fetch-mode'>,
  listeningOn: string,
): Message | undefined {
  const { host, origin, 'sec-fetch-dest': dest, 'sec-fetch-mode': mode } = headers;
  const isLink = mode === 'navigate' && dest === 'document' && origin === undefined;
  const { 'sec-fetch-site': site } = headers;
  const isOwn = origin === undefined || origin === `http://${host}`;
  const comesFromOther = site !== undefined && site !== 'none' && site !== 'same-origin';
  if (!isOwn || (comesFromOther && !isLink)) return messages.notOfThePage();
  return lambdaRefusal({ host }, listeningOn);
}

const nameOf = (host: string): string => host.replace(/:\d*$/, '');
