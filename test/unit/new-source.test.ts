import { describe, expect, it } from 'vitest';
import { InvalidValueError, UsageError } from '../../src/errors.ts';
import { EVENT_SOURCES, type EventSourceName } from '../../src/service/event-sources.ts';
import {
  eventPattern,
  type SourceOptions,
  scheduleCron,
  scheduleRate,
  timeZone,
} from '../../src/service/new-source/options.ts';
import { NEW_SOURCES, type SourcePlace } from '../../src/service/new-source/sources.ts';
import { recordOf } from '../../src/util/json.ts';

const place: SourcePlace = {
  ...{ key: 'onOrder', create: false, timeout: 10, resources: {}, priorities: [] },
};
const write = (source: EventSourceName, given: SourceOptions, more: Partial<SourcePlace> = {}) =>
  NEW_SOURCES[source].write(given, { ...place, ...more });
const ARN = 'arn:aws:sqs:us-east-1:123456789012:orders';

describe('what a queue makes', () => {
  const { events, resources } = write('sqs', { queue: 'big-orders' }, { create: true });
  const properties = (id: string) => resources?.[id] as { Properties: Record<string, unknown> };

  it('is a queue that hides messages for six times the timeout of the function', () => {
    expect(properties('BigOrdersQueue').Properties).toMatchObject({
      QueueName: expect.stringMatching(/^\$\{self:service\}-\$\{sls:stage\}-big-orders$/),
      VisibilityTimeout: 60,
    });
  });

  it('is a second queue, which gets what fails three times and keeps it for 14 days', () => {
    expect(properties('BigOrdersQueue').Properties.RedrivePolicy).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': ['BigOrdersDeadLetterQueue', 'Arn'] },
      maxReceiveCount: 3,
    });
    expect(properties('BigOrdersDeadLetterQueue').Properties.MessageRetentionPeriod).toBe(
      1_209_600,
    );
  });

  it('is read by the function, which reports the messages that fail', () => {
    expect(events).toEqual([
      {
        kind: 'sqs',
        settings: {
          arn: { 'Fn::GetAtt': ['BigOrdersQueue', 'Arn'] },
          functionResponseType: 'ReportBatchItemFailures',
        },
      },
    ]);
  });

  it('is two FIFO queues for a name that ends so', () => {
    const made = write('sqs', { queue: 'orders.fifo' }, { create: true }).resources;
    expect(made).toMatchObject({
      OrdersQueue: {
        Properties: { QueueName: expect.stringMatching(/-orders\.fifo$/), FifoQueue: true },
      },
      OrdersDeadLetterQueue: {
        Properties: {
          QueueName: expect.stringMatching(/-orders-dead-letters\.fifo$/),
          FifoQueue: true,
        },
      },
    });
  });
});

describe('a resource that exists', () => {
  const resources = {
    Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'shop-orders' } },
    Items: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    Notices: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'notices' } },
  };
  const arnOf = (queue: string) =>
    recordOf(write('sqs', { queue }, { resources }).events[0]?.settings).arn;

  it.each([
    ['by its ARN', ARN, ARN],
    ['by its logical id', 'Orders', { 'Fn::GetAtt': ['Orders', 'Arn'] }],
    ['by its name', 'shop-orders', { 'Fn::GetAtt': ['Orders', 'Arn'] }],
    ['as an import', 'import:OrdersArn', { 'Fn::ImportValue': 'OrdersArn' }],
  ])('is named %s', (_, given, written) => {
    expect(arnOf(given)).toEqual(written);
  });

  it('has to be of the kind that the source reads', () => {
    expect(() => arnOf('Notices')).toThrow(UsageError);
    expect(() => arnOf('other')).toThrow('--queue: serverless.yml has no queue "other".');
  });

  it('is refused with --create where it is named by an ARN', () => {
    for (const [source, given] of [
      ['sqs', { queue: ARN }],
      ['sns', { topic: 'import:Notices' }],
      ['dynamodb', { table: 'arn:aws:dynamodb:us-east-1:123456789012:table/a/stream/b' }],
      ['kinesis', { stream: 'arn:aws:kinesis:us-east-1:123456789012:stream/a' }],
    ] as const) {
      expect(() => write(source, given, { create: true }), source).toThrow(
        'is that of one that exists',
      );
    }
  });

  it('has a stream if it is a table', () => {
    const table = (name: string) => () => write('dynamodb', { table: name }, { resources });
    expect(table('Items')).toThrow('--table: "Items" has no stream.');
    expect(table('arn:aws:dynamodb:us-east-1:123456789012:table/items')).toThrow('has no stream.');
  });

  it('of SNS is the topic with a name for its subscription', () => {
    expect(write('sns', { topic: 'notices' }, { resources }).events).toEqual([
      { kind: 'sns', settings: { arn: { Ref: 'Notices' }, topicName: 'notices' } },
    ]);
  });
});

