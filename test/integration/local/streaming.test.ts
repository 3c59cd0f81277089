import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { EventStreamCodec } from '@smithy/eventstream-codec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { request } from '../../support/local.ts';
import { startLocalProcess } from '../../support/local-process.mjs';

const MB = 1024 * 1024;
const PRELUDE = 'application/vnd.awslambda.http-integration-response';

let local: Awaited<ReturnType<typeof startLocalProcess>>;

beforeAll(async () => {
  local = await startLocalProcess(`
  stream:
    handler: main.f
    timeout: 60
    url: { invokeMode: RESPONSE_STREAM, cors: { allowedOrigins: ['https://a.example'] } }
  whole:
    handler: main.f
    url: true
    events:
      - http: GET /rest
      - httpApi: GET /http
`);
});

afterAll(() => local.stop());

const written = () =>
  local.report((report) => report.type === 'output' && report.line === 'written');

/** The response of the streaming function's URL, of which nothing has been read. */
async function open(query: Record<string, string | number>, headers = {}) {
  const url = `${local.urls.stream}?${new URLSearchParams(query as Record<string, string>)}`;
  const [response] = await once(http.get(url, { agent: false, headers }), 'response');
  return response as http.IncomingMessage;
}

/** Reads a response, and asks something else after each piece: slower than any function writes. */
async function readSlowly(response: http.IncomingMessage, onPiece: (piece: Buffer) => void) {
  const agent = new http.Agent({ keepAlive: true });
  for await (const piece of response) {
    onPiece(piece);
    await request({ agent, port: new URL(local.origin).port, path: '/nothing' });
  }
  agent.destroy();
}

/** Of the bytes that the function writes: each is the number of the 64 kB that it is in. */
function digestOf(bytes: number): string {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes; at += 65_536) {
    hash.update(Buffer.alloc(Math.min(65_536, bytes - at), at / 65_536));
  }
  return hash.digest('hex');
}

/** Reads 128 MB slowly, of a response that is opened; what was read, and what it cost. */
async function passes128MB(
  openIt: (bytes: number) => Promise<http.IncomingMessage>,
  decoded: (digest: (bytes: Uint8Array) => void) => (piece: Buffer) => void,
) {
  const bytes = 128 * MB;
  const warm = written();
  (await openIt(65_536)).resume();
  await warm;
  const before = await local.peak();
  const hash = createHash('sha256');
  let read = 0;
  let readWhenWritten = 0;
  const done = written().then(() => {
    readWhenWritten = read;
  });
  const take = decoded((piece) => {
    read += piece.length;
    hash.update(piece);
  });
  await readSlowly(await openIt(bytes), take);
  await done;
  expect(read).toBe(bytes);
  expect(hash.digest('hex')).toBe(digestOf(bytes));
  // The function is ahead of the client by what the two sockets hold, which may be 74 MB on Linux.
  expect(readWhenWritten).toBeGreaterThan(bytes / 4);
  expect((await local.peak()) - before).toBeLessThan(32);
}

/** Gives the payloads of an event stream on; the bodies of other events than PayloadChunk as text. */
function payloads(digest: (bytes: Uint8Array) => void, others: string[] = []) {
  const codec = new EventStreamCodec(
    (bytes) => Buffer.from(bytes as Uint8Array).toString(),
    (text) => Buffer.from(text),
  );
  let rest = Buffer.alloc(0);
  return (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= 4 && rest.length >= rest.readUInt32BE(0)) {
      const { headers, body } = codec.decode(rest.subarray(0, rest.readUInt32BE(0)));
      rest = rest.subarray(rest.readUInt32BE(0));
      if (headers[':event-type']?.value === 'PayloadChunk') digest(body);
      else others.push(Buffer.from(body).toString());
    }
  };
}

/** The response of InvokeWithResponseStream. */
async function openEvents(query: Record<string, string>) {
  const sent = http.request(
    `${local.origin}/2021-11-15/functions/stream/response-streaming-invocations`,
    { method: 'POST', agent: false },
  );
  sent.end(JSON.stringify({ queryStringParameters: query }));
  const [response] = await once(sent, 'response');
  return response as http.IncomingMessage;
}

