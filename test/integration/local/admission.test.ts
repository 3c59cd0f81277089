import { describe, expect, it } from 'vitest';
import { fn, reportsOf, request, serve } from '../../support/local.ts';

const INVOKE = '/2015-03-31/functions/hello/invocations';
const PAGE = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };

describe('a web page of another origin', () => {
  it.each([
    ['POST', INVOKE],
    // Without a preflight first: a page may send text to anyone.
    ['POST', `${INVOKE}?Qualifier=$LATEST`],
    ['OPTIONS', INVOKE],
    ['POST', '/2021-11-15/functions/hello/response-streaming-invocations'],
    ['GET', '/2015-03-31/functions'],
  ])('does not reach the Invoke API by %s %s', async (method, path) => {
    const { local, pids, reports } = await serve();
    const ask = () =>
      request({
        port: local.port,
        path,
        method,
        headers: { ...PAGE, 'Content-Type': 'text/plain' },
      });
    const response = await ask();
    expect(response.status).toBe(403);
    expect(response.json).toMatchObject({
      Type: 'User',
      message: expect.stringContaining('web page'),
    });
    expect(response.headers['x-amzn-errortype']).toBe('AccessDeniedException');
    expect(response.headers).not.toHaveProperty('access-control-allow-origin');
    await ask();
    expect(pids).toEqual([]);
    expect(reportsOf(reports, 'warning')).toEqual([
      { type: 'warning', message: expect.stringContaining('"https://evil.example"') },
    ]);
  });

  it.each(['GET', 'POST'])('does not reach the runtime API of a process by %s', async (method) => {
    const { get } = await serve();
    const { AWS_LAMBDA_RUNTIME_API: address } = (await get('/env')).json;
    const [host, port] = String(address).split(':');
    const path = '/2018-06-01/runtime/invocation/next';
    for (const headers of [PAGE, { Host: 'evil.example' }]) {
      const response = await request({ host, port, path, method, headers });
      expect(response.status).toBe(403);
      expect(response.json.errorType).toBe('Forbidden');
    }
    expect((await get('/hello')).status).toBe(200);
  });

  it('reaches the routes of the service, whose CORS is the user’s', async () => {
    const { get } = await serve();
    expect((await get('/hello', { headers: PAGE })).status).toBe(200);
  });

  it('does not reach the Invoke API by a name that points here, with --host either', async () => {
    const { local, pids } = await serve([fn()], undefined, { host: '0.0.0.0' });
    const ask = (Host: string) =>
      request({ port: local.port, path: INVOKE, method: 'POST', headers: { Host } });
    expect((await ask('evil.example:3000')).status).toBe(403);
    expect(pids).toEqual([]);
    expect((await ask('host.docker.internal:3000')).status).toBe(200);
  });
});

it('is no reason to refuse a client of its own: no Origin, and localhost for its Host', async () => {
  const { local } = await serve();
  const headers = { Host: `localhost:${local.port}` };
  const response = await request({ port: local.port, path: INVOKE, method: 'POST', headers });
  expect(response.status).toBe(200);
});
