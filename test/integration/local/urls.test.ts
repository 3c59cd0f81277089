import { describe, expect, it } from 'vitest';
import { httpCors, restCors } from '../../../src/serverless-yml/cors.ts';
import { NO_SETTINGS } from '../../../src/service/service.ts';
import { fn, reportsOf, request, serve } from '../../support/local.ts';

const at = (url: string | undefined, path: string) => {
  const { hostname, port } = new URL(url ?? '');
  return { host: hostname, port, path };
};

describe('a function URL', () => {
  it('has CORS of its own, and a port of its own', async () => {
    const cors = httpCors({ allowedOrigins: ['https://a.example'] }, ['*']);
    const { local, get } = await serve([
      fn({ url: { cors } }),
      fn({ key: 'other', name: 'shop-dev-other', events: [] }),
    ]);
    expect(local.functionUrl('other')).toBeUndefined();
    const headers = { origin: 'https://a.example' };
    const response = await request({ ...at(local.functionUrl('hello'), '/hello'), headers });
    expect(response.headers['access-control-allow-origin']).toBe('https://a.example');
    expect((await get('/hello', { headers })).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
  });

  it('says that Lambda does not accept a response, which API Gateway never saw', async () => {
    const { local, reports } = await serve([fn({ url: { cors: undefined } })]);
    const raw = { ...at(local.functionUrl('hello'), '/raw'), method: 'POST' };
    expect((await request(raw, '{"statusCode":"x"}')).status).toBe(502);
    expect(reportsOf(reports, 'warning')).toMatchObject([
      { message: expect.stringMatching(/^Lambda does not accept the response of hello to /) },
    ]);
  });

  it('comes and goes with another version of the service', async () => {
    const { local, service } = await serve([fn({ events: [] })]);
    expect(local.functionUrl('hello')).toBeUndefined();
    await local.update({ ...service, functions: [fn({ url: { cors: undefined } })] });
    const url = local.functionUrl('hello');
    expect((await request(at(url, '/hello'))).status).toBe(200);
    await local.update({ ...service, functions: [fn()] });
    await expect(request(at(url, '/hello'))).rejects.toThrow('ECONNREFUSED');
  });
});

describe('the CORS of a REST API', () => {
  it('answers OPTIONS without the function, also beside ANY, and adds nothing to responses', async () => {
    const { get, pids, local, service } = await serve([fn()]);
    const byPath = new Map([
      [
        '/{proxy+}',
        {
          origins: ['*'],
          headers: ['X-A'],
          methods: ['OPTIONS', 'GET'],
          allowCredentials: false,
          maxAge: undefined,
          cacheControl: undefined,
        },
      ],
    ]);
    await local.update({
      ...service,
      gateway: { ...NO_SETTINGS, restCors: byPath },
    });
    const response = await get('/hello', { method: 'OPTIONS' });
    expect(response.status).toBe(200);
    expect(response.headers['access-control-allow-methods']).toBe('OPTIONS,GET');
    expect(pids).toEqual([]);
    expect((await get('/hello')).headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('tells once that a function leaves out the header that a browser wants of its response', async () => {
    const { get, post, reports, local, service } = await serve([fn()]);
    const cors = restCors(true, 'ANY', undefined);
    if (!cors) throw new Error('no cors');
    const gateway = { ...NO_SETTINGS, restCors: new Map([['/{proxy+}', cors]]) };
    await local.update({ ...service, gateway });
    const headers = { origin: 'https://x.example' };
    const right = { statusCode: 200, headers: { 'access-control-allow-origin': '*' } };
    await get('/hello');
    await post('/raw', JSON.stringify(right), headers);
    expect(reportsOf(reports, 'warning')).toEqual([]);
    await get('/hello', { headers });
    await get('/hello', { headers });
    expect(reportsOf(reports, 'warning')).toEqual([
      {
        type: 'warning',
        function: 'hello',
        message: expect.stringMatching(
          /^hello returned a response without Access-Control-Allow-Origin, .* Try: .* headers: \{'Access-Control-Allow-Origin': '\*'\}\)$/,
        ),
      },
    ]);
  });
});

describe('a request for another host', () => {
  it('is refused before anything is done for it', async () => {
    const { get, pids } = await serve();
    const response = await get('/hello', { headers: { host: 'evil.example' } });
    expect(response.status).toBe(403);
    expect(response.json.message).toContain('"evil.example" is not served here');
    expect(pids).toEqual([]);
  });
});
