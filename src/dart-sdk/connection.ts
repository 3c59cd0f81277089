import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { proxyRefusal, type Route } from './network-errors.ts';

/** Since Node.js 22.15, the certificates of the system too, such as those of a company. */
const { getCACertificates } = tls as unknown as {
  getCACertificates?: (type: 'default' | 'system') => string[];
};

let certificates: string[] | undefined;

/** Returns the certificates to trust; undefined for only those of Node.js and NODE_EXTRA_CA_CERTS. */
function trusted(): string[] | undefined {
  certificates ??= getCACertificates && [
    ...new Set([...getCACertificates('default'), ...getCACertificates('system')]),
  ];
  return certificates;
}

/**
 * Sends a request, through the proxy if there is one. Resolves with the head of the response.
 *
 * @param signal aborts the request and the connection to a proxy
 * @throws UserError when a proxy refuses, or the errors of node:http
 */
export function send(
  method: 'GET' | 'HEAD',
  route: Route,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { address, proxy } = route;
  const secure = address.protocol === 'https:';
  const ca = secure || proxy?.protocol === 'https:' ? trusted() : undefined;
  const options = { signal, ...(ca && { ca }) };
  const ProxyAgent = secure ? HttpsProxyAgent : HttpProxyAgent;
  return new Promise((resolve, reject) => {
    // A request without a connection emits nothing when it is destroyed.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    const request = (secure ? https : http).request(address, {
      ...options,
      method,
      agent: proxy === undefined ? false : new ProxyAgent(proxy, options),
      headers: { 'user-agent': 'create-lambda-hello' },
    });
    request.on('proxyConnect', ({ statusCode }: { statusCode?: number }) => {
      // Only a CONNECT has a status.
      if (statusCode === undefined || statusCode === 200) return;
      reject(proxyRefusal(statusCode, route));
      request.destroy();
    });
    request.on('error', reject);
    request.on('response', resolve);
    request.end();
  });
}
