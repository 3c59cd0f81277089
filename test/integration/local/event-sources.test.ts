import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EventSources } from '../../../src/local/event-sources/event-sources.ts';
import type { Report } from '../../../src/local/report.ts';
import type { FunctionSource, QueueSource } from '../../../src/service/function-source.ts';
import { fn, reportsOf, serve } from '../../support/local.ts';
import { hasMoto, type Moto, REGION, startMoto } from '../../support/moto.ts';
import { ACCOUNT, type MotoApi, motoApi } from '../../support/moto-api.ts';

const RUNTIME = fileURLToPath(new URL('../../fixtures/local/batch-runtime.mjs', import.meta.url));
const BATCH = {
  enabled: true,
  batchSize: 10,
  window: 0,
  reportsFailures: true,
  filters: [],
} as const;

describe.skipIf(!hasMoto())('event source mappings at a stand-in for AWS', () => {
  let moto: Moto;
  let api: MotoApi['api'];
  let call: MotoApi['call'];
  let createQueue: MotoApi['createQueue'];
  let publish: MotoApi['publish'];

  beforeAll(async () => {
    moto = await startMoto();
    ({ api, call, createQueue, publish } = motoApi(moto));
  });
  afterAll(() => moto.stop());

  const send = (QueueUrl: string, MessageBody: string, more: object = {}) =>
    call('sqs', 'SendMessage', { QueueUrl, MessageBody, ...more });
  const queue = (name: string, more: Partial<QueueSource> = {}): QueueSource => ({
    ...BATCH,
    source: 'sqs',
    name,
    ...more,
  });

  /** Delivers the source to a function until the test ends. */
  async function poll(source: FunctionSource) {
    const work = fn({ key: 'work', sources: [source] });
    const served = await serve([work], () => ({
      tool: process.execPath,
      args: [RUNTIME],
      cwd: process.cwd(),
    }));
    const { invoke } = served.local;
    const reports: Report[] = [];
    const options = { call: api, invoke, region: REGION };
    const sources = new EventSources({ ...options, report: (report) => reports.push(report) });
    onTestFinished(() => sources.close());
    sources.update(served.service);
    const got = (): string[] =>
      reportsOf(served.reports, 'output').map(({ line }) => line.replace(/^got /, ''));
    return { ...served, sources, got, deliveries: () => reportsOf(reports, 'delivery'), reports };
  }

  it('deletes what was processed, and leaves what failed to the dead-letter queue', async () => {
    const dead = await createQueue('dead');
    const url = await createQueue('orders', {
      VisibilityTimeout: '1',
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:dead`,
        maxReceiveCount: '2',
      }),
    });
    await send(url, 'good');
    await send(url, 'bad');
    const { got, deliveries } = await poll(queue('orders'));
    const { Messages } = await call('sqs', 'ReceiveMessage', {
      QueueUrl: dead,
      WaitTimeSeconds: 20,
    });
    expect(Messages).toMatchObject([{ Body: 'bad' }]);
    expect(got().sort()).toEqual(['bad', 'bad', 'good']);
    expect(deliveries().reduce((sum, { failed }) => sum + failed, 0)).toBe(2);
    const { Attributes } = await call('sqs', 'GetQueueAttributes', {
      QueueUrl: url,
      AttributeNames: ['All'],
    });
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  it('returns the whole batch where the function fails', async () => {
    const url = await createQueue('failing', { VisibilityTimeout: '1' });
    await send(url, 'throw');
    const { got, until } = await poll(queue('failing'));
    await until(() => got().length >= 2);
    expect(got().slice(0, 2)).toEqual(['throw', 'throw']);
  });

  it('keeps the order of a FIFO queue, and delivers what its filters want', async () => {
    const url = await createQueue('ordered.fifo', { FifoQueue: 'true' });
    for (const [index, kind] of ['new', 'old', 'new', 'new'].entries()) {
      await send(url, JSON.stringify({ index, kind }), {
        MessageGroupId: 'a',
        MessageDeduplicationId: String(index),
      });
    }
    const filters = [{ body: { kind: ['new'] } }];
    const { got, until } = await poll(queue('ordered.fifo', { filters }));
    await until(() => got().length === 3);
    expect(got().map((text) => JSON.parse(text).index)).toEqual([0, 2, 3]);
  });

  it('gathers a batch during its window', async () => {
    const url = await createQueue('gathered');
    const { got, until, deliveries } = await poll(queue('gathered', { batchSize: 3, window: 20 }));
    for (const text of ['a', 'b', 'c']) await send(url, text);
    await until(() => got().length === 3);
    await expect.poll(() => deliveries()).toMatchObject([{ records: 3, failed: 0 }]);
  });

  it('delivers the notifications of a topic through its queue', async () => {
    await createQueue('news');
    const { sources, got, until } = await poll(queue('news'));
    await publish('topic', 'news', 'hello');
    await until(() => got().length > 0);
    expect(JSON.parse(got()[0] ?? '')).toMatchObject({ Type: 'Notification', Message: 'hello' });
    sources.close();
  });

  it('reports a queue that does not exist once, and finds it once it does', async () => {
    const { reports, got, until } = await poll(queue('later'));
    await expect.poll(() => reports).toMatchObject([{ type: 'warning', function: 'work' }]);
    await send(await createQueue('later'), 'found');
    await until(() => got()[0] === 'found');
  });

  it('delivers a stream in order, and reports what its retries did not help', async () => {
    const failed = await createQueue('failed');
    await call('kinesis', 'CreateStream', { StreamName: 'clicks', ShardCount: 1 });
    for (const text of ['one', 'bad', 'three']) {
      await call('kinesis', 'PutRecord', {
        StreamName: 'clicks',
        Data: btoa(text),
        PartitionKey: 'a',
      });
    }
    const { got, until } = await poll({
      ...BATCH,
      source: 'kinesis',
      name: 'clicks',
      startingPosition: 'TRIM_HORIZON',
      retries: 1,
      bisects: false,
      onFailure: { name: 'failed' },
    });
    const { Messages } = await call('sqs', 'ReceiveMessage', {
      QueueUrl: failed,
      WaitTimeSeconds: 20,
    });
    expect(JSON.parse(Messages[0].Body)).toMatchObject({
      requestContext: {
        functionArn: expect.stringMatching(/^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+$/),
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 2,
      },
      KinesisBatchInfo: { batchSize: 2 },
    });
    await until(() => got().length === 5);
    expect(got()).toEqual(['one', 'bad', 'three', 'bad', 'three']);
  });

  it('halves a batch that fails, until the record that fails is alone', async () => {
    const failed = await createQueue('halved');
    await call('kinesis', 'CreateStream', { StreamName: 'halves', ShardCount: 1 });
    await call('kinesis', 'PutRecords', {
      StreamName: 'halves',
      Records: ['bad', 'two', 'three'].map((text) => ({ Data: btoa(text), PartitionKey: 'a' })),
    });
    const { got, until } = await poll({
      ...{ ...BATCH, source: 'kinesis', name: 'halves', startingPosition: 'TRIM_HORIZON' },
      ...{ retries: 1, bisects: true, onFailure: { name: 'halved' } },
    });
    await until(() => got().at(-1) === 'three' && got().length > 3);
    const { Messages } = await call('sqs', 'ReceiveMessage', {
      ...{ QueueUrl: failed, WaitTimeSeconds: 20 },
    });
    expect(JSON.parse(Messages[0].Body)).toMatchObject({ KinesisBatchInfo: { batchSize: 1 } });
    expect(got().filter((text) => text === 'bad').length).toBeGreaterThan(2);
    expect(got().slice(-2)).toEqual(['two', 'three']);
  });

  it("delivers the changes of a table, and goes on where the service's other files change", async () => {
    await call('dynamodb', 'CreateTable', {
      TableName: 'items',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    const put = (id: string) =>
      call('dynamodb', 'PutItem', { TableName: 'items', Item: { id: { S: id } } });
    await put('1');
    const { got, until, sources, service } = await poll({
      ...BATCH,
      source: 'dynamodb',
      name: 'items',
      startingPosition: 'TRIM_HORIZON',
      bisects: false,
    });
    await until(() => got().length === 1);
    sources.update(service);
    await put('2');
    await until(() => got().length === 2);
    const images = got().map((text) => JSON.parse(text).NewImage);
    expect(images).toEqual([{ id: { S: '1' } }, { id: { S: '2' } }]);
  });
});
