import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Traffic } from '../../../src/local/traffic.ts';
import { type Explored, explore } from '../../support/explorer.ts';
import { fn, serve } from '../../support/local.ts';

/** A service whose functions take every path of the fake runtime. */
const anyPath = (created: Record<string, string>) => ({
  ...created,
  'serverless.yml': String(created['serverless.yml'])
    .replace('path: /hello', 'path: /{path+}')
    .replace('method: GET', 'method: ANY'),
});

/** The exchanges that the page knows, the oldest one first, each as it was told last. */
const known = (told: readonly { name: string; data: { id: string }[] }[]) => [
  ...new Map(
    told
      .filter(({ name }) => name === 'exchanges')
      .flatMap(({ data }) => data)
      // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
      .map((one) => [one.id, one as any]),
  ).values(),
];

/** Watches until so many exchanges have ended. */
async function watched(explored: Explored, count: number, act: () => Promise<unknown>) {
  const { told, until } = await explored.watch();
  await act();
  await until(() => known(told).filter(({ ms }) => ms !== undefined).length >= count);
  return known(told);
}

const details = async ({ ask }: Explored, id: string) =>
  (await ask(`/_explorer/exchanges/${id}`)).json;

describe('what the explorer shows of a request', () => {
  it('is its status, duration, function, start and id', async () => {
    const explored = await explore({}, anyPath);
    const path = '/hello?a=1';
    const [first, second] = await watched(explored, 2, async () => {
      await explored.ask(path);
      await explored.ask(path);
    });
    expect(first).toEqual({
      id: expect.any(String),
      time: expect.any(Number),
      function: 'hello',
      ms: expect.any(Number),
      cold: true,
      ...{ method: 'GET', path: '/hello', status: 200 },
    });
    expect(second).toMatchObject({ cold: false, status: 200 });
  });

  it('is the request, the event, the answer, the log and a command, on a click', async () => {
    const explored = await explore({}, anyPath);
    const headers = { 'X-Note': "it's" };
    const [{ id }] = await watched(explored, 1, () =>
      explored.ask('/log?a=1', { method: 'POST', headers }, 'text'),
    );
    const { request, response, event, result, logs, command } = await details(explored, id);
    expect(request).toMatchObject({ url: '/log?a=1', body: 'text' });
    expect(request.headers).toContainEqual(['X-Note', "it's"]);
    expect(response.headers).toContainEqual(['Content-Type', 'application/json']);
    expect(response.body).toBe('{}');
    expect(JSON.parse(event)).toMatchObject({ path: '/log', body: 'text' });
    expect(JSON.parse(result)).toMatchObject({ statusCode: 200, body: '{}' });
    expect(logs).toContain('a line on stdout\n');
    expect(logs).toContain('REPORT RequestId: ');
    expect(command).toMatch(/^create-lambda-hello invoke hello --data '\{/);
    expect(command).toContain("it'\\''s");
  });

  it('is the error of the function', async () => {
    const explored = await explore({}, anyPath);
    const [failed] = await watched(explored, 1, () => explored.ask('/error'));
    expect(failed).toMatchObject({ status: 502, problem: expect.any(String) });
    const { error } = await details(explored, failed.id);
    expect(error).toMatchObject({ errorType: failed.problem, errorMessage: expect.any(String) });
  });

  it('is there without a route, and of an invocation without a request', async () => {
    const explored = await explore();
    const path = '/2015-03-31/functions/hello/invocations';
    const seen = await watched(explored, 2, async () => {
      await explored.ask('/no/route');
      await explored.ask(path, { method: 'POST' }, '{"path": "/hello"}');
    });
    expect(seen[0]).toMatchObject({ method: 'GET', path: '/no/route', status: 403 });
    expect(seen[0].function).toBeUndefined();
    expect(seen[1]).toMatchObject({ function: 'hello', ms: expect.any(Number) });
    expect(seen[1].method).toBeUndefined();
    expect((await details(explored, seen[1].id)).event).toBe('{"path": "/hello"}');
  });

  it('is kept also while nobody watches, but for the log', async () => {
    const explored = await explore({}, anyPath);
    await explored.ask('/_explorer');
    await explored.ask('/log');
    const { told } = await explored.watch();
    const [{ id, status }] = known(told);
    expect(status).toBe(200);
    const { event, logs } = await details(explored, id);
    expect(JSON.parse(event).path).toBe('/log');
    expect(logs).toBeUndefined();
  });

  it('leaves the answer of the Invoke API as it is', async () => {
    const explored = await explore();
    await explored.watch();
    const path = '/2015-03-31/functions/hello/invocations';
    const { headers } = await explored.ask(path, { method: 'POST' }, '{"path": "/hello"}');
    expect(headers['x-amz-log-result']).toBeUndefined();
    const asked = { method: 'POST', headers: { 'X-Amz-Log-Type': 'Tail' } };
    const tail = await explored.ask(path, asked, '{"path": "/log"}');
    const log = Buffer.from(String(tail.headers['x-amz-log-result']), 'base64').toString();
    expect(log).toContain('a line on stdout\n');
  });
});

describe('sending again', () => {
  const again = (explored: Explored, id: string) =>
    explored.ask(`/_explorer/exchanges/${id}/again`, { method: 'POST' });

  it('sends the request to the byte', async () => {
    const explored = await explore({}, anyPath);
    const headers = { 'Content-Type': 'text/plain', Cookie: 'a=1', 'X-Note': 'æ' };
    const seen = await watched(explored, 2, async () => {
      await explored.ask('/event?a=1&a=2', { method: 'PUT', headers }, 'body');
      const { told } = await explored.watch();
      expect((await again(explored, known(told)[0].id)).status).toBe(202);
    });
    const [first, second] = await Promise.all(seen.map(({ id }) => details(explored, id)));
    expect(second.id).not.toBe(first.id);
    expect(second.request.body).toBe('body');
    const event = (text: string) => {
      const { requestContext: _own, headers: sent, ...rest } = JSON.parse(text);
      const { 'X-Amzn-Trace-Id': _trace, 'X-Forwarded-Port': _port, ...others } = sent;
      return { ...rest, multiValueHeaders: undefined, headers: { ...others, Connection: '' } };
    };
    expect(event(second.event)).toEqual(event(first.event));
  });

  it('invokes the function again with the same event', async () => {
    const explored = await explore();
    const path = '/2015-03-31/functions/hello/invocations';
    const seen = await watched(explored, 2, async () => {
      await explored.ask(path, { method: 'POST' }, '{"path": "/hello", "n": 1}');
      const { told } = await explored.watch();
      expect((await again(explored, known(told)[0].id)).status).toBe(202);
    });
    const [first, second] = await Promise.all(seen.map(({ id }) => details(explored, id)));
    expect([second.event, second.function]).toEqual([first.event, 'hello']);
  });
});

describe('what is kept of the traffic', () => {
  it('is nothing until somebody looks', async () => {
    const traffic = new Traffic();
    const { get } = await serve([fn()], undefined, { traffic });
    await get('/hello');
    expect(traffic.exchanges).toEqual([]);
    traffic.begin();
    await get('/hello?seen');
    expect(traffic.exchanges.map(({ request }) => request?.query)).toEqual(['seen']);
  });

  it('is the last 200', async () => {
    const traffic = new Traffic();
    traffic.begin();
    const { get } = await serve([fn()], undefined, { traffic });
    for (let at = 0; at < 205; at++) await get(`/hello?${at}`);
    const { exchanges } = traffic;
    expect(exchanges).toHaveLength(200);
    expect(exchanges.at(0)?.request?.query).toBe('5');
    expect(exchanges.at(-1)?.request?.query).toBe('204');
  });

  it('is no more than 32 MB', async () => {
    const traffic = new Traffic();
    traffic.begin();
    const { post } = await serve([fn()], undefined, { traffic });
    for (let at = 0; at < 6; at++) await post(`/size?${at}`, 'x'.repeat(5_000_000));
    const { exchanges } = traffic;
    expect(exchanges.length).toBeGreaterThan(1);
    expect(exchanges.length).toBeLessThan(6);
    expect(exchanges.at(-1)?.request?.query).toBe('5');
  });

  it('is the beginning of a streamed response, which the client gets whole, while somebody watches', async () => {
    const traffic = new Traffic();
    traffic.begin();
    const streaming = fileURLToPath(new URL('../../fixtures/local/streaming.mjs', import.meta.url));
    const command = { tool: process.execPath, args: [streaming], cwd: process.cwd() };
    const url = { cors: undefined, invokeMode: 'RESPONSE_STREAM' } as const;
    const { local } = await serve([fn({ url })], () => command, { traffic });
    const stop = traffic.watch(() => {});
    const answer = await fetch(`${local.functionUrl('hello')}?bytes=200000`);
    expect((await answer.arrayBuffer()).byteLength).toBe(200_000);
    stop();
    const [exchange] = traffic.exchanges;
    expect(exchange?.status).toBe(200);
    expect(exchange?.result?.length).toBe(65_536);
  });
});
