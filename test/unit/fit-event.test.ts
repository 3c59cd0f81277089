import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventOf } from '../../src/commands/invoke/event.ts';
import { dueAt } from '../../src/sample/event/fit.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

type Flags = Parameters<typeof eventOf>[3];

const SHOP = `service: shop
provider: { name: aws, runtime: provided.al2023, region: eu-west-1 }
`;

/** The event of a function with this event in serverless.yml. */
const eventFor = (event: string, flags: Flags = {}) =>
  eventIn(`${SHOP}functions: { work: { handler: main.work, events: [${event}] } }`, flags);

/** The event of the first function of a serverless.yml. */
async function eventIn(text: string, flags: Flags = {}) {
  const { service } = readServerlessYml(text, { file: 'serverless.yml', env: {} });
  const [fn] = service.functions;
  if (fn === undefined) throw new Error('no function');
  const context = { cwd: '/', signal: AbortSignal.any([]) };
  return JSON.parse(await eventOf(context, service, fn, flags));
}

// biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
type Json = any;

/** What an authorizer with payload 1.0 gets. */
const REQUEST = { type: 'REQUEST', resource: '/hello' };

const payload = '{"id": "7", "count": 2, "tags": ["a", null], "on": true}';

describe('the event of a source', () => {
  it('has the ARN of its queue, and the payload as its body', async () => {
    const md5OfBody = createHash('md5').update(payload).digest('hex');
    const event = 'sqs: arn:aws:sqs:eu-west-1:000000000000:jobs';
    expect(await eventFor(event, { payload })).toMatchObject({
      Records: [
        { eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:jobs', body: payload, md5OfBody },
      ],
    });
  });

  it('has its topic, and the payload as its message', async () => {
    const event = await eventFor('sns: news', { payload });
    expect(event.Records[0].Sns).toMatchObject({
      TopicArn: 'arn:aws:sns:eu-west-1:123456789012:news',
      Message: payload,
    });
    expect(event.Records[0].EventSubscriptionArn).toMatch(/:news:/);
  });

  it('has its bucket, and a key with its prefix and suffix', async () => {
    const event =
      "s3: { bucket: photos, event: 's3:ObjectRemoved:*', rules: [{ prefix: my up/ }] }";
    const [record] = (await eventFor(event)).Records;
    expect(record.eventName).toBe('ObjectRemoved:Delete');
    expect(record.s3.bucket).toMatchObject({ name: 'photos', arn: 'arn:aws:s3:::photos' });
    expect(record.s3.object.key).toBe('my+up/report.json');
  });

  it('matches its pattern, and has the payload as its detail', async () => {
    const event =
      'eventBridge: { pattern: { source: [com.shop], detail-type: [{ prefix: Order }], detail: { total: [{ numeric: [">", 5] }] } } }';
    const fields = { source: 'com.shop', 'detail-type': 'Order' };
    expect(await eventFor(event)).toMatchObject({ ...fields, detail: { total: 6 } });
    expect(await eventFor(event, { payload })).toMatchObject({
      ...fields,
      detail: JSON.parse(payload),
    });
  });

  it('has the data of a Kinesis stream in base64', async () => {
    const event = 'stream: arn:aws:kinesis:eu-west-1:123456789012:stream/clicks';
    const [record] = (await eventFor(event, { payload })).Records;
    expect(record.eventSourceARN).toMatch(/stream\/clicks$/);
    expect(Buffer.from(record.kinesis.data, 'base64').toString()).toBe(payload);
  });

  it('has the item of a table as attribute values', async () => {
    const event = 'stream: { type: dynamodb, arn: { Fn::GetAtt: [Orders, StreamArn] } }';
    const { Records } = await eventFor(event, { payload });
    expect(Records).toHaveLength(1);
    expect(Records[0].dynamodb).toMatchObject({
      Keys: { id: { S: '7' } },
      NewImage: {
        id: { S: '7' },
        count: { N: '2' },
        tags: { L: [{ S: 'a' }, { NULL: true }] },
        on: { BOOL: true },
      },
    });
    expect(Records[0].eventSourceARN).toMatch(/:table\/Orders\/stream\//);
  });

  it('has its trigger, and the payload in its request', async () => {
    const event = 'cognitoUserPool: { pool: users, trigger: CustomMessage }';
    expect(await eventFor(event, { payload: '{"codeParameter": "1"}' })).toMatchObject({
      triggerSource: 'CustomMessage_SignUp',
      request: { userAttributes: { email: 'ada@example.com' }, codeParameter: '1' },
      response: { emailMessage: null },
    });
  });

  it('is the input of its schedule, or the payload', async () => {
    const event = 'schedule: { rate: rate(1 day), input: { a: 1 } }';
    expect(await eventFor(event)).toEqual({ a: 1 });
    expect(await eventFor(event, { payload: '{"b": 2}' })).toEqual({ b: 2 });
    expect(await eventFor('schedule: rate(1 day)')).toMatchObject({ source: 'aws.events' });
  });

  it('is due now, of a schedule', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { time } = await eventFor('schedule: rate(1 day)');
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(time) / 1000).toBeGreaterThanOrEqual(before);
    expect(dueAt({ a: 1 }, new Date(0))).toEqual({ a: 1, time: '1970-01-01T00:00:00Z' });
  });

  it('has its log group, and the payload as the message of its line', async () => {
    const { awslogs } = await eventFor('cloudwatchLog: { logGroup: /shop/api }', { payload });
    const data = JSON.parse(gunzipSync(Buffer.from(awslogs.data, 'base64')).toString());
    expect(data).toMatchObject({
      messageType: 'DATA_MESSAGE',
      owner: '123456789012',
      logGroup: '/shop/api',
      logEvents: [{ id: expect.any(String), message: payload }],
    });
    expect(data.logEvents).toHaveLength(1);
  });

  it.each([
    ['websocket: $connect', { eventType: 'CONNECT', routeKey: '$connect' }, undefined],
    ['websocket: { route: $disconnect }', { eventType: 'DISCONNECT' }, undefined],
    ['websocket: $default', { eventType: 'MESSAGE', routeKey: '$default' }, { text: 'Hello' }],
    [
      'websocket: { route: chat }',
      { eventType: 'MESSAGE', routeKey: 'chat', messageId: expect.any(String) },
      { action: 'chat', text: 'Hello' },
    ],
  ])('is of its route: %s', async (event, requestContext, body) => {
    const sent = await eventFor(event);
    expect(sent).toMatchObject({ requestContext });
    expect(sent.body && JSON.parse(sent.body)).toEqual(body);
    expect('headers' in sent).toBe(body === undefined);
    expect('messageId' in sent.requestContext).toBe(body !== undefined);
    if (body === undefined) return;
    expect((await eventFor(event, { payload })).body).toBe(payload);
  });

  it('has the payload as the message of a rule, whatever it is', async () => {
    expect(await eventFor('iot: { sql: SELECT 1 }', { payload: '7' })).toBe(7);
    expect(await eventFor('iot: { sql: SELECT 1 }')).toMatchObject({ device: 'sensor-7' });
  });

  it.each([
    ['http: { method: GET, path: a, authorizer: work }', { type: 'TOKEN' }],
    ['http: { method: GET, path: a, authorizer: { name: work, type: request } }', REQUEST],
    ['websocket: { route: $connect, authorizer: { name: work } }', REQUEST],
    ['httpApi: { path: /a, authorizer: { name: mine } }', { version: '2.0', type: 'REQUEST' }],
    ['httpApi: { path: /a, authorizer: old }', REQUEST],
    ['httpApi: { path: /a, authorizer: { name: work } }', {}],
    ['http: { method: GET, path: a, authorizer: { name: work, arn: arn:aws:x } }', {}],
    ['http: { method: GET, path: a, authorizer: aws_iam }', {}],
  ])('is the request to authorize where the function is an authorizer: %s', async (event, is) => {
    const sent = await eventIn(`service: shop
provider:
  name: aws
  runtime: provided.al2023
  httpApi:
    authorizers:
      mine: { type: request, functionName: work }
      old: { type: request, functionName: work, payloadVersion: '1.0' }
functions:
  work: { handler: main.work }
  hello: { handler: main.hello, events: [${event}] }
`);
    if (Object.keys(is).length === 0) expect(sent).toEqual({});
    expect(sent).toMatchObject(is);
  });

  it.each([
    ['firehose', (event: Json) => Buffer.from(event.records[0].data, 'base64').toString()],
    ['appsync', (event: Json) => JSON.stringify(event.arguments)],
  ])('has the payload in its place, of the sample %s', async (event, read) => {
    const text = JSON.stringify(JSON.parse(payload));
    expect(read(await eventFor('sqs: jobs', { event, payload: text }))).toBe(text);
  });

  it.each([
    ['s3: photos', payload, '--payload has no place in the event s3.'],
    ['websocket: $connect', payload, '--payload has no place in the event websocket.'],
    ['http: GET /a', payload, '--payload is for the event of a source, and work gets a request'],
    ['eventBridge: { pattern: {} }', '7', 'is no JSON object'],
    ['sqs: jobs', '{', '--payload: line 1'],
  ])('is refused where the payload has no place: %s', async (event, json, message) => {
    await expect(eventFor(event, { payload: json })).rejects.toThrow(message);
  });
});
