import { type RequestOptions, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { errorCode, messageOf } from '../errors.ts';
import { type Message, quoted } from '../message.ts';
import type { Env } from '../util/env.ts';
import { withTimeLimit } from '../util/within.ts';
import * as messages from './messages.ts';

/** The status of an address, or the reason why there is none. */
export type Reached =
  | { readonly status: number; readonly proxy: string | undefined }
  | { readonly problem: Message; readonly proxy: string | undefined };

export interface ReachOptions {
  readonly env: Env;
  readonly signal: AbortSignal;
  /** The timeout, in milliseconds. */
  readonly limit?: number;
}

const LIMIT = 2500;

/**
 * Requests the status of an address, through the proxy that Dart's own programs would use. Never
 * throws.
 */
export async function reach(
  url: string,
  { env, signal: stop, limit = LIMIT }: ReachOptions,
): Promise<Reached> {
  return withTimeLimit(stop, limit, async (signal, late) => {
    let proxy: URL | undefined;
    try {
      const address = new URL(url);
      proxy = proxyFor(address, env);
      return { status: await statusOf(address, proxy, signal), proxy: proxy?.host };
    } catch (error) {
      const problem = late.aborted
        ? messages.noAnswer({ seconds: limit / 1000 })
        : quoted(errorCode(error) ?? messageOf(error));
      return { problem, proxy: proxy?.host };
    }
  });
}

/**
 * Finds the proxy for an address by the rules of Dart
 * (https://api.dart.dev/dart-io/HttpClient/findProxyFromEnvironment.html): a host in NO_PROXY
 * includes its subdomains.
 *
 * @throws TypeError when the address of the proxy is invalid
 */
export function proxyFor({ protocol, hostname }: URL, env: Env): URL | undefined {
  const read = (name: string) => env[name.toLowerCase()] || env[name] || '';
  const proxy = read(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  const direct = read('NO_PROXY')
    .split(',')
    .map((name) => name.trim())
    .some((name) => name !== '' && hostname.endsWith(name));
  if (proxy === '' || direct) return undefined;
  return new URL(/^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`);
}

async function statusOf(url: URL, proxy: URL | undefined, signal: AbortSignal): Promise<number> {
  const secure = url.protocol === 'https:';
  if (proxy === undefined) return answerOf(secure ? requestSecure : requestPlain, url, { signal });
  const headers = authorization(proxy);
  if (!secure) {
    const path = url.href;
    return answerOf(requestPlain, proxy, { path, headers: { ...headers, host: url.host }, signal });
  }
  const socket = await tunnel(url, proxy, headers, signal);
  // An agent would open its own connection.
  const agent = undefined;
  const createConnection = () => connectSecure({ socket, servername: url.hostname });
  return answerOf(requestSecure, url, { agent, createConnection, signal });
}

function answerOf(
  request: typeof requestPlain,
  url: URL,
  options: RequestOptions,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, ...options }, (response) => {
      resolve(response.statusCode ?? 0);
      // Only the status matters.
      response.destroy();
    });
    sent.on('error', reject).end();
  });
}

/** Connects to the address through the proxy (https://www.rfc-editor.org/rfc/rfc9110#CONNECT). */
function tunnel(
  url: URL,
  proxy: URL,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<Socket> {
  const authority = `${url.hostname}:${url.port || 443}`;
  const request = proxy.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const options = { method: 'CONNECT', path: authority, headers, signal, agent: false } as const;
    request(proxy, options)
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) resolve(socket as Socket);
        else {
          socket.destroy();
          reject(new Error(messages.proxyAnswered({ proxy: proxy.host, status: statusCode ?? 0 })));
        }
      })
      .on('error', reject)
      .end();
  });
}

function authorization({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
