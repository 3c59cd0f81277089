import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveForAll } from '../support/conformance.ts';

const { ask, origin } = serveForAll(
  '',
  '  f:\n    handler: main.f\n    events:\n      - http: ANY /a\n',
);

async function open(): Promise<Socket> {
  const { hostname, port } = new URL(origin());
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

describe('garbage on the wire', () => {
  it.each<[string, string]>([
    ['nothing of HTTP', 'hello\r\n\r\n'],
    ['bytes of TLS', '\x16\x03\x01\x02\x00\x01\x00'],
    ['a version that does not exist', 'GET /a HTTP/9.9\r\n\r\n'],
    ['a header without a colon', 'GET /a HTTP/1.1\r\nHost: localhost\r\nbad\r\n\r\n'],
    [
      'a length that is no number',
      'POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n',
    ],
    [
      'two lengths',
      'POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    [
      'a length and chunks',
      'POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
    ],
    [
      'a chunk of no size',
      'POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    ],
    ['headers without an end', `GET /a HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}`],
  ])('of %s is refused, and others are served on', async (_what, bytes) => {
    const socket = await open();
    let response = '';
    socket.on('data', (data) => {
      response += data;
    });
    socket.on('error', () => {}); // it may be reset while it is still sent
    socket.end(bytes);
    await once(socket, 'close');
    expect(response).toMatch(/^(HTTP\/1\.1 4\d\d |$)/);
    expect((await ask('GET /a')).status).toBe(200);
  });
});

describe('clients that are slow', () => {
  it('hold no environment: what they send is read before a function is asked', async () => {
    const slow = await Promise.all(Array.from({ length: 30 }, open));
    for (const socket of slow) {
      socket.write('POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nbegun');
    }
    expect((await ask('POST /a', {}, 'whole')).status).toBe(200);
  });

  it('may leave at any moment', async () => {
    for (const bytes of [
      'GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n',
      'POST /a HTTP/1.1\r\nHost: ',
    ]) {
      const socket = await open();
      socket.write(bytes);
      socket.destroy();
    }
    expect((await ask('GET /a')).status).toBe(200);
  });
});
