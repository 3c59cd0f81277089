import type { Env } from '../util/env.ts';
import { parseAddress } from './address.ts';

/**
 * The proxy for an address, as `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
 * `NO_PROXY` say, in capitals or not: as curl reads them (https://curl.se/docs/manpage.html).
 * Undefined where none is to be used; text where it is no address.
 */
export function proxyFor(address: URL, env: Env): URL | string | undefined {
  const scheme = address.protocol.slice(0, -1);
  const given = variable(env, `${scheme}_proxy`) ?? variable(env, 'all_proxy');
  if (given === undefined || isExcepted(address, variable(env, 'no_proxy') ?? '')) return undefined;
  return parseAddress(given.includes('://') ? given : `http://${given}`) ?? given;
}

const variable = (env: Env, name: string): string | undefined =>
  env[name]?.trim() || env[name.toUpperCase()]?.trim() || undefined;

/** Whether `NO_PROXY` names the host: itself, a domain above it, with a port where it matters, or `*`. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const ownPort = port || (protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .some((word) => {
      if (word === '*') return true;
      // An IPv6 address has colons too; with a port it stands in brackets.
      const [, name = word, only] = /^(\[.*\]|[^:]*):(\d+)$/.exec(word) ?? [];
      if (only !== undefined && only !== ownPort) return false;
      const domain = name.replace(/^\[|\]$/g, '').replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}