describe('a streamed response', () => {
  it('is written as fast as its client reads it, in bounded memory, byte by byte', () =>
    passes128MB(
      (bytes) => open({ bytes }),
      (digest) => digest,
    ));

  it('is so by InvokeWithResponseStream', () =>
    passes128MB((bytes) => openEvents({ bytes: `${bytes}` }), payloads));

  it('reaches a slow client whole though the process ends right after it', async () => {
    const bytes = 16 * MB;
    const hash = createHash('sha256');
    await readSlowly(await open({ bytes, exit: 1 }), (piece) => hash.update(piece));
    expect(hash.digest('hex')).toBe(digestOf(bytes));
  });

  it('goes on for a client that has left', async () => {
    const done = written();
    const response = await open({ bytes: 32 * MB });
    response.destroy();
    await done;
    expect(await readWhole(await open({ bytes: 5 }))).toBe(5);
  });

  it('breaks off where an error is behind it', async () => {
    const response = await open({ bytes: MB, error: 'Function.Broken' });
    expect(response.statusCode).toBe(200);
    await expect(readWhole(response)).rejects.toThrow('aborted');
  });

  it('breaks off beyond 200 MiB', async () => {
    let read = 0;
    const response = await open({ bytes: 200 * MB + 1 });
    response.on('data', (piece) => {
      read += piece.length;
    });
    await expect(once(response, 'end')).rejects.toThrow('aborted');
    expect(read).toBeLessThanOrEqual(200 * MB);
    expect(read).toBeGreaterThan(100 * MB);
  });

  it('by InvokeWithResponseStream ends with the error that is behind it', async () => {
    let read = 0;
    const others: string[] = [];
    const take = payloads((bytes) => {
      read += bytes.length;
    }, others);
    for await (const piece of await openEvents({ bytes: '70000', error: 'Function.Broken' })) {
      take(piece);
    }
    expect(read).toBe(70_000);
    expect(others.map((text) => JSON.parse(text))).toEqual([
      {
        ErrorCode: 'Unhandled',
        ErrorDetails: '{"errorType":"Function.Broken","errorMessage":"in the middle"}',
      },
    ]);
  });

  it('that fails before its first byte is a 502', async () => {
    const response = await open({ error: 'Function.Broken' });
    expect(response.statusCode).toBe(502);
  });

  it('without a byte is an empty one, with its type', async () => {
    const response = await open({ type: 'text/x' });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/x');
    expect(await readWhole(response)).toBe(0);
  });

  it.each([
    ['{"statusCode":201}', 201],
    ['{}', 200],
    ['nothing', 502],
    ['{"statusCode":1}', 502],
  ])('with the prelude %s has the status %i', async (prelude, status) => {
    const response = await open({ prelude, type: PRELUDE, bytes: MB });
    expect(response.statusCode).toBe(status);
    if (status !== 502) expect(await readWhole(response)).toBe(MB);
  });

  it('that never ends its prelude is a 502', async () => {
    const response = await open({ type: PRELUDE, bytes: 32 * MB, first: 1 });
    expect(response.statusCode).toBe(502);
  });

  it('has the CORS of its function URL', async () => {
    const response = await open({ bytes: 1 }, { origin: 'https://a.example' });
    expect(response.headers['access-control-allow-origin']).toBe('https://a.example');
  });
});

describe('a streamed response to a client that takes it whole', () => {
  const LIMIT = 6_291_556;
  const ways = [
    ['a REST API', () => `${local.origin}/rest`, 502],
    ['an HTTP API', () => `${local.origin}/http`, 500],
    ['a function URL', () => local.urls.whole ?? '', 502],
  ] as const;

  it.each(ways)('comes by %s up to 6 MB, byte by byte', async (_, url, tooLarge) => {
    const get = async (bytes: number) => {
      const { hostname, port, pathname } = new URL(url());
      return request({ host: hostname, port, path: `${pathname}?bytes=${bytes}&type=text/x` });
    };
    const response = await get(LIMIT);
    expect(response.status).toBe(200);
    expect(response.headers['content-type']).toBe('text/x');
    expect(response.body.length).toBe(LIMIT);
    expect(createHash('sha256').update(response.body).digest('hex')).toBe(digestOf(LIMIT));
    expect((await get(LIMIT + 1)).status).toBe(tooLarge);
  });

  it('comes by Invoke up to 6 MB, byte by byte', async () => {
    const invoke = (bytes: number) =>
      request(
        {
          port: new URL(local.origin).port,
          method: 'POST',
          path: '/2015-03-31/functions/whole/invocations',
        },
        JSON.stringify({ queryStringParameters: { bytes: `${bytes}` } }),
      );
    const { body } = await invoke(LIMIT);
    expect(createHash('sha256').update(body).digest('hex')).toBe(digestOf(LIMIT));
    const response = await invoke(LIMIT + 1);
    expect(response.headers['x-amz-function-error']).toBe('Unhandled');
    expect(response.json.errorType).toBe('Function.ResponseSizeTooLarge');
  });
});

async function readWhole(response: http.IncomingMessage): Promise<number> {
  let bytes = 0;
  for await (const piece of response) bytes += piece.length;
  return bytes;
}
