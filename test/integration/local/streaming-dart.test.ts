import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createServer, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/local/report.ts';
import { type LocalServer, startLocalServer } from '../../../src/local/server.ts';
import { run } from '../../../src/tools/run.ts';
import { permanentFolder, writeTree } from '../../support/folders.ts';
import { aFunction } from '../../support/function.ts';
import { listening } from '../../support/listening.ts';
import { News } from '../../support/news.ts';
import { writeService } from '../../support/service.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();
const MAIN = new URL('../../fixtures/local/streaming.dart', import.meta.url);
const PIECE = 65_536;

describe.skipIf(dart === null)('a response that a handler streams', () => {
  const { folder, remove } = permanentFolder();
  const news = new News();
  const reports: Report[] = [];
  let started = 0;
  let service = '';
  let local: LocalServer;

  beforeAll(async () => {
    service = writeService(folder);
    writeTree(service, { 'lib/main.dart': readFileSync(MAIN, 'utf8') });
    const timeout = 600;
    local = await startLocalServer({
      service: {
        name: 'shop',
        stage: 'dev',
        region: 'eu-west-1',
        functions: [
          aFunction({
            key: 'stream',
            timeout,
            url: { cors: undefined, invokeMode: 'RESPONSE_STREAM' },
            events: [{ api: 'rest', method: 'GET', path: '/live', streams: true }],
          }),
          aFunction({
            key: 'whole',
            timeout,
            url: { cors: undefined },
            events: [
              { api: 'http', method: 'GET', path: '/{proxy+}' },
              { api: 'rest', method: 'GET', path: '/rest' },
            ],
          }),
        ],
      },
      launchOf: () => ({ tool: dart?.dart ?? '', args: ['run', 'lib/main.dart'], cwd: service }),
      run: async (command, options) => {
        started++;
        return run(command, options);
      },
      host: '127.0.0.1',
      port: 0,
      report: (report) => {
        reports.push(report);
        news.tell();
      },
      env: process.env,
    });
    // Its compilation takes longer than API Gateway waits where Dart is emulated.
    await Promise.all(['stream', 'whole'].map(async (key) => text(await open(`/peak`, key))));
  });
  afterAll(async () => {
    await local.close();
    remove();
  });

  /** The response of a function URL, of which nothing has been read. */
  async function open(path: string, key = 'stream') {
    return openAt(`${local.functionUrl(key)}${path.slice(1)}`);
  }

  async function openAt(url: string) {
    const sent = http.get(url, { agent: false });
    const [response] = (await once(sent, 'response')) as [http.IncomingMessage];
    return response;
  }

  /** The response of the API, which takes it whole. */
  async function openWhole(path: string) {
    const response = await fetch(`${local.origin}${path}`);
    return { response, body: Buffer.from(await response.arrayBuffer()) };
  }

  const peak = async () => Number(await text(await open('/peak'))) / 1024 / 1024;

  const errors = () => reports.filter((report) => report.type === 'function-error');

  /** A port for `after`: the response goes on when `goOn` is called. */
  async function gate() {
    const waiting: Socket[] = [];
    const server = createServer((socket) => {
      waiting.push(socket);
      news.tell();
    });
    const port = await listening(server);
    return {
      port,
      goOn: async () => (await news.until(() => waiting[0])).end(),
    };
  }

  /** What the runtime posts for an event, to a Runtime API that ends it afterwards. */
  async function posted(event: object) {
    const kinds: (string | undefined)[] = [];
    const server = http.createServer(async (request, response) => {
      await buffer(request);
      if (request.method === 'POST') {
        kinds.push(request.url?.split('/').at(-1));
        response.writeHead(202).end();
      } else if (kinds.length === 0) {
        response.setHeader('Lambda-Runtime-Aws-Request-Id', 'id-1');
        response.end(JSON.stringify(event));
      } else {
        request.socket.destroy();
      }
    });
    const api = `127.0.0.1:${await listening(server)}`;
    const child = spawn(dart?.dart ?? '', ['run', 'lib/main.dart'], {
      cwd: service,
      env: { ...process.env, AWS_LAMBDA_RUNTIME_API: api, _HANDLER: 'main.stream' },
      stdio: 'ignore',
    });
    await once(child, 'exit');
    return kinds;
  }

  it.each([
    ['its function URL', () => `${local.functionUrl('stream')}text`],
    ['a REST API with transferMode STREAM', () => `${local.origin}/live`],
  ])('reaches a client of %s piece by piece, after its status and headers', async (_, urlOf) => {
    const { port, goOn } = await gate();
    const response = await openAt(`${urlOf()}?after=${port}`);
    expect(response.statusCode).toBe(201);
    expect(response.headers['content-type']).toBe('text/plain');
    expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2']);
    const [first] = await once(response, 'data');
    expect(String(first)).toBe('first ');
    await goOn();
    expect(await text(response)).toBe(`second of ${response.headers['x-id']}`);
  });

  it('breaks off where it fails in the middle, and its process serves on', async () => {
    const before = started;
    const response = await open('/text?error=in%20the%20middle');
    expect(response.statusCode).toBe(201);
    await expect(text(response)).rejects.toThrow('aborted');
    await news.until(() => errors().at(-1)?.error.errorMessage.includes('in the middle'));
    expect(errors().at(-1)?.error).toMatchObject({ errorType: 'StateError' });
    // dev shows the error: the runtime does not.
    expect(reports.filter(({ type }) => type === 'output')).toEqual([]);
    expect(await text(await open('/text'))).toMatch(/^first second of /);
    expect(started).toBe(before);
  });

  it('is a 502 where it fails before its first piece', async () => {
    const response = await open('/broken');
    expect(response.statusCode).toBe(502);
    expect(errors().at(-1)?.error.errorMessage).toBe('Bad state: at its begin');
  });

  it.each([
    ['as an error where it fails before its first piece', 'error', { path: '/broken' }],
    [
      'once, as a response, where it fails later',
      'response',
      { path: '/text', queryStringParameters: { error: 'x' } },
    ],
  ])('is posted %s', async (_, kind, event) => {
    expect(await posted(event)).toEqual([kind]);
  });

  it('is a 502 where its handler throws', async () => {
    expect((await open('/nothing')).statusCode).toBe(502);
    expect(errors().at(-1)?.error.errorMessage).toBe('Bad state: no such path');
  });

  it('goes on to its end for a client that has left, and the next one is served', async () => {
    const { port, goOn } = await gate();
    const before = started;
    const response = await open(`/text?after=${port}`);
    await once(response, 'data');
    response.destroy();
    await goOn();
    expect(await text(await open('/text'))).toMatch(/^first second of /);
    expect(started).toBe(before);
  });

  it('of 50 MB does not grow the memory of its process', async () => {
    const pieces = (50 * 1024 * 1024) / PIECE;
    await buffer(await open('/zeros?pieces=100'));
    const before = await peak();
    expect((await buffer(await open(`/zeros?pieces=${pieces}`))).length).toBe(pieces * PIECE);
    const after = await peak();
    expect(after - before).toBeLessThan(16);
  });

  it.each([
    ['an HTTP API', '/text'],
    ['a REST API', '/rest'],
  ])('goes in one piece to %s', async (_, path) => {
    const { response, body } = await openWhole(path);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(String(body)).toBe(`first second of ${response.headers.get('x-id')}`);
  });

  it('goes in one piece as bytes where it is no text', async () => {
    expect((await openWhole('/binary')).body).toEqual(Buffer.from([255, 0]));
    expect(await buffer(await open('/binary', 'whole'))).toEqual(Buffer.from([255, 0]));
  });

  it('is an error of the API where it fails before it is collected', async () => {
    const { response } = await openWhole('/text?error=in%20the%20middle');
    expect(response.status).toBe(500);
  });
});
