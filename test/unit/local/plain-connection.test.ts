import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuntimeCall } from '../../../src/local/lambda/runtime-api/call.ts';
import { PlainConnection } from '../../../src/local/lambda/runtime-api/plain-connection.ts';

const ID = '7fa5a3a4';
const next = 'GET /next HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n\r\n';
const post = (body: string, headers = '') =>
  `POST /${ID}/response HTTP/1.1\r\nhost: a\r\nCONTENT-LENGTH:  ${body.length} \r\n${headers}\r\n${body}`;

/** A connection that something is received on, piece by piece, and what comes of that. */
function connection() {
  const written: string[] = [];
  const calls: RuntimeCall[] = [];
  const bodies: (string | Promise<string>)[] = [];
  const handedOver: string[] = [];
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _, done) {
      written.push(chunk.toString('latin1'));
      done();
    },
  });
  new PlainConnection(
    socket,
    (call) => {
      calls.push(call);
      const body = call.body(1e9);
      bodies.push(Promise.resolve(body).then(String));
    },
    (other) => {
      other.on('data', (bytes: Buffer) => handedOver.push(bytes.toString('latin1')));
    },
  );
  const receive = (bytes: string) => socket.push(Buffer.from(bytes, 'latin1'));
  const respond = (index: number) => calls[index]?.respond(202, ['Content-Length', '2'], OK);
  return { socket, written, calls, bodies, handedOver, receive, respond };
}

const OK = Buffer.from('ok');
const RESPONSE = 'HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok';
/** Streams pass on what they have in the next turns of the event loop. */
const settled = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe('a connection of a runtime', () => {
  it('reads plain requests, wherever their bytes are split', async () => {
    const text = next + post('{"ä":1}', 'X-A: b\r\n') + next;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(text.length)), async (splits) => {
        const { receive, calls, bodies, respond, written } = connection();
        const places = [0, ...splits.sort((a, b) => a - b), text.length];
        for (const [index, place] of places.slice(1).entries()) {
          receive(text.slice(places[index], place));
          await settled();
          // Each is responded to as soon as it is there; the next one is read then.
          while (calls.length > written.length) {
            await settled();
            respond(written.length);
          }
        }
        expect(calls.map(({ method, url }) => `${method} ${url}`)).toEqual([
          'GET /next',
          `POST /${ID}/response`,
          'GET /next',
        ]);
        expect(await Promise.all(bodies)).toEqual([
          '',
          Buffer.from('{"ä":1}', 'latin1').toString(),
          '',
        ]);
        expect(calls[1]?.headers).toEqual({ host: 'a', 'content-length': '7', 'x-a': 'b' });
        expect(written).toEqual([RESPONSE, RESPONSE, RESPONSE]);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a request that comes too early until the one before has its response', async () => {
    const { receive, calls, respond } = connection();
    receive(next + next);
    await settled();
    expect(calls.length).toBe(1);
    respond(0);
    expect(calls.length).toBe(2);
  });

  it.each([
    [
      'a body of unknown length',
      post('x').replace(/CONTENT-LENGTH.*?\r\n/, 'Transfer-Encoding: chunked\r\n'),
    ],
    ['a body of two lengths', post('x', 'Content-Length: 1\r\n')],
    ['a length that is no number', post('x').replace(' 1 ', ' +1 ')],
    ['a length over the limit', post('x').replace(' 1 ', ' 9999999 ')],
    ['a streamed response', post('x', 'Lambda-Runtime-Function-Response-Mode: streaming\r\n')],
    ['Expect', post('x', 'Expect: 100-continue\r\n')],
    ['a connection that is to be closed', post('x', 'Connection: close\r\n')],
    ['another method', next.replace('GET', 'PUT')],
    ['another version of HTTP', next.replace('1.1', '1.0')],
    ['no host', next.replace(/Host.*?\r\n/, '')],
    ['a folded header', next.replace('\r\n\r\n', '\r\nA: b\r\n c\r\n\r\n')],
    ['a space before a colon', next.replace('Host:', 'Host :')],
    ['a control character', next.replace('127', '\x01')],
    ['a header without end', `GET /next HTTP/1.1\r\nA: ${'b'.repeat(16 * 1024)}`],
    ['something else than HTTP', '\x16\x03\x01\r\n\r\n'],
  ])('hands over a request with %s, whole', async (_, request) => {
    const { receive, calls, respond, handedOver } = connection();
    receive(next);
    await settled();
    respond(0);
    receive(request);
    await settled();
    receive('more');
    await settled();
    expect(handedOver.join('')).toBe(`${request}more`);
    expect(calls.length).toBe(1);
  });

  it('aborts a body that is cut off, and tells that a response has nobody left', async () => {
    const { socket, receive, calls, bodies } = connection();
    receive(post('abc').slice(0, -1));
    await settled();
    const closed = new Promise<void>((resolve) => calls[0]?.onClose(resolve));
    socket.destroy();
    await closed;
    expect(await Promise.all(bodies)).toEqual(['aborted']);
  });

  it('writes a large body as it is', async () => {
    const { receive, calls, written } = connection();
    receive(next);
    await settled();
    const body = Buffer.alloc(100_000, 0xff);
    calls[0]?.respond(200, ['Content-Length', '100000'], body);
    expect(written.join('')).toBe(
      `HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n${body.toString('latin1')}`,
    );
  });
});
