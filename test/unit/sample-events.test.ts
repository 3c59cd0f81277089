import { describe, expect, it } from 'vitest';
import { albEvent, gatewayEvent, urlEvent } from '../../src/commands/invoke/request.ts';
import { SAMPLE_EVENTS } from '../../src/sample/event/names.ts';
import { sampleOfSource } from '../../src/sample/event/of-source.ts';
import { EVENT_SOURCES, type EventSourceName, kindsOf } from '../../src/service/event-sources.ts';
import type { Service } from '../../src/service/service.ts';
import { loadTemplate } from '../../src/templates.ts';
import { aFunction } from '../support/function.ts';

const VARIABLES = {
  account: '123456789012',
  region: 'eu-west-1',
  stage: 'prod',
  functionName: 'shop-prod-hello',
};

type Json = Record<string, unknown>;

const { region, stage, functionName } = VARIABLES;
const worker = aFunction({ key: 'worker', name: functionName });
const plain: Service = { name: 'shop', stage, region, functions: [worker] };
const files = (await loadTemplate('events')).render(VARIABLES);
const texts = new Map([
  ...files.map(({ path, content }) => [path.replace(/\.json$/, ''), content] as const),
  ['apigw-rest', JSON.stringify(gatewayEvent(['rest'], plain, worker, {}))],
  ['apigw-http', JSON.stringify(gatewayEvent(['http'], plain, worker, {}))],
  ['function-url', JSON.stringify(urlEvent(plain, worker, {}))],
]);
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
  logs: ['awslogs'],
  firehose: ['recordId', 'approximateArrivalTimestamp', 'data'],
  ses: ['eventSource', 'eventVersion', 'ses'],
  iot: ['device', 'temperature'],
  websocket: ['requestContext', 'body', 'isBase64Encoded'],
  'authorizer-token': ['type', 'methodArn', 'authorizationToken'],
  'authorizer-request': [
    ...['type', 'methodArn', 'resource', 'path', 'httpMethod', 'headers', 'multiValueHeaders'],
    ...['queryStringParameters', 'multiValueQueryStringParameters', 'pathParameters'],
    ...['stageVariables', 'requestContext'],
  ],
  'authorizer-http': [
    ...['version', 'type', 'routeArn', 'identitySource', 'routeKey', 'rawPath', 'rawQueryString'],
    ...['headers', 'requestContext'],
  ],
  appsync: ['arguments', 'identity', 'source', 'request', 'prev', 'info', 'stash'],
};

/** What tells the events of one source from all others. */
const SOURCES: Record<string, string> = {
  s3: 'aws:s3',
  sqs: 'aws:sqs',
  sns: 'aws:sns',
  dynamodb: 'aws:dynamodb',
  kinesis: 'aws:kinesis',
  ses: 'aws:ses',
};

const records = (event: Json): Json[] =>
  (event.Records as Json[] | undefined) ?? (event.records as Json[] | undefined) ?? [event];

describe('the sample events', () => {
  it('are the files of templates/events and what the gateway makes', () => {
    expect([...texts.keys()].sort()).toEqual(Object.keys(SAMPLE_EVENTS).sort());
  });

  it('are those of each source, and HTTP requests', () => {
    const names = Object.keys(EVENT_SOURCES) as EventSourceName[];
    const ofSources = names.flatMap((source) => {
      const kinds = kindsOf(source);
      if (kinds.length === 0) return [sampleOfSource(source)];
      return kinds.map((kind) => sampleOfSource(source, kind));
    });
    const requests = ['apigw-rest', 'apigw-http', 'function-url'];
    expect([...new Set(ofSources), ...requests].sort()).toEqual(Object.keys(SAMPLE_EVENTS).sort());
    expect(sampleOfSource('authorizer', 'http')).toBe('authorizer-http');
    expect(() => sampleOfSource('authorizer')).toThrow('only token,request,http');
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

  it('of HTTP requests are a GET of /hello', () => {
    const rest = { httpMethod: 'GET', path: '/hello', resource: '/hello' };
    expect(sample('apigw-rest')).toMatchObject(rest);
    const http = { method: 'GET', path: '/hello' };
    for (const [name, routeKey] of [
      ['apigw-http', 'GET /hello'],
      ['function-url', '$default'],
    ] as const) {
      const event = { routeKey, rawPath: '/hello', requestContext: { routeKey, http } };
      expect(sample(name)).toMatchObject(event);
    }
    // Nothing of it changes when it is given the request that it shows.
    expect(albEvent(sample('alb'), {})).toEqual(sample('alb'));
  });

  it.each([
    ['apigw-rest', 'execute-api.eu-west-1.amazonaws.com', 'headers', 'Host'],
    ['apigw-http', 'execute-api.eu-west-1.amazonaws.com', 'headers', 'host'],
    ['function-url', 'lambda-url.eu-west-1.on.aws', 'headers', 'host'],
  ])('%s comes by https through a host of its API', (name, domain, headers, host) => {
    const event = sample(name);
    const { apiId, domainName } = event.requestContext as Json;
    if (name !== 'function-url') expect(apiId).toMatch(/^[a-z0-9]{10}$/);
    expect(domainName).toBe(`${apiId}.${domain}`);
    expect((event[headers] as Json)[host]).toBe(domainName);
    expect(JSON.stringify(event)).toMatch(/"X-Forwarded-Proto":"https"/i);
  });
});
