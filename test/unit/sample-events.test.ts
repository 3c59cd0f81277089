import { describe, expect, it } from 'vitest';
import { HTTP_SAMPLES, SAMPLE_EVENTS, withRequest } from '../../src/service/sample-events.ts';
import { loadTemplate } from '../../src/templates.ts';

const VARIABLES = {
  account: '123456789012',
  region: 'eu-west-1',
  stage: 'prod',
  functionName: 'shop-prod-hello',
};

type Json = Record<string, unknown>;

const texts = new Map(
  (await loadTemplate('events'))
    .render(VARIABLES)
    .map(({ path, content }) => [path.replace(/\.json$/, ''), content]),
);
const sample = (name: string): Json => JSON.parse(texts.get(name) ?? '');

const PAYLOAD_1 = [
  ...['resource', 'path', 'httpMethod', 'headers', 'multiValueHeaders', 'queryStringParameters'],
  ...['multiValueQueryStringParameters', 'pathParameters', 'stageVariables', 'requestContext'],
  ...['body', 'isBase64Encoded'],
];
const PAYLOAD_2 = [
  ...['version', 'routeKey', 'rawPath', 'rawQueryString', 'headers', 'requestContext'],
  'isBase64Encoded',
];
const EVENTBRIDGE = [
  ...['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources'],
  'detail',
];

/** The keys that AWS documents: of the event, or of each of its records. */
const KEYS: Record<keyof typeof SAMPLE_EVENTS, readonly string[]> = {
  'apigw-rest': PAYLOAD_1,
  'apigw-http': PAYLOAD_2,
  'function-url': PAYLOAD_2,
  alb: [
    ...['requestContext', 'httpMethod', 'path', 'queryStringParameters', 'headers', 'body'],
    'isBase64Encoded',
  ],
  s3: [
    ...['eventVersion', 'eventSource', 'awsRegion', 'eventTime', 'eventName', 'userIdentity'],
    ...['requestParameters', 'responseElements', 's3'],
  ],
  sqs: [
    ...['messageId', 'receiptHandle', 'body', 'attributes', 'messageAttributes', 'md5OfBody'],
    ...['eventSource', 'eventSourceARN', 'awsRegion'],
  ],
  sns: ['EventSource', 'EventVersion', 'EventSubscriptionArn', 'Sns'],
  eventbridge: EVENTBRIDGE,
  schedule: EVENTBRIDGE,
  dynamodb: [
    ...['eventID', 'eventName', 'eventVersion', 'eventSource', 'awsRegion', 'dynamodb'],
    'eventSourceARN',
  ],
  kinesis: [
    ...['kinesis', 'eventSource', 'eventVersion', 'eventID', 'eventName', 'invokeIdentityArn'],
    ...['awsRegion', 'eventSourceARN'],
  ],
  cognito: [
    ...['version', 'region', 'userPoolId', 'userName', 'callerContext', 'triggerSource'],
    ...['request', 'response'],
  ],
};

/** What tells the events of one source from all others. */
const SOURCES: Record<string, string> = {
  s3: 'aws:s3',
  sqs: 'aws:sqs',
  sns: 'aws:sns',
  dynamodb: 'aws:dynamodb',
  kinesis: 'aws:kinesis',
};

const records = (event: Json): Json[] => (event.Records as Json[] | undefined) ?? [event];

