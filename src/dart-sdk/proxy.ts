import type { Env } from '../util/env.ts';
import { parseAddress } from './address.ts';

/**
 * Finds the proxy for a URL by `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in upper or
 * lower case, as curl does (https://curl.se/docs/manpage.html). Undefined for none; a text where the
 * variable is not a URL.
 */
export function proxyFor(address: URL, env: Env): URL | string | undefined {
  const scheme = address.protocol.slice(0, -1);
  const given = variable(env, `${scheme}_proxy`) ?? variable(env, 'all_proxy');
  if (given === undefined || isExcepted(address, variable(env, 'no_proxy') ?? '')) return undefined;
  return parseAddress(given.includes('://') ? given : `http://${given}`) ?? given;
}

const variable = (env: Env, name: string): string | undefined =>
  env[name]?.trim() || env[name.toUpperCase()]?.trim() || undefined;

/** Tells whether `NO_PROXY` has the host, a parent domain, either with a port, or `*`. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .some((word) => {
      if (word === '*') return true;
      // An IPv6 address has colons, too; with a port it is in brackets.
      const [, name = word, only] = /^(\[.*\]|[^:]*):(\d+)$/.exec(word) ?? [];
      if (only !== undefined && only !== ownPort) return false;
      const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}
