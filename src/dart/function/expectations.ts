import type { EventSourceName } from '../../service/event-sources.ts';
import { type Code, call, entry, literal } from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';

/** Names an expression of a test, and what it must be. */
type Expectation = readonly [actual: Code, expected: Code];

/** Writes the value at a path of an event as Dart. */
type ValueAt = (...path: readonly (string | number)[]) => string;

/**
 * Lists what a test expects of the `response` of a function to an `event`, or of the event where nothing
 * is returned.
 *
 * @param event the JSON of the event
 */
export function expectationsOf(
  source: Exclude<EventSourceName, 'authorizer'>,
  kind: string | undefined,
  event: unknown,
): readonly Expectation[] {
  const find = (path: readonly (string | number)[]): unknown =>
    path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], event);
  const value: ValueAt = (...path) => dartValue(find(path));
  if (source === 'cognito') {
    const expected = TRIGGERS[kind ?? ''];
    return [expected?.(value) ?? ['response', 'event.raw']];
  }
  return SOURCES[source](value);
}

const NO_FAILURES: Expectation = ['response.failures', 'isEmpty'];
const OK: Expectation = ['response.statusCode', '200'];

const fromBus = (value: ValueAt): readonly Expectation[] => [
  ['event.source', value('source')],
  ['event.detailType', value('detail-type')],
];

const SOURCES: Readonly<
  Record<
    Exclude<EventSourceName, 'authorizer' | 'cognito'>,
    (value: ValueAt) => readonly Expectation[]
  >
> = {
  sqs: (value) => [
    NO_FAILURES,
    ['event.records.first.messageId', value('Records', 0, 'messageId')],
  ],
  kinesis: (value) => [
    NO_FAILURES,
    ['event.records.first.partitionKey', value('Records', 0, 'kinesis', 'partitionKey')],
  ],
  dynamodb: (value) => [
    NO_FAILURES,
    ['event.records.first.eventName', value('Records', 0, 'eventName')],
  ],
  sns: (value) => [['event.records.first.message', value('Records', 0, 'Sns', 'Message')]],
  s3: (value) => [['event.records.first.bucket.name', value('Records', 0, 's3', 'bucket', 'name')]],
  schedule: fromBus,
  eventbridge: fromBus,
  logs: () => [['event.logEvents', 'isNotEmpty']],
  firehose: (value) => [
    ["response.records.first.toJson()['recordId']", value('records', 0, 'recordId')],
  ],
  ses: (value) => [
    ['response', 'AwsSesResponse.proceed'],
    ['event.records.first.mail.source', value('Records', 0, 'ses', 'mail', 'source')],
  ],
  iot: () => [['event.raw', 'isNotEmpty']],
  alb: (value) => [
    OK,
    [
      'json.decode(response.body)',
      literal('{', [entry("'message':", value('path').replace("'", "'Hello from "))]),
    ],
  ],
  websocket: (value) => [OK, ['event.connectionId', value('requestContext', 'connectionId')]],
  appsync: (value) => [
    ["response['id']", value('arguments', 'id')],
    ["response['field']", value('info', 'fieldName')],
  ],
};

const RESPONSE = "response['response']";

/** Says what each trigger of Cognito returns, if it is not the event as it came. */
const TRIGGERS: Readonly<Record<string, (value: ValueAt) => Expectation>> = {
  PreSignUp: () => [
    RESPONSE,
    literal('{', [
      "'autoConfirmUser': false",
      "'autoVerifyEmail': false",
      "'autoVerifyPhone': false",
    ]),
  ],
  PreTokenGeneration: () => ['json.encode(response)', call('contains', [`'"language":"'`])],
  CustomMessage: (value) => [
    RESPONSE,
    call('containsPair', [
      "'smsMessage'",
      value('request', 'codeParameter').replace(/^'(.*)'$/s, "'Your code is $1.'"),
    ]),
  ],
  DefineAuthChallenge: () => [RESPONSE, call('containsPair', ["'issueTokens'", 'false'])],
  CreateAuthChallenge: () => [
    RESPONSE,
    call('containsPair', [
      "'privateChallengeParameters'",
      call('containsPair', ["'code'", 'hasLength(6)']),
    ]),
  ],
  VerifyAuthChallengeResponse: () => [RESPONSE, literal('{', ["'answerCorrect': false"])],
};

/** Writes a value of JSON that is no object or array as Dart. */
function dartValue(value: unknown): string {
  return typeof value === 'string' ? dartString(value) : String(value ?? null);
}
