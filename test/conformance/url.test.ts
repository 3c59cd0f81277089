import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serveForAll } from '../support/conformance.ts';
import { request } from '../support/local.ts';

const GO_ON = join(tmpdir(), `create-lambda-hello-go-on-${process.pid}`);

const { url } = serveForAll(
  "  httpApi: { cors: { allowedOrigins: ['https://a.example'] } }",
  `  f:
    handler: main.f
    url: true
  streaming:
    handler: main.f
    url: { invokeMode: RESPONSE_STREAM }
    environment: { GO_ON: '${GO_ON}' }
`,
);

describe('a function URL', () => {
  const call = (method: string, path: string, headers = {}) => {
    const { hostname, port } = new URL(url('f'));
    return request({ host: hostname, port, method, path, headers });
  };

  it.each([
    ['GET', '/'],
    ['DELETE', '/any/path'],
  ])('takes %s %s, as $default', async (method, path) => {
    const sent = (await call(method, path)).json;
    expect(sent).toMatchObject({ version: '2.0', routeKey: '$default', rawPath: path });
    expect(sent.requestContext).toMatchObject({
      stage: '$default',
      routeKey: '$default',
      http: { method },
    });
    expect(sent).not.toHaveProperty('pathParameters');
  });

  it('with RESPONSE_STREAM sends what is written while the function goes on', async () => {
    const { hostname, port } = new URL(url('streaming'));
    const prelude = '{"statusCode":202,"headers":{"X-A":"1"}}';
    const headers = {
      'X-Stream': Buffer.from(`${prelude}\0\0\0\0\0\0\0\0first`).toString('base64'),
      'X-Stream-Type': Buffer.from('application/vnd.awslambda.http-integration-response').toString(
        'base64',
      ),
      'X-Stream-Rest': Buffer.from('second').toString('base64'),
    };
    const sent = http.get({ host: hostname, port, path: '/', headers, agent: false });
    const [response] = (await once(sent, 'response')) as [http.IncomingMessage];
    expect(response.statusCode).toBe(202);
    expect(response.headers['x-a']).toBe('1');
    const [first] = await once(response, 'data');
    expect(String(first)).toBe('first');
    // The function writes the rest only when it is told to, by this file: it has not ended.
    writeFileSync(GO_ON, '');
    const rest: string[] = [];
    response.on('data', (chunk) => rest.push(String(chunk)));
    await once(response, 'end');
    rmSync(GO_ON);
    expect(rest.join('')).toBe('second');
  });

  it('has none of the CORS of the API', async () => {
    const { headers } = await call('GET', '/', { Origin: 'https://a.example' });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
