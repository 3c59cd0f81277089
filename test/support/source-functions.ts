import type { NewFunction } from '../../src/service/new-function.ts';

const QUEUE_ARN = { 'Fn::GetAtt': ['OrderQueue', 'Arn'] };

/** Functions of several sources, with all kinds of what they need besides. */
export const sourceFunctions: Readonly<Record<string, NewFunction>> = {
  'sqs with its resources': {
    key: 'onOrder',
    handler: 'main.onOrder',
    settings: { timeout: 30 },
    events: [
      {
        kind: 'sqs',
        settings: { arn: QUEUE_ARN, functionResponseType: 'ReportBatchItemFailures' },
      },
    ],
    resources: {
      OrderQueue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 180,
          RedrivePolicy: {
            deadLetterTargetArn: { 'Fn::GetAtt': ['OrderQueueDeadLetters', 'Arn'] },
            maxReceiveCount: 3,
          },
        },
      },
      OrderQueueDeadLetters: {
        Type: 'AWS::SQS::Queue',
        Properties: { MessageRetentionPeriod: 1_209_600 },
      },
    },
    statements: [{ Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: QUEUE_ARN }],
  },
  'a schedule in its short form': {
    key: 'onTick',
    handler: 'main.onTick',
    events: [{ kind: 'schedule', settings: 'rate(1 hour)' }],
  },
  's3 with rules': {
    key: 'onUpload',
    handler: 'main.onUpload',
    events: [
      {
        kind: 's3',
        settings: {
          bucket: 'shop-uploads',
          event: 's3:ObjectCreated:*',
          rules: [{ prefix: 'in/' }, { suffix: '.jpg' }],
          existing: true,
        },
      },
    ],
  },
  'no events': { key: 'onMail', handler: 'main.onMail', events: [] },
};