describe('functions of other sources', () => {
  it('have a schedule of EventBridge, or of its Scheduler where a time zone is given', () => {
    expect(write('schedule', { rate: 'rate(1 hour)' }).events[0]?.settings).toBe('rate(1 hour)');
    const zoned = write('schedule', { cron: 'cron(0 12 * * ? *)', timezone: 'Europe/Berlin' });
    expect(zoned.events[0]?.settings).toEqual({
      ...{ rate: ['cron(0 12 * * ? *)'], method: 'scheduler', timezone: 'Europe/Berlin' },
    });
  });

  it('have the next free priority at a load balancer', () => {
    const { events } = write('alb', { listener: 'arn:l' }, { priorities: [3, 7] });
    expect(events[0]?.settings).toMatchObject({ priority: 8, conditions: { path: '/onOrder' } });
  });

  it('may read the objects of a bucket that is made for them', () => {
    const { events, statements } = write('s3', { bucket: 'acme' }, { create: true });
    expect(events[0]?.settings).not.toHaveProperty('existing');
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::acme/*'] },
    ]);
    expect(write('s3', { bucket: 'acme' }).events[0]?.settings).toHaveProperty('existing', true);
  });

  it('without an event in serverless.yml say what has to name them', () => {
    for (const [name, { key }] of Object.entries(EVENT_SOURCES)) {
      const arn = (service: string) => `arn:aws:${service}:us-east-1:123456789012:a/stream/b`;
      const given = {
        ...{ queue: ARN, topic: arn('sns'), stream: arn('kinesis'), table: arn('dynamodb') },
      };
      const { events, note } = write(name as EventSourceName, given);
      expect([events.length, note !== undefined], name).toEqual(key ? [1, false] : [0, true]);
    }
  });
});

describe('the options of a source', () => {
  it.each([
    ['10 minutes', 'rate(10 minutes)'],
    ['rate(1 day)', 'rate(1 day)'],
    ['cron(0 12 * * ? *)', 'cron(0 12 * * ? *)'],
  ])('take %s as a rate', (text, rate) => {
    expect(scheduleRate(text)).toBe(rate);
  });

  it.each([
    ['1 minutes', '1 minute'],
    ['10 minute', '10 minutes'],
    ['often', '10 minutes'],
    ['0 days', '10 minutes'],
    ['cron(* * * * *)', '0 12 * * ? *'],
  ])('refuse %s as a rate and suggest %s', (text, suggestion) => {
    expect(() => scheduleRate(text)).toThrow(InvalidValueError);
    expect(() => scheduleRate(text)).toThrow(expect.objectContaining({ suggestion }));
  });

  it('take six fields of cron, of which one day is a question mark', () => {
    expect(scheduleCron('0 12 ? * MON-FRI *')).toBe('cron(0 12 ? * MON-FRI *)');
    expect(() => scheduleCron('0 12 * * * *')).toThrow(InvalidValueError);
    expect(() => scheduleCron('0 12 ? * ? *')).toThrow(InvalidValueError);
    expect(() => scheduleCron("0 12 * * ? ')")).toThrow(InvalidValueError);
  });

  it('take the time zones that are known', () => {
    expect(timeZone('Europe/Berlin')).toBe('Europe/Berlin');
    expect(() => timeZone('Mars/Olympus')).toThrow(InvalidValueError);
  });

  it('take a pattern with the fields of events', () => {
    expect(eventPattern('{"source":["a"]}')).toEqual({ source: ['a'] });
    for (const text of ['{', '[]', '{}', '{"sorce":["a"]}']) {
      expect(() => eventPattern(text), text).toThrow(InvalidValueError);
    }
  });
});
