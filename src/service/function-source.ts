import type { EventSourceName } from './event-sources.ts';

/** A resource that a source of events is: a queue, a stream, a table, a topic, a bucket or a pool. */
export interface SourceResource {
  /** Its name on AWS; absent where only CloudFormation knows it. */
  readonly name?: string;
  /** The ARN, as it is written. */
  readonly arn?: string;
  /** The logical id in the service's own `resources`. */
  readonly logicalId?: string;
}

/** The settings that all event source mappings have, with Lambda's defaults. */
interface Mapping extends SourceResource {
  readonly enabled: boolean;
  readonly batchSize: number;
  /** How long a batch is gathered, in seconds; absent where only AWS knows it. */
  readonly window?: number;
  /** Whether the function names the records that failed: `ReportBatchItemFailures`. */
  readonly reportsFailures: boolean;
  /** The patterns of which a record must match one; none where every record is delivered. */
  readonly filters: readonly unknown[];
}

/** The messages of an SQS queue. */
export interface QueueSource extends Mapping {
  readonly source: 'sqs';
}

/** The records of a Kinesis data stream, or of the stream of a DynamoDB table. */
export interface StreamSource extends Mapping {
  readonly source: 'kinesis' | 'dynamodb';
  readonly startingPosition: string;
  /** How often a failed batch is tried again; absent for as long as its records exist. */
  readonly retries?: number;
  readonly bisects: boolean;
  /** Where failed batches are reported. */
  readonly onFailure?: SourceResource;
}

export interface ScheduleSource {
  readonly source: 'schedule';
  /** Expressions such as `rate(5 minutes)` and `cron(0 12 * * ? *)`. */
  readonly rates: readonly string[];
  readonly enabled: boolean;
  /** EventBridge Scheduler; absent for a rule of EventBridge. */
  readonly method?: 'scheduler';
  /** The time zone of `method: scheduler`; UTC where absent. */
  readonly timezone?: string;
  /** Replaces the event. */
  readonly input?: unknown;
}

export interface PatternSource {
  readonly source: 'eventbridge';
  readonly pattern: Readonly<Record<string, unknown>>;
  readonly input?: unknown;
}

export interface BucketSource extends SourceResource {
  readonly source: 's3';
  /** For example `s3:ObjectCreated:*`. */
  readonly event: string;
  readonly prefix: string;
  readonly suffix: string;
}

export interface TopicSource extends SourceResource {
  readonly source: 'sns';
}

export interface PoolSource extends SourceResource {
  readonly source: 'cognito';
  /** For example `PreSignUp`. */
  readonly trigger: string;
}

export interface LogSource {
  readonly source: 'logs';
  /** The name of the log group; absent where only CloudFormation knows it. */
  readonly logGroup?: string;
}

export interface WebSocketSource {
  readonly source: 'websocket';
  /** For example `$connect`. */
  readonly route?: string;
}

/** The requests of routes that the function authorizes. */
export interface AuthorizerSource {
  readonly source: 'authorizer';
  readonly kind: 'token' | 'request' | 'http';
  /** The keys of the functions with these routes. */
  readonly of: readonly string[];
}

/** A source that has a type of its own. */
type TypedSource =
  | QueueSource
  | StreamSource
  | ScheduleSource
  | PatternSource
  | BucketSource
  | TopicSource
  | PoolSource
  | LogSource
  | WebSocketSource
  | AuthorizerSource;

/** A source whose settings nothing here needs. */
export interface OtherSource {
  readonly source: Exclude<EventSourceName, TypedSource['source']>;
  readonly settings: unknown;
}

/** What calls a function, and is no route of an HTTP API. */
export type FunctionSource = TypedSource | OtherSource;
