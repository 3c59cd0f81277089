import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { explore } from '../../support/explorer.ts';

/* The page itself, in a browser, is in test/e2e/explorer.test.ts. */

const edit = (file: string, from: string | RegExp, to: string) => {
  const before = readFileSync(file, 'utf8');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
};

describe('the explorer', () => {
  it('is a page of its own files, under a policy that lets nothing else in', async () => {
    const { ask, local } = await explore();
    expect(local.explorer).toBe(`${local.url}/_explorer`);
    const moved = await ask('/_explorer');
    expect([moved.status, moved.headers.location]).toEqual([302, '/_explorer/']);
    const page = await ask('/_explorer/');
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    const policy = page.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).not.toContain('unsafe');
    const files = [...page.text.matchAll(/(?:href|src)="\.\/([^"]+)"/g)].map(([, file]) => file);
    expect(new Set(files)).toEqual(new Set(['page.css', 'page.js', 'openapi-explorer.js']));
    expect(page.text).not.toMatch(/https?:/);
    for (const file of files) {
      const path = `/_explorer/${file}`;
      const compressed = await ask(path, { headers: { 'Accept-Encoding': 'gzip, br' } });
      expect(compressed.headers['content-encoding']).toBe('gzip');
      const whole = await ask(path);
      expect(whole.headers['content-encoding']).toBeUndefined();
      expect(whole.body.equals(gunzipSync(compressed.body))).toBe(true);
    }
  });

  it.each([
    '/_explorer/nothing',
    '/_explorer/../x',
    '/_explorer/exchanges/1',
    '/_explorer/constructor',
  ])('has nothing at %s', async (path) => {
    const { ask } = await explore();
    expect((await ask(path)).status).toBe(404);
  });

  it('takes no other methods than it has', async () => {
    const { ask } = await explore();
    const { status, headers } = await ask('/_explorer/openapi.json', { method: 'DELETE' });
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('is off with --no-explorer, like any path without a route', async () => {
    const { ask, local } = await explore({ explorer: false });
    expect(local.explorer).toBeNull();
    const here = await ask('/_explorer');
    const nowhere = await ask('/_nowhere');
    expect([here.status, here.text]).toEqual([nowhere.status, nowhere.text]);
  });

  it('makes way for a route of the service, also for one that is added later', async () => {
    const { ask, local, root, watch } = await explore();
    const { told, until } = await watch();
    edit(join(root, 'serverless.yml'), 'path: /hello', 'path: /_explorer');
    await until(() => told.some(({ name }) => name === 'moved'));
    expect(told).toContainEqual({ name: 'moved', data: { path: '/_explorer_' } });
    expect(local.explorer).toBe(`${local.url}/_explorer_`);
    expect((await ask('/_explorer_/')).headers['content-type']).toContain('text/html');
    expect((await ask('/_explorer')).headers['content-security-policy']).toBeUndefined();
  });

  it('is there beside a route that takes every path', async () => {
    const { ask } = await explore({}, (created) => ({
      ...created,
      'serverless.yml': String(created['serverless.yml']).replace('path: /hello', 'path: /{rest+}'),
    }));
    expect((await ask('/_explorer/')).headers['content-type']).toContain('text/html');
    expect((await ask('/_explorers')).json).toBeDefined();
  });
});

describe('who may see the explorer', () => {
  const own = (port: number) => `http://127.0.0.1:${port}`;
  const site = (value: string) => ({ 'Sec-Fetch-Site': value, 'Sec-Fetch-Mode': 'cors' });

  it.each<[string, (port: number) => Record<string, string>, number]>([
    ['curl', () => ({}), 200],
    ['the page', () => site('same-origin'), 200],
    ['the page, where it tells its origin', (port) => ({ Origin: own(port) }), 200],
    ['a page of another origin', () => ({ Origin: 'https://example.com' }), 403],
    ['a page of no origin', () => ({ Origin: 'null' }), 403],
    ['a page of another port', (port) => ({ Origin: own(port + 1) }), 403],
    ['a script of another site', () => site('cross-site'), 403],
    ['a script of another port', () => site('same-site'), 403],
    [
      'a frame of another site',
      () => ({
        ...{ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' },
        'Sec-Fetch-Dest': 'iframe',
      }),
      403,
    ],
    [
      'a link of another site',
      () => ({
        ...{ 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'navigate' },
        'Sec-Fetch-Dest': 'document',
      }),
      200,
    ],
    ['a name that points to this machine', () => ({ Host: 'rebound.example.com' }), 403],
  ])('%s', async (_who, headers, status) => {
    const { ask, port } = await explore();
    const answer = await ask('/_explorer/openapi.json', { headers: headers(port) });
    expect(answer.status).toBe(status);
    const shared = Object.keys(answer.headers).filter((name) => name.startsWith('access-control'));
    expect(shared).toEqual([]);
  });

  it('nobody from elsewhere sends a request again', async () => {
    const { ask, watch } = await explore();
    await ask('/_explorer');
    await ask('/hello');
    const { told } = await watch();
    const [{ id }] = told[0]?.data ?? [];
    const headers = { Origin: 'https://example.com' };
    const path = `/_explorer/exchanges/${id}/again`;
    expect((await ask(path, { method: 'POST', headers })).status).toBe(403);
    expect((await ask(path, { method: 'POST' })).status).toBe(202);
  });
});

describe('the document', () => {
  it('follows edits of serverless.yml and of the code, and tells the page', async () => {
    const { ask, root, watch } = await explore();
    const document = async () => (await ask('/_explorer/openapi.json')).json;
    expect(Object.keys((await document()).paths)).toEqual(['/hello', '/postRequest']);
    const { told, until } = await watch();
    const changes = () => told.filter(({ name }) => name === 'changed').length;
    edit(join(root, 'serverless.yml'), 'path: /hello', 'path: /hi');
    await until(() => changes() > 0);
    expect(Object.keys((await document()).paths)).toEqual(['/hi', '/postRequest']);
    expect(told).toContainEqual({
      name: 'note',
      data: expect.objectContaining({ type: 'read-again', files: ['serverless.yml'] }),
    });
    const before = changes();
    // It is told although no process runs that would be reloaded.
    edit(join(root, 'lib/handlers/hello.dart'), '/// `GET /hello`', '/// Says hi: `GET /hello`');
    await until(() => changes() > before);
    expect(JSON.stringify((await document()).paths['/hi'])).toContain('Says hi');
  });

  it('says what is wrong with the files', async () => {
    const { ask, root } = await explore({ reload: false });
    edit(join(root, 'lib/main.dart'), 'main() async {', 'main() async {{');
    const answer = await ask('/_explorer/openapi.json');
    expect(answer.status).toBe(500);
    expect(answer.json.message).toContain('lib/main.dart');
  });
});
