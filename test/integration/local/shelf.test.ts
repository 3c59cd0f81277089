import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/local/report.ts';
import { type LocalServer, startLocalServer } from '../../../src/local/server.ts';
import { readServerlessYml } from '../../../src/serverless-yml/read.ts';
import { run } from '../../../src/tools/run.ts';
import { permanentFolder, writeTree } from '../../support/folders.ts';
import { listening } from '../../support/listening.ts';
import { request } from '../../support/local.ts';
import { News } from '../../support/news.ts';
import { newService } from '../../support/service.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();
const APP = readFileSync(new URL('../../fixtures/local/shelf_app.dart', import.meta.url), 'utf8');

/** Beside the app behind an API: the same behind two function URLs, one of which streams. */
const URLS = `    url: true
  stream:
    handler: main.stream
    url:
      invokeMode: RESPONSE_STREAM
`;
const STREAMING = `serveHandler(app))
    ..registerHandler<AwsApiGatewayEvent>(
      'main.stream',
      serveHandler(app),
      streams: true,
    );`;

const KINDS = ['rest', 'http', 'url', 'stream'] as const;
type Kind = (typeof KINDS)[number];

describe.skipIf(dart === null)('a shelf app in the Dart VM', () => {
  const { folder, remove } = permanentFolder();
  const news = new News();
  const reports: Report[] = [];
  let origins: Readonly<Record<Kind, string>>;
  const servers: LocalServer[] = [];

  beforeAll(async () => {
    for (const api of ['rest', 'http'] as const) {
      const files = newService({ app: 'shelf', api });
      const yml = `${files['serverless.yml']}${URLS}`.replace('timeout: 10', 'timeout: 600');
      const main = files['lib/main.dart']?.replace('serveHandler(app));', STREAMING) ?? '';
      writeTree(folder, { ...files, 'lib/main.dart': main, 'lib/app.dart': APP });
      const { service } = readServerlessYml(yml, { file: 'serverless.yml', env: {} });
      const local = await startLocalServer({
        service,
        launchOf: () => ({ tool: dart?.dart ?? '', args: ['run', 'lib/main.dart'], cwd: folder }),
        run: async (command, options) => run(command, options),
        host: '127.0.0.1',
        port: 0,
        report: (report) => {
          reports.push(report);
          news.tell();
        },
        env: process.env,
      });
      servers.push(local);
    }
    const [rest, api] = servers;
    const url = (key: string) => rest?.functionUrl(key)?.replace(/\/$/, '') ?? '';
    origins = {
      rest: rest?.origin ?? '',
      http: api?.origin ?? '',
      url: url('app'),
      stream: url('stream'),
    };
    // Its compilation takes longer than API Gateway waits where Dart is emulated.
    const urls = servers.map((server) => server.functionUrl('app') ?? '');
    await Promise.all([...urls, `${origins.stream}/`].map(async (at) => (await fetch(at)).text()));
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    remove();
  });

  /** `GET /a`, with headers and a body, as it is typed: no URL is made of it. */
  function ask(
    kind: Kind,
    line: string,
    headers: http.OutgoingHttpHeaders = {},
    body?: string | Buffer,
  ) {
    const [method = '', path = ''] = line.split(' ');
    return request({ port: new URL(origins[kind]).port, method, path, headers }, body);
  }

  describe.each(KINDS)('behind %s', (kind) => {
    it('is given the request as it was sent', async () => {
      const { json, headers } = await ask(
        kind,
        'POST /echo/a%20b/%C3%A4?tag=a&q=%C3%A4+%2B&tag=b%26c&flag',
        { 'x-many': ['1', '2'], 'content-type': 'text/plain; charset=utf-8' },
        'Zoë',
      );
      const path = '/echo/a%20b/%C3%A4';
      expect(json).toMatchObject({
        method: 'POST',
        uri: expect.stringContaining(`${origins[kind]}${path}?`),
        segments: ['echo', 'a b', 'ä'],
        query: { tag: ['a', 'b&c'], q: ['ä +'], flag: [''] },
        body: 'Zoë',
        stage: kind === 'rest' ? 'dev' : '$default',
        isInvocation: true,
      });
      expect(json.headers['content-length']).toEqual(['4']);
      const many = Object.entries(json.headers).find(([name]) => name.toLowerCase() === 'x-many');
      expect(String(many?.[1])).toBe('1,2');
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(headers['x-id']).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('has the root and every method', async () => {
      expect((await ask(kind, 'GET /')).text).toBe('the root');
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        expect((await ask(kind, `${method} /echo`)).json.method).toBe(method);
      }
      const nowhere = await ask(kind, 'GET /no/where');
      expect([nowhere.status, nowhere.text]).toEqual([404, 'Route not found']);
    });

    it('takes and returns bytes', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
      const headers = { 'content-type': 'application/octet-stream' };
      expect((await ask(kind, 'POST /bytes', headers, bytes)).body).toEqual(bytes);
      const ascii = Buffer.from('\ufeffplain\n');
      expect((await ask(kind, 'POST /bytes', headers, ascii)).body).toEqual(ascii);
    });

    it('takes and sets cookies', async () => {
      const { text, headers } = await ask(kind, 'GET /cookies', { cookie: 'a=1; b=2' });
      expect(text).toBe('a=1; b=2');
      expect(headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2, 3']);
      expect(headers.vary?.replaceAll(' ', '')).toBe('Origin,Accept');
    });

    it('responds without a body to HEAD, and by 204 and 304', async () => {
      const head = await ask(kind, 'HEAD /');
      expect([head.status, head.text]).toEqual([200, '']);
      expect((await ask(kind, 'GET /empty')).status).toBe(204);
      const same = await ask(kind, 'GET /same');
      expect([same.status, same.headers.etag, same.text]).toEqual([304, '"1"', '']);
      expect(Object.keys(same.headers)).not.toContain('x-amzn-remapped-content-length');
    });

    it.each([
      ['an error of it', 'GET /error', 'StateError', 'in the app'],
      ['hijacking', 'GET /hijack', 'StateError', "can't be hijacked"],
    ])('fails by %s, which the caller does not see', async (_, line, type, message) => {
      const before = reports.length;
      const { status, text } = await ask(kind, line);
      expect(status).toBe(kind === 'http' ? 500 : 502);
      expect(text).not.toContain(message);
      const isIt = (report: Report) =>
        report.type === 'function-error' && report.error.errorMessage.includes(message);
      const found = await news.until(() => reports.slice(before).find(isIt));
      expect(found).toMatchObject({ error: { errorType: type } });
    });

    it('goes on after an error that it did not await, which is in the log', async () => {
      const before = reports.length;
      const { text: pid } = await ask(kind, 'GET /not-awaited');
      await news.until(() =>
        reports
          .slice(before)
          .some((report) => report.type === 'output' && report.line.includes('not awaited')),
      );
      expect((await ask(kind, 'GET /not-awaited')).text).toBe(pid);
    });
  });

  describe('a stream', () => {
    it('reaches a client of a function URL that streams while it is made', async () => {
      const waiting: Socket[] = [];
      const gate = createServer((socket) => {
        waiting.push(socket);
        news.tell();
      });
      const url = `${origins.stream}/stream?after=${await listening(gate)}`;
      const [response] = (await once(http.get(url, { agent: false }), 'response')) as [
        http.IncomingMessage,
      ];
      expect(response.headers['content-type']).toBe('text/event-stream');
      expect(String((await once(response, 'data'))[0])).toBe('first ');
      (await news.until(() => waiting[0])).end();
      expect(await text(response)).toBe(`second of ${response.headers['x-id']}`);
    });

    it.each(['rest', 'http', 'url'] as const)('is sent in one piece behind %s', async (kind) => {
      const { text, headers } = await ask(kind, 'GET /stream');
      expect(text).toBe(`first second of ${headers['x-id']}`);
    });
  });
});
