// What was recorded of function URLs on AWS, row by row:
// https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda.py

import { describe, expect, it } from 'vitest';
import { base64, failing, serveForAll } from '../support/conformance.ts';
import { request } from '../support/local.ts';

const { url } = serveForAll('', '  f:\n    handler: main.f\n    url: true\n');

function call(path: string, headers = {}, body?: string) {
  const { hostname, port } = new URL(url('f'));
  const method = body === undefined ? 'GET' : 'POST';
  return request({ host: hostname, port, method, path, headers }, body);
}

describe('what a function with a URL returns', () => {
  it.each<[string, string]>([
    ['{"hello": "world"}', '{"hello":"world"}'],
    ['{"statusCode": 200, "body": "body123"}', 'body123'],
    ['{"statusCode": 200, "body": "{\\"hello\\": \\"world\\"}"}', '{"hello": "world"}'],
    ['["hello", 3, true]', '["hello",3,true]'],
    ['"hello"', 'hello'],
    ['3', '3'],
    ['3.1', '3.1'],
    ['true', 'true'],
    // Only the blanks between the tokens go.
    ['{"a b": [1.0, "c \\" d"]}', '{"a b":[1.0,"c \\" d"]}'],
  ])('%s, is sent as %s', async (result, text) => {
    const response = await call('/', { 'X-Result': base64(result) });
    expect({ status: response.status, text: response.text }).toEqual({ status: 200, text });
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.headers['content-length']).toBe(String(text.length));
  });

  it.each(Object.entries(failing))('is 502 after an %s', async (_what, headers) => {
    const response = await call('/', headers);
    expect({ status: response.status, text: response.text }).toEqual({
      status: 502,
      text: 'Internal Server Error',
    });
    expect(response.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers).not.toHaveProperty('apigw-requestid');
  });
});

describe('an event of a function URL', () => {
  it('has the path as it was sent, and the values of a repeated name joined', async () => {
    const { json } = await call('/pa2%Fth/1?q=query&multiQuery=foo&multiQuery=%2Fbar');
    expect(json).toMatchObject({
      rawPath: '/pa2%Fth/1',
      requestContext: { http: { path: '/pa2%Fth/1' } },
      queryStringParameters: { q: 'query', multiQuery: 'foo,/bar' },
    });
  });

  it('has the headers in lower case, with those of Lambda', async () => {
    const body = '{"foo": "bar"}';
    const sent = { 'content-type': 'application/json', 'ExTrA-HeadErs': 'With WeiRd CapS' };
    const { json } = await call('/', { ...sent, 'Content-Length': body.length }, body);
    expect(json.headers).toMatchObject({
      'content-length': '14',
      'content-type': 'application/json',
      'extra-headers': 'With WeiRd CapS',
      'x-amzn-trace-id': expect.stringContaining('Root='),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': expect.stringMatching(/^\d+$/),
      'x-forwarded-proto': expect.any(String),
    });
  });

  it('has a multipart body in base64', async () => {
    const body = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n';
    const { json } = await call('/', { 'Content-Type': 'multipart/form-data; boundary=b' }, body);
    expect(json).toMatchObject({ body: base64(body), isBase64Encoded: true });
  });
});
