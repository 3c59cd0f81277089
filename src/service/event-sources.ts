/** Describes a source of events that is no HTTP API, and what reads and answers its events. */
export interface EventSource {
  /** What calls the function, as a noun with its article: `messages of an SQS queue`. */
  readonly about: string;
  /**
   * The key of the event in serverless.yml
   * (https://github.com/oss-serverless/osls/tree/main/docs/events); undefined where osls has none and
   * something else names the function: an authorizer of a route, a Firehose stream, an SES rule.
   */
  readonly key: string | undefined;
  /** The file of `lib/runtime/events/` that declares the event, without its extension. */
  readonly library: string;
  /** The Dart class of the event, or the classes of the source's kinds by their names. */
  readonly event: string | Readonly<Record<string, string>>;
}

/**
 * The Dart classes of the triggers of a Cognito user pool, by the names that serverless.yml has for them
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html).
 */
const TRIGGER_EVENTS = {
  PreSignUp: 'AwsCognitoPreSignUpEvent',
  PostConfirmation: 'AwsCognitoPostConfirmationEvent',
  PreAuthentication: 'AwsCognitoPreAuthenticationEvent',
  PostAuthentication: 'AwsCognitoPostAuthenticationEvent',
  PreTokenGeneration: 'AwsCognitoPreTokenGenerationEvent',
  CustomMessage: 'AwsCognitoCustomMessageEvent',
  UserMigration: 'AwsCognitoUserMigrationEvent',
  DefineAuthChallenge: 'AwsCognitoDefineAuthChallengeEvent',
  CreateAuthChallenge: 'AwsCognitoCreateAuthChallengeEvent',
  VerifyAuthChallengeResponse: 'AwsCognitoVerifyAuthChallengeResponseEvent',
  CustomEmailSender: 'AwsCognitoCustomEmailSenderEvent',
  CustomSMSSender: 'AwsCognitoCustomSmsSenderEvent',
} as const;

/** The Dart classes of the events of the types of Lambda authorizers. */
const AUTHORIZER_EVENTS = {
  token: 'AwsTokenAuthorizerEvent',
  request: 'AwsRequestAuthorizerEvent',
  http: 'AwsHttpAuthorizerEvent',
} as const;

/** The sources of events by name, as `add-function --event` takes it. */
export const EVENT_SOURCES = {
  sqs: source('messages of an SQS queue', 'sqs', 'sqs', 'AwsSqsEvent'),
  sns: source('notifications of an SNS topic', 'sns', 'sns', 'AwsSnsEvent'),
  s3: source('changes of objects in an S3 bucket', 's3', 's3', 'AwsS3Event'),
  dynamodb: source(
    'changes of a DynamoDB table, from its stream',
    'stream',
    'dynamodb',
    'AwsDynamoDbEvent',
  ),
  kinesis: source('records of a Kinesis data stream', 'stream', 'kinesis', 'AwsKinesisEvent'),
  schedule: source('a schedule', 'schedule', 'eventbridge', 'AwsEventBridgeEvent'),
  eventbridge: source(
    'events of an EventBridge bus',
    'eventBridge',
    'eventbridge',
    'AwsEventBridgeEvent',
  ),
  logs: source(
    'log lines of a CloudWatch log group',
    'cloudwatchLog',
    'cloudwatch_logs',
    'AwsCloudWatchLogsEvent',
  ),
  cognito: source('a trigger of a Cognito user pool', 'cognitoUserPool', 'cognito', TRIGGER_EVENTS),
  firehose: source(
    'records that a Firehose stream has transformed',
    undefined,
    'firehose',
    'AwsFirehoseEvent',
  ),
  ses: source('emails that SES receives', undefined, 'ses', 'AwsSesEvent'),
  iot: source('messages that an IoT rule selects', 'iot', 'iot', 'AwsIotEvent'),
  alb: source('requests of an Application Load Balancer', 'alb', 'alb', 'AwsAlbEvent'),
  websocket: source('a route of a WebSocket API', 'websocket', 'websocket', 'AwsWebSocketEvent'),
  authorizer: source('an authorizer of an API', undefined, 'authorizer', AUTHORIZER_EVENTS),
  appsync: source('a resolver of an AppSync API', undefined, 'appsync', 'AwsAppSyncEvent'),
} as const satisfies Record<string, EventSource>;

export type EventSourceName = keyof typeof EVENT_SOURCES;

function source(
  about: string,
  key: string | undefined,
  library: string,
  event: EventSource['event'],
): EventSource {
  return { about, key, library, event };
}

/** Names the kinds of a source's events, of which a function has one; empty for a source of one kind. */
export function kindsOf(source: EventSourceName): readonly string[] {
  const { event } = EVENT_SOURCES[source];
  return typeof event === 'string' ? [] : Object.keys(event);
}

/** Lists the Dart classes of a source's events: one, or one for each of its kinds. */
export function eventClasses(source: EventSourceName): readonly string[] {
  const { event }: EventSource = EVENT_SOURCES[source];
  return typeof event === 'string' ? [event] : Object.values(event);
}

/**
 * Returns the Dart class of an event.
 *
 * @param kind one of {@link kindsOf}, for a source that has them
 */
export function eventClass(source: EventSourceName, kind?: string): string {
  const { event }: EventSource = EVENT_SOURCES[source];
  const name = typeof event === 'string' ? event : event[kind ?? ''];
  if (name === undefined) throw new Error(`${source} has no events of the kind ${kind}`);
  return name;
}
