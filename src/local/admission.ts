import type { IncomingHttpHeaders } from 'node:http';

/**
 * Who may ask. Lambda's own APIs take signed requests on AWS and any request here, so what
 * a web page can send must not reach them: it would run functions with the user's
 * credentials. To the service's own routes, whose CORS the user decides, only the first
 * of the two rules applies.
 */

/** The parts of a request by which it is admitted. */
export type Admitted = Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>;

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|::1|.+\.localhost)$/i;

/**
 * A name that no stranger can have in the public DNS: an address, a name without a dot (of a
 * machine or a container), or one of the domains that are kept for local use (RFC 6761,
 * RFC 6762, ICANN: "private-use TLD").
 */
const PRIVATE = /^(\d+(\.\d+){3}|\[[\da-f:.]+\]|[^.]+|.+\.(localhost|local|internal|test))$/i;

/**
 * Why a request is refused by its Host header; undefined where it is not. A page of a
 * stranger can make its own name point to 127.0.0.1 (DNS rebinding), and the browser then
 * takes it for one with us. Where `--host` opens the server to others, every name is fine.
 *
 * @param listeningOn what the server listens on, as `--host`
 */
export function hostRefusal({ host }: Admitted, listeningOn: string): string | undefined {
  // HTTP/1.0 has no Host, and no browser speaks it.
  if (host === undefined || !LOOPBACK.test(listeningOn)) return undefined;
  const name = nameOf(host);
  if (LOOPBACK.test(name) || name.toLowerCase() === listeningOn.toLowerCase()) return undefined;
  return `The host ${JSON.stringify(host)} is not served here. Start dev with --host to allow others.`;
}

/**
 * Why a request to one of Lambda's own APIs is refused; undefined where it is not. It is
 * refused where it may come from a web page: a browser sends Origin with every POST and with
 * every request to another origin, and Sec-Fetch-Site tells who it was that asked (Fetch
 * Metadata, https://www.w3.org/TR/fetch-metadata/).
 */
export function lambdaRefusal(headers: Admitted, listeningOn: string): string | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) {
    return `A web page may not call Lambda's APIs here, and this request has the Origin ${JSON.stringify(origin)}.`;
  }
  if (site !== undefined && site !== 'none' && site !== 'same-origin') {
    return `A web page may not call Lambda's APIs here, and this request has the Sec-Fetch-Site ${JSON.stringify(site)}.`;
  }
  const refusal = hostRefusal(headers, listeningOn);
  if (refusal !== undefined || host === undefined) return refusal;
  const name = nameOf(host);
  if (PRIVATE.test(name) || name.toLowerCase() === listeningOn.toLowerCase()) return undefined;
  return `Lambda's APIs are not served to the host ${JSON.stringify(host)}, as anyone may own that name; call them by an address or by localhost.`;
}

const nameOf = (host: string): string => host.replace(/:\d*$/, '');
