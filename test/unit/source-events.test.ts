import { describe, expect, it } from 'vitest';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

/** Reads the sources of a function with these events and resources. */
const sources = (events: string, resources = '') => {
  const text = `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions:
  work:
    handler: main.work
    events:
${events}
${resources}`;
  const { service } = readServerlessYml(text, { file: 'serverless.yml', env: {} });
  return service.functions[0]?.sources;
};

describe('the events that are no routes', () => {
  it('are absent where all are routes', () => {
    expect(sources('      - http: GET /a')).toBeUndefined();
  });

  it('are queues by ARN, with the defaults of Lambda', () => {
    expect(sources('      - sqs: arn:aws:sqs:eu-west-1:123456789012:orders')).toEqual([
      {
        source: 'sqs',
        name: 'orders',
        arn: 'arn:aws:sqs:eu-west-1:123456789012:orders',
        enabled: true,
        batchSize: 10,
        window: 0,
        reportsFailures: false,
        filters: [],
      },
    ]);
  });

  it.each(['!GetAtt Orders.Arn', '{ Fn::GetAtt: [Orders, Arn] }'])(
    'are queues of the service with their settings: %s',
    (arn) => {
      const events = `      - sqs:
          arn: ${arn}
          batchSize: 5
          maximumBatchingWindow: 2
          functionResponseType: ReportBatchItemFailures
          enabled: false
          filterPatterns: [{ body: { kind: [new] } }]`;
      const resources =
        'resources: { Resources: { Orders: { Type: AWS::SQS::Queue, Properties: { QueueName: orders.fifo } } } }';
      expect(sources(events, resources)).toEqual([
        {
          source: 'sqs',
          name: 'orders.fifo',
          logicalId: 'Orders',
          enabled: false,
          batchSize: 5,
          window: 2,
          reportsFailures: true,
          filters: [{ body: { kind: ['new'] } }],
        },
      ]);
    },
  );

  it('are streams', () => {
    const events = `      - stream: arn:aws:kinesis:eu-west-1:123456789012:stream/clicks
      - stream:
          type: dynamodb
          arn: arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2025-01-01T00:00:00.000
          startingPosition: LATEST
          maximumRetryAttempts: 2
          bisectBatchOnFunctionError: true
          destinations: { onFailure: arn:aws:sqs:eu-west-1:123456789012:failed }`;
    expect(sources(events)).toMatchObject([
      { source: 'kinesis', name: 'clicks', batchSize: 100, startingPosition: 'TRIM_HORIZON' },
      {
        source: 'dynamodb',
        name: 'orders',
        startingPosition: 'LATEST',
        retries: 2,
        bisects: true,
        onFailure: { name: 'failed' },
      },
    ]);
  });

  it('are schedules, also those of EventBridge', () => {
    const events = `      - schedule: rate(5 minutes)
      - schedule: { rate: [cron(0 12 * * ? *), rate(1 day)], enabled: false, input: { a: 1 }, method: scheduler, timezone: Europe/Vienna }
      - eventBridge: { schedule: rate(1 hour) }`;
    expect(sources(events)).toEqual([
      { source: 'schedule', rates: ['rate(5 minutes)'], enabled: true },
      {
        source: 'schedule',
        rates: ['cron(0 12 * * ? *)', 'rate(1 day)'],
        enabled: false,
        method: 'scheduler',
        timezone: 'Europe/Vienna',
        input: { a: 1 },
      },
      { source: 'schedule', rates: ['rate(1 hour)'], enabled: true },
    ]);
  });

  it('are buckets, topics, patterns, triggers and others', () => {
    const events = `      - s3: { bucket: photos, event: 's3:ObjectRemoved:*', rules: [{ prefix: up/ }, { suffix: .jpg }] }
      - sns: orders
      - eventBridge: { pattern: { source: [com.shop] } }
      - cognitoUserPool: { pool: users, trigger: PostConfirmation }
      - cloudwatchLog: /aws/lambda/other
      - sqs: \${cf:other.queue}`;
    expect(sources(events)).toEqual([
      { source: 's3', name: 'photos', event: 's3:ObjectRemoved:*', prefix: 'up/', suffix: '.jpg' },
      { source: 'sns', name: 'orders' },
      { source: 'eventbridge', pattern: { source: ['com.shop'] } },
      { source: 'cognito', name: 'users', trigger: 'PostConfirmation' },
      { source: 'logs', logGroup: '/aws/lambda/other' },
    ]);
  });
});
