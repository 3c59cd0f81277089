import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { startLocalServer } from '../../../src/local/server.ts';
import { quoted } from '../../../src/message.ts';
import { fn, isRunning, reportsOf, request, runtime, serve } from '../../support/local.ts';

describe('an environment', () => {
  it('is killed when the function takes too long, and replaced', async () => {
    const { get, pids, reports } = await serve([fn({ timeout: 1 })]);
    const started = performance.now();
    const late = await get('/hang');
    expect(performance.now() - started).toBeGreaterThan(1000);
    expect(late).toMatchObject({ status: 502, text: '{"message": "Internal server error"}' });
    expect(reportsOf(reports, 'function-error')[0]?.error).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(
        /^RequestId: [\da-f-]{36} Error: Task timed out after 1\.00 seconds$/,
      ),
      stackTrace: [],
    });
    expect((await get('/hello')).json).toMatchObject({ count: 1, pid: pids[1] });
    expect(isRunning(pids[0])).toBe(false);
  });

  it('counts the timeout from the event, not from its start', async () => {
    const slowStart = join(await folder(), 'slow.mjs');
    const [script] = runtime().args;
    writeFileSync(slowStart, `setTimeout(() => import(${JSON.stringify(script)}), 1200);`);
    const { get } = await serve([fn({ timeout: 1 })], () => ({
      ...runtime(),
      args: [slowStart],
    }));
    expect((await get('/hello')).status).toBe(200);
  });

  it.each([
    ['/crash?code=3', 'Runtime exited with error: exit status 3'],
    ['/crash?code=0', 'Runtime exited without providing a reason'],
    ['/kill', 'Runtime exited with error: signal: killed'],
  ])('that dies in an invocation (%s) fails it and is replaced', async (path, reason) => {
    const { get, pids, reports } = await serve();
    expect((await get(path)).status).toBe(502);
    const { requestId } = reportsOf(reports, 'request')[0] ?? {};
    expect(reportsOf(reports, 'function-error')[0]?.error).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: ${reason}`,
      stackTrace: [],
    });
    expect((await get('/hello')).json).toMatchObject({ pid: pids[1] });
  });

  it.each([
    ['/crash?code=3', 'Status: error\tError Type: Runtime.ExitError\t'],
    ['/hang', 'Status: timeout\t'],
  ])('that dies in an invocation (%s) has it in its REPORT', async (path, status) => {
    const { get, reports } = await serve([fn({ timeout: 1 })], undefined, { platformLogs: true });
    await get(path);
    const lines = reportsOf(reports, 'platform').map(({ line }) => line);
    const [report = ''] = lines.filter((line) => line.startsWith('REPORT'));
    expect(report.slice(-status.length)).toBe(status);
  });

  it('has the credentials of .env, where there are some', async () => {
    const own = { AWS_ACCESS_KEY_ID: 'AKIAOWN', AWS_SECRET_ACCESS_KEY: 'secret' };
    const { get } = await serve(undefined, undefined, { variablesFor: () => own });
    const { json } = await get('/env');
    expect(json).toMatchObject(own);
    expect(json).not.toHaveProperty('AWS_SESSION_TOKEN');
  });

  it('that reports an init error fails the invocation with it', async () => {
    const { get, reports } = await serve([fn()], () => runtime('init-error'));
    expect((await get('/hello')).status).toBe(502);
    expect(reportsOf(reports, 'function-error')[0]?.error).toEqual({
      errorType: 'Runtime.NoSuchHandler',
      errorMessage: 'no handler',
      stackTrace: [],
    });
    expect((await get('/hello')).status).toBe(502);
  });

  it('that exits before its first event fails the invocation', async () => {
    const { get, reports, pids } = await serve([fn()], () => runtime('exit'));
    expect((await get('/hello')).status).toBe(502);
    expect(reportsOf(reports, 'function-error')[0]?.error).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 5'),
    });
    expect(pids).toHaveLength(1);
  });

  it('that exits between two events is replaced, and no invocation fails', async () => {
    const { get, reports, pids } = await serve([fn()], () => runtime('once'));
    const responses = await Promise.all([get('/hello'), get('/hello'), get('/hello')]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(pids).toHaveLength(3);
    expect(reportsOf(reports, 'function-error')).toEqual([]);
  });

  it('that asks for no event after its response is replaced when its time is over', async () => {
    const { get, reports, pids } = await serve([fn({ timeout: 1 })]);
    expect((await get('/respond-and-hang')).status).toBe(200);
    expect((await get('/hello')).json).toMatchObject({ count: 1, pid: pids[1] });
    expect(isRunning(pids[0])).toBe(false);
    expect(reportsOf(reports, 'function-error')).toEqual([]);
  });

  it('that exits right after its response has succeeded', async () => {
    const { get, reports } = await serve();
    expect((await get('/respond-and-exit')).status).toBe(200);
    expect((await get('/hello')).status).toBe(200);
    expect(reportsOf(reports, 'function-error')).toEqual([]);
  });

  it.each([
    ['is missing', '/nowhere/dart', /ENOENT/],
    ['may not be executed', 'a file', /EACCES/],
  ])('whose command %s fails the invocation', async (_, tool, reason) => {
    const file = join(await folder(), 'bootstrap');
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 });
    const command = { tool: tool === 'a file' ? file : tool, args: [], cwd: process.cwd() };
    const { get, reports } = await serve([fn()], () => command);
    expect((await get('/hello')).status).toBe(502);
    expect(reportsOf(reports, 'function-error')[0]?.error).toMatchObject({
      errorType: 'Runtime.InvalidEntrypoint',
      errorMessage: expect.stringMatching(reason),
    });
  });

  it('for which there is no command fails the invocation with the hint', async () => {
    const { get, reports } = await serve([fn()], () => {
      throw new UserError(quoted('dart was not found.'), 'install Dart');
    });
    expect((await get('/hello')).status).toBe(502);
    expect(reportsOf(reports, 'function-error')[0]?.error.errorMessage).toMatch(
      /dart was not found\. Try: install Dart$/,
    );
  });

  it("passes its process's lines on", async () => {
    const { get, reports, until } = await serve();
    await get('/log');
    await until(() => reportsOf(reports, 'output').length === 2);
    expect(reportsOf(reports, 'output').map(({ line }) => line)).toEqual(
      expect.arrayContaining(['a line on stdout', 'a line on stderr']),
    );
  });
});

describe('the environments of a service', () => {
  it('serve concurrent requests one after the other, in their order', async () => {
    const { get, pids } = await serve();
    await get('/hello');
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) => get(`/slow?ms=${20 - index}`)),
    );
    expect(responses.map(({ json }) => json.count)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 2),
    );
    expect(pids).toHaveLength(1);
  });

  it('do not wait for one another across functions', async () => {
    const { get } = await serve([
      fn({ key: 'a', timeout: 60, events: [{ api: 'rest', method: 'GET', path: '/hang' }] }),
      fn({ key: 'b', events: [{ api: 'rest', method: 'GET', path: '/hello' }] }),
    ]);
    get('/hang').catch(() => {}); // cut off at the end of the test
    expect((await get('/hello')).status).toBe(200);
  });

  it('serve 2,000 requests in a row with one process', async () => {
    const { local, reports } = await serve();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 1; count <= 2000; count++) {
      const { json } = await request({ port: local.port, path: '/hello', agent });
      if (json.count !== count) throw new Error(`response ${count} is ${JSON.stringify(json)}`);
    }
    agent.destroy();
    expect(reportsOf(reports, 'request').filter(({ status }) => status !== 200)).toEqual([]);
  });
});

describe('close', () => {
  it('ends every process, in whatever state, with what it started', async () => {
    const { local, get, pids, reports, until } = await serve(
      [
        fn({ events: [{ api: 'rest', method: 'GET', path: '/fork' }] }),
        fn({ key: 'b', events: [{ api: 'rest', method: 'GET', path: '/hang' }] }),
        fn({ key: 'c', events: [{ api: 'rest', method: 'GET', path: '/hello' }] }),
      ],
      ({ key }) => runtime(key === 'c' ? 'hang' : 'serve'),
    );
    const { child } = (await get('/fork')).json;
    const cutOff = [get('/hang'), get('/hang'), get('/hello')].map((sent) =>
      sent.then(
        () => 'answered',
        () => 'cut off',
      ),
    );
    await until(() => reportsOf(reports, 'output').length > 0 && pids.length === 3);
    expect([...pids, child].map(isRunning)).toEqual([true, true, true, true]);
    const started = performance.now();
    await Promise.all([local.close(), local.close()]);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(pids.map(isRunning)).toEqual([false, false, false]);
    // It is no child of ours, whose end could be awaited.
    await vi.waitUntil(() => !isRunning(child));
    expect(await Promise.all(cutOff)).toEqual(['cut off', 'cut off', 'cut off']);
    await expect(get('/fork')).rejects.toThrow('ECONNREFUSED');
    expect(reportsOf(reports, 'function-error')).toEqual([]);
  });

  it('resolves at once where nothing was started', async () => {
    const { local } = await serve();
    await local.close();
  });
});

describe('startLocalServer', () => {
  it('says that a port is in use, and which to try', async () => {
    const { local } = await serve();
    const again = startLocalServer({
      service: { name: 'a', stage: 'dev', region: 'us-east-1', functions: [fn()] },
      launchOf: () => runtime(),
      run: () => Promise.reject(new Error('nothing is to be run')),
      host: '127.0.0.1',
      port: local.port,
      report: () => {},
      env: {},
    });
    await expect(again).rejects.toMatchObject({
      name: 'UserError',
      message: `Port ${local.port} is in use.`,
      hint: `--port ${local.port + 1}`,
    });
  });

  it('says that a host is not of this machine', async () => {
    const start = startLocalServer({
      service: { name: 'a', stage: 'dev', region: 'us-east-1', functions: [] },
      launchOf: () => runtime(),
      run: () => Promise.reject(new Error('nothing is to be run')),
      host: '203.0.113.1',
      port: 0,
      report: () => {},
      env: {},
    });
    await expect(start).rejects.toMatchObject({ hint: '--host 127.0.0.1' });
  });

  it('tells the URL of an event', async () => {
    const { local } = await serve();
    const url = (path: string) => local.url({ api: 'http', method: 'GET', path });
    expect(url('/a/{id}')).toBe(`http://127.0.0.1:${local.port}/a/{id}`);
    expect(url('$default')).toBe(`http://127.0.0.1:${local.port}/`);
  });
});

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'local-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}
