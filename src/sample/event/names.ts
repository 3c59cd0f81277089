/**
 * Describes the sample events by name. The gateway makes those of API Gateway and of function
 * URLs; the others are the files of templates/events/.
 */
export const SAMPLE_EVENTS = {
  'apigw-rest': 'a request of an API Gateway REST API (payload 1.0)',
  'apigw-http': 'a request of an API Gateway HTTP API (payload 2.0, or 1.0 if set)',
  'function-url': 'a request of a Lambda function URL',
  alb: 'a request of an Application Load Balancer',
  s3: 'an object was created in an S3 bucket',
  sqs: 'a message of an SQS queue',
  sns: 'a notification of an SNS topic',
  eventbridge: 'an event of an EventBridge bus',
  schedule: 'an EventBridge schedule is due',
  dynamodb: 'two records of a DynamoDB stream',
  kinesis: 'a record of a Kinesis data stream',
  cognito: 'a user signs up in a Cognito user pool (pre sign-up trigger)',
  logs: 'a line of a CloudWatch log group',
  firehose: 'a record that Firehose has transformed',
  ses: 'an email that SES has received',
  iot: 'a message that an IoT rule has selected',
  websocket: 'a message to a WebSocket API',
  'authorizer-token': 'a request to a Lambda authorizer of a REST API (type token)',
  'authorizer-request': 'a request to a Lambda authorizer of the type request (payload 1.0)',
  'authorizer-http': 'a request to a Lambda authorizer of an HTTP API (payload 2.0)',
  appsync: 'a field of an AppSync API is resolved',
} as const;

export type SampleName = keyof typeof SAMPLE_EVENTS;

/** The samples that are HTTP requests. */
const HTTP_SAMPLES = ['apigw-rest', 'apigw-http', 'function-url', 'alb'] as const;
export type HttpSampleName = (typeof HTTP_SAMPLES)[number];

/** Returns whether the text names a sample. */
export function isSampleName(text: string): text is SampleName {
  return Object.hasOwn(SAMPLE_EVENTS, text);
}

/** Returns whether the sample is an HTTP request. */
export function isHttpSample(name: SampleName): name is HttpSampleName {
  return (HTTP_SAMPLES as readonly SampleName[]).includes(name);
}