describe('the sample events', () => {
  it('are the files of templates/events', () => {
    expect([...texts.keys()].sort()).toEqual(Object.keys(SAMPLE_EVENTS).sort());
  });

  it.each(Object.entries(KEYS))('%s has the keys that AWS documents', (name, keys) => {
    const found = records(sample(name));
    expect(found.length).toBeGreaterThan(0);
    for (const record of found) expect(Object.keys(record).sort()).toEqual([...keys].sort());
  });

  it.each(Object.entries(SOURCES))('%s says that it is from %s', (name, source) => {
    for (const record of records(sample(name))) {
      expect(record.eventSource ?? record.EventSource).toBe(source);
    }
  });

  it.each([...texts.keys()])('%s is of the region and the account of the service', (name) => {
    const text = texts.get(name) ?? '';
    expect(text).not.toContain('{{');
    const arns = text.match(/arn:aws:(?!s3:)[^"&]+/g) ?? [];
    for (const arn of arns) {
      const [, , service, region, account] = arn.split(':');
      expect(account).toBe(VARIABLES.account);
      expect(region).toBe(service === 'iam' ? '' : VARIABLES.region);
    }
    for (const region of text.match(/\b(us|eu|ap)-[a-z]+-\d\b/g) ?? []) {
      expect(region).toBe(VARIABLES.region);
    }
  });

  it('of streams and queues carry data that can be read', () => {
    const [kinesis = {}] = records(sample('kinesis'));
    const { data } = kinesis.kinesis as { data: string };
    const [sqs = {}] = records(sample('sqs'));
    expect(JSON.parse(Buffer.from(data, 'base64').toString())).toEqual({
      orderId: '7',
      quantity: 2,
    });
    expect(JSON.parse(sqs.body as string)).toEqual({ orderId: '7', quantity: 2 });
  });

  it('of HTTP requests name the same method and path everywhere', () => {
    for (const name of HTTP_SAMPLES) {
      const request = {
        method: 'GET',
        path: '/hello',
        query: '',
        route: { method: 'GET', path: '/hello' },
        parameters: {},
      };
      // Nothing of the sample changes when it is given the request that it shows.
      expect(withRequest(name, sample(name), request)).toEqual(sample(name));
    }
  });
});

describe('a sample with another request', () => {
  const request = {
    method: 'PUT',
    path: '/orders/a%20b',
    query: 'tag=x&tag=y%26z&limit=3',
    route: { method: 'ANY', path: '/orders/{id}' },
    parameters: { id: 'a%20b' },
  };

  it('of a REST API', () => {
    expect(withRequest('apigw-rest', sample('apigw-rest'), request)).toMatchObject({
      resource: '/orders/{id}',
      path: '/orders/a%20b',
      httpMethod: 'PUT',
      queryStringParameters: { tag: 'y&z', limit: '3' },
      multiValueQueryStringParameters: { tag: ['x', 'y&z'], limit: ['3'] },
      pathParameters: { id: 'a%20b' },
      requestContext: {
        stage: 'prod',
        resourcePath: '/orders/{id}',
        httpMethod: 'PUT',
        path: '/prod/orders/a%20b',
        identity: { sourceIp: '203.0.113.7' },
      },
    });
  });

  it('of an HTTP API', () => {
    expect(withRequest('apigw-http', sample('apigw-http'), request)).toMatchObject({
      routeKey: 'ANY /orders/{id}',
      rawPath: '/orders/a b',
      rawQueryString: request.query,
      queryStringParameters: { tag: 'x,y&z', limit: '3' },
      pathParameters: { id: 'a b' },
      requestContext: {
        routeKey: 'ANY /orders/{id}',
        http: { method: 'PUT', path: '/orders/a b', sourceIp: '203.0.113.7' },
      },
    });
  });

  it.each(['function-url', 'apigw-http'] as const)('of %s by its default route', (name) => {
    const route = { method: 'ANY', path: '$default' };
    const event = withRequest(name, sample(name), { ...request, route });
    expect(event).toMatchObject({ routeKey: '$default', requestContext: { routeKey: '$default' } });
    expect(event).not.toHaveProperty('pathParameters');
    expect(event.rawPath).toBe(name === 'function-url' ? '/orders/a%20b' : '/orders/a b');
  });

  it('of a REST API begins with one slash where several were sent, but for the context', () => {
    const sent = { ...request, path: '//orders/7' };
    expect(withRequest('apigw-rest', sample('apigw-rest'), sent)).toMatchObject({
      path: '/orders/7',
      requestContext: { path: '/prod//orders/7' },
    });
  });

  it('of a load balancer, which does not decode the query', () => {
    expect(withRequest('alb', sample('alb'), request)).toMatchObject({
      httpMethod: 'PUT',
      path: '/orders/a%20b',
      queryStringParameters: { tag: 'y%26z', limit: '3' },
    });
  });
});
