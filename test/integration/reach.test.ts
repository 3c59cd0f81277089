import { createServer as createHttpServer } from 'node:http';
import { createServer, type Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { proxyFor, reach } from '../../src/tools/reach.ts';
import { closedPort, listening } from '../support/listening.ts';

const signal = new AbortController().signal;

/** The host and the port of a server that listens until the test ends. */
const hostOf = async (server: Server): Promise<string> => `127.0.0.1:${await listening(server)}`;

/** A server that answers a status, and the lines that it was asked. */
async function answering(status: number) {
  const asked: string[] = [];
  const server = createHttpServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url} for ${headers.host}`);
    response.writeHead(status).end('x'.repeat(1e6));
  });
  server.on('connect', ({ url, headers }, socket) => {
    asked.push(`CONNECT ${url} as ${headers['proxy-authorization'] ?? 'nobody'}`);
    socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  return { host: await hostOf(server), asked };
}

describe('reach', () => {
  it.each([200, 404, 503])('tells the status of an answer, %i', async (status) => {
    const { host, asked } = await answering(status);
    const reached = await reach(`http://${host}/a?b`, { env: {}, signal });
    expect(reached).toEqual({ status, proxy: undefined });
    expect(asked).toEqual([`GET /a?b for ${host}`]);
  });

  it('tells a port that nothing listens on', async () => {
    const host = `127.0.0.1:${await closedPort()}`;
    const reached = await reach(`http://${host}/`, { env: {}, signal });
    expect(reached).toEqual({ problem: 'ECONNREFUSED', proxy: undefined });
  });

  it('waits for a server that hangs no longer than it may', async () => {
    const host = await hostOf(createServer(() => {}));
    const reached = await reach(`http://${host}/`, { env: {}, signal, limit: 50 });
    expect(reached).toEqual({ problem: 'no answer within 0.05 s', proxy: undefined });
  });

  it('ends when the user stops it', async () => {
    const stop = new AbortController();
    const host = await hostOf(createServer(() => stop.abort()));
    const reached = await reach(`http://${host}/`, { env: {}, signal: stop.signal });
    expect(reached).toEqual({ problem: 'ABORT_ERR', proxy: undefined });
  });

  it('tells a server that speaks no TLS, or ends too early', async () => {
    const host = await hostOf(createServer((socket) => socket.end('hello\n')));
    expect(await reach(`https://${host}/`, { env: {}, signal })).toHaveProperty('problem');
    expect(await reach(`http://${host}/`, { env: {}, signal })).toHaveProperty('problem');
  });

  it('tells an address that is none, also of a proxy', async () => {
    expect(await reach('pub dev', { env: {}, signal })).toHaveProperty('problem');
    const env = { HTTP_PROXY: 'http://[' };
    expect(await reach('http://x.invalid/', { env, signal })).toHaveProperty('problem');
  });

  it('asks by the proxy of the environment', async () => {
    const { host, asked } = await answering(200);
    const env = { HTTP_PROXY: host };
    expect(await reach('http://x.invalid/a', { env, signal })).toEqual({
      status: 200,
      proxy: host,
    });
    expect(asked).toEqual(['GET http://x.invalid/a for x.invalid']);
  });

  it('tells a proxy that refuses, and signs in as the environment says', async () => {
    const { host, asked } = await answering(407);
    const env = { HTTPS_PROXY: `http://ada:p%40ss@${host}` };
    expect(await reach('https://x.invalid/', { env, signal })).toEqual({
      problem: `the proxy ${host} answered 407`,
      proxy: host,
    });
    const pair = Buffer.from('ada:p@ss').toString('base64');
    expect(asked).toEqual([`CONNECT x.invalid:443 as Basic ${pair}`]);
  });

  it('speaks TLS through the proxy', async () => {
    const spoken: number[] = [];
    const proxy = createHttpServer();
    proxy.on('connect', (_, socket) => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n');
      socket.once('data', (data: Buffer) => {
        spoken.push(data[0] as number);
        socket.destroy();
      });
    });
    const env = { HTTPS_PROXY: await hostOf(proxy) };
    expect(await reach('https://x.invalid/', { env, signal })).toHaveProperty('problem');
    const handshake = 22; // https://www.rfc-editor.org/rfc/rfc8446#section-5.1
    expect(spoken).toEqual([handshake]);
  });
});

describe('the proxy for an address', () => {
  it.each([
    [undefined, {}],
    ['a:1', { HTTPS_PROXY: 'http://a:1' }],
    ['a:1', { https_proxy: 'a:1', HTTPS_PROXY: 'http://b:2' }],
    [undefined, { HTTP_PROXY: 'http://a:1' }],
    [undefined, { HTTPS_PROXY: 'http://a:1', NO_PROXY: 'example.com, dev' }],
    [undefined, { HTTPS_PROXY: 'http://a:1', no_proxy: 'pub.dev' }],
    ['a:1', { HTTPS_PROXY: 'http://a:1', NO_PROXY: 'example.com,,pub' }],
  ])('is %s for https with %j', (host, env) => {
    expect(proxyFor(new URL('https://pub.dev/x'), env)?.host).toBe(host);
  });
});
