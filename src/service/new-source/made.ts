/** The resources that the events of new functions come from, and how they are made. */

import { logicalId } from '../endpoint/problem.ts';
import type { Written, WrittenMap } from '../new-function.ts';
import { type ResourceKind, staged } from './resources.ts';

export const QUEUE: ResourceKind = {
  ...{ kind: 'queue', type: 'AWS::SQS::Queue' },
  ...{ nameProperty: 'QueueName', attribute: 'Arn' },
  ...{ service: 'sqs', names: /^[\w-]{1,75}(\.fifo)?$/ },
};
export const TOPIC: ResourceKind = {
  ...{ kind: 'topic', type: 'AWS::SNS::Topic' },
  ...{ nameProperty: 'TopicName', attribute: 'Ref' },
  // Lambda takes no events of a FIFO topic.
  ...{ service: 'sns', names: /^[\w-]{1,256}$/ },
};
export const TABLE: ResourceKind = {
  ...{ kind: 'table', type: 'AWS::DynamoDB::Table' },
  ...{ nameProperty: 'TableName', attribute: 'StreamArn' },
  ...{ service: 'dynamodb', names: /^[\w.-]{1,255}$/ },
};
export const STREAM: ResourceKind = {
  ...{ kind: 'stream', type: 'AWS::Kinesis::Stream' },
  ...{ nameProperty: 'Name', attribute: 'Arn' },
  ...{ service: 'kinesis', names: /^[\w.-]{1,128}$/ },
};

/** How long a dead-letter queue keeps messages: the most that SQS allows, 14 days in seconds. */
const RETENTION = 1_209_600;
/** How often a message is received before it is a dead letter. */
const RECEIVES = 3;
/**
 * AWS's advice for the visibility timeout of a queue, as a multiple of the function's timeout
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
export const VISIBILITY = 6;

/** Returns the map without what is undefined. */
export function map(entries: Readonly<Record<string, Written | undefined>>): WrittenMap {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as WrittenMap;
}

/** Makes a queue, and one for the messages that fail. */
export function queues(id: string, name: string, timeout: number): WrittenMap {
  const [base = name, fifo] = name.split(/(?=\.fifo$)/);
  const deadLetters = id.replace(/Queue$/, 'DeadLetterQueue');
  const both = map({ FifoQueue: fifo === undefined ? undefined : true });
  const redrive = {
    deadLetterTargetArn: { 'Fn::GetAtt': [deadLetters, 'Arn'] },
    maxReceiveCount: RECEIVES,
  };
  return {
    [id]: {
      Type: QUEUE.type,
      Properties: {
        QueueName: staged(name),
        ...both,
        VisibilityTimeout: VISIBILITY * timeout,
        RedrivePolicy: redrive,
      },
    },
    [deadLetters]: {
      Type: QUEUE.type,
      Properties: {
        QueueName: staged(`${base}-dead-letters${fifo ?? ''}`),
        ...both,
        MessageRetentionPeriod: RETENTION,
      },
    },
  };
}

/** Makes a table with a stream, whose items have the key `id`. */
export const tableOf = (name: string): WrittenMap => ({
  Type: TABLE.type,
  Properties: {
    TableName: staged(name),
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
});

export const onDemand = (name: string): WrittenMap => ({
  Type: STREAM.type,
  Properties: { Name: staged(name), StreamModeDetails: { StreamMode: 'ON_DEMAND' } },
});

/** Lets SES of the own account call the function. */
export const permission = (key: string): WrittenMap => ({
  [`${logicalId(key)}SesPermission`]: {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [`${logicalId(key)}LambdaFunction`, 'Arn'] },
      Principal: 'ses.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    },
  },
});
