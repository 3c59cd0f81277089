import { describe, expect, it } from 'vitest';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

const HEAD = `service: shop
provider:
  name: aws
  runtime: provided.al2023
functions:
`;

const unsupported = (functions: string): readonly string[] =>
  readServerlessYml(HEAD + functions, { file: 'serverless.yml', env: {} }).unsupported.map(
    ({ message }) => message,
  );

describe('what dev does not do', () => {
  it('is nothing where all events are requests', () => {
    expect(
      unsupported(`  hello:
    handler: main.hello
    url: true
    events:
      - http: GET /hello
      - httpApi: '*'
`),
    ).toEqual([]);
  });

  it('is another integration than the proxy, by its name', () => {
    expect(
      unsupported(`  hello:
    handler: main.hello
    events:
      - http: { method: GET, path: /lambda, integration: lambda }
      - http: { method: POST, path: /async, async: true }
      - http: { method: GET, path: /mock, integration: MOCK }
      - http: { method: GET, path: /proxy, integration: http_proxy, request: { uri: https://example.org } }
      - http: { method: GET, path: /url, integration: HTTP }
      - http: { method: GET, path: /a, integration: lambda-proxy }
      - http: { method: GET, path: /b, integration: AWS_PROXY, async: true }
      - http: { method: GET, path: /c, async: false }
      - http: GET /d
  orders:
    handler: main.orders
    events:
      - http: { method: GET, path: /orders, integration: lambda }
`),
    ).toEqual([
      'dev calls the function as a Lambda proxy where AWS does not: integration: lambda (hello, orders), async: true (hello), integration: mock (hello), integration: http_proxy (hello), integration: http (hello)',
    ]);
  });

  it('is told once for all functions', () => {
    expect(
      unsupported(`  hello:
    handler: main.hello
    events:
      - http: { method: GET, path: /hello, private: true, authorizer: aws_iam }
      - httpApi: { method: GET, path: /hi, authorizer: { type: jwt } }
  orders:
    handler: main.orders
    events:
      - http: { method: POST, path: /orders, private: true }
      - sqs: arn:aws:sqs:eu-west-1:123456789012:orders
      - schedule: rate(1 hour)
  nightly:
    handler: main.nightly
    events:
      - schedule: cron(0 3 * * ? *)
`),
    ).toEqual([
      'dev delivers what the queues and streams have (orders) with --sources only; create-lambda-hello invoke orders sends one',
      'dev fires the schedules of orders, nightly with --schedules only; create-lambda-hello invoke orders sends their event',
      'dev calls no authorizer (hello)',
      'dev checks no API keys (hello, orders)',
    ]);
  });
});
