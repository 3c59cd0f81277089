import { ACCOUNT_ID } from '../../service/defaults.ts';
import type {
  BucketSource,
  FunctionSource,
  PatternSource,
  PoolSource,
  SourceResource,
} from '../../service/function-source.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import { withLogData } from './log-data.ts';
import { withRoute } from './websocket.ts';

type Json = Record<string, unknown>;

/**
 * Fits a sample event to the configuration of its source: the ARN of its queue, the prefix of its
 * bucket, its pattern, its trigger, its log group, its route.
 */
export function fitEvent(sample: object, source: FunctionSource, region: string): unknown {
  const arnOf = (service: string, path = '') => {
    const name = source as SourceResource;
    const last = name.name ?? name.logicalId;
    return name.arn ?? (last && `arn:aws:${service}:${region}:${ACCOUNT_ID}:${path}${last}`);
  };
  const event = structuredClone(sample) as Json;
  switch (source.source) {
    case 'sqs':
      return withRecords(event, { eventSourceARN: arnOf('sqs') });
    case 'kinesis':
      return withRecords(event, { eventSourceARN: arnOf('kinesis', 'stream/') });
    case 'dynamodb':
      return withRecords(event, { eventSourceARN: streamArn(arnOf('dynamodb', 'table/')) });
    case 'sns':
      return withTopic(event, arnOf('sns'));
    case 's3':
      return withBucket(event, source);
    case 'cognito':
      return withTrigger(event, source);
    case 'eventbridge':
      return 'input' in source ? source.input : withPattern(event, source);
    case 'schedule':
      return 'input' in source ? source.input : event;
    case 'logs': {
      const { logGroup } = source;
      return logGroup === undefined ? event : withLogData(event, (data) => ({ ...data, logGroup }));
    }
    case 'websocket':
      return source.route === undefined ? event : withRoute(event, source.route);
    default:
      return event;
  }
}

/** Returns the event of a schedule that is due at that time. */
export const dueAt = (event: object, time: Date): object => ({
  ...event,
  time: `${time.toISOString().slice(0, 19)}Z`,
});

/** Returns the ARN of a table's stream, which the table's own ARN lacks. */
const streamArn = (arn: string | undefined): string | undefined =>
  arn === undefined || arn.includes('/stream/') ? arn : `${arn}/stream/2025-08-01T00:00:00.000`;

/** Returns the event with properties of every record; undefined ones stay as they are. */
function withRecords(event: Json, properties: Json): Json {
  const known = Object.entries(properties).filter(([, value]) => value !== undefined);
  const records = (event.Records as Json[]).map((record) => ({
    ...record,
    ...Object.fromEntries(known),
  }));
  return { ...event, Records: records };
}

function withTopic(event: Json, arn: string | undefined): Json {
  if (arn === undefined) return event;
  const [record] = event.Records as Json[];
  const before = String(recordOf(record?.Sns).TopicArn);
  return JSON.parse(JSON.stringify(event).replaceAll(before, arn));
}

/** The last part of the event's name where every one of its kind is wanted. */
const FIRST_OF_KIND: Readonly<Record<string, string>> = {
  ObjectCreated: 'Put',
  ObjectRemoved: 'Delete',
  ObjectRestore: 'Post',
  ObjectTagging: 'Put',
  LifecycleExpiration: 'Delete',
};

function withBucket(
  event: Json,
  { name, logicalId, event: kind, prefix, suffix }: BucketSource,
): Json {
  const [record] = event.Records as Json[];
  const s3 = recordOf(record?.s3);
  const bucket = name ?? logicalId?.toLowerCase();
  const fits = prefix !== '' || suffix !== '';
  // As in a query, but with the slashes as they are.
  const key = encodeURIComponent(`${prefix}report${suffix || '.json'}`).replaceAll('%2F', '/');
  return withRecords(event, {
    eventName: kind.replace(/^s3:/, '').replace(/^(\w+):\*$/, (_, first: string) => {
      return `${first}:${FIRST_OF_KIND[first] ?? 'Put'}`;
    }),
    s3: {
      ...s3,
      ...(bucket && {
        bucket: { ...recordOf(s3.bucket), name: bucket, arn: `arn:aws:s3:::${bucket}` },
      }),
      ...(fits && { object: { ...recordOf(s3.object), key: key.replaceAll('%20', '+') } }),
    },
  });
}

/**
 * What calls a trigger first, and what it may set in the response
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html).
 */
const TRIGGERS: Readonly<Record<string, { readonly by: string; readonly response: object }>> = {
  PostConfirmation: { by: 'PostConfirmation_ConfirmSignUp', response: {} },
  PreAuthentication: { by: 'PreAuthentication_Authentication', response: {} },
  PostAuthentication: { by: 'PostAuthentication_Authentication', response: {} },
  PreTokenGeneration: {
    by: 'TokenGeneration_Authentication',
    response: { claimsOverrideDetails: null },
  },
  CustomMessage: {
    by: 'CustomMessage_SignUp',
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  },
  UserMigration: {
    by: 'UserMigration_Authentication',
    response: { userAttributes: null, finalUserStatus: null, messageAction: null },
  },
  DefineAuthChallenge: {
    by: 'DefineAuthChallenge_Authentication',
    response: { challengeName: null, issueTokens: null, failAuthentication: null },
  },
  CreateAuthChallenge: {
    by: 'CreateAuthChallenge_Authentication',
    response: { publicChallengeParameters: null, privateChallengeParameters: null },
  },
  VerifyAuthChallengeResponse: {
    by: 'VerifyAuthChallengeResponse_Authentication',
    response: { answerCorrect: null },
  },
  CustomEmailSender: { by: 'CustomEmailSender_SignUp', response: {} },
  CustomSMSSender: { by: 'CustomSMSSender_SignUp', response: {} },
};

/** What only the events of some triggers have in their request. */
const REQUESTS: Readonly<Record<string, object>> = {
  PostAuthentication: { newDeviceUsed: false },
  PreTokenGeneration: { groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [] } },
  CustomMessage: { codeParameter: '{####}', usernameParameter: null },
  UserMigration: { password: 'secret-7' },
  DefineAuthChallenge: { session: [], userNotFound: false },
  CreateAuthChallenge: { challengeName: 'CUSTOM_CHALLENGE', session: [], userNotFound: false },
  VerifyAuthChallengeResponse: { privateChallengeParameters: {}, challengeAnswer: '7' },
  CustomEmailSender: { type: 'customEmailSenderRequestV1', code: 'AYADeA==' },
  CustomSMSSender: { type: 'customSMSSenderRequestV1', code: 'AYADeA==' },
};

function withTrigger(event: Json, { trigger }: PoolSource): Json {
  const found = TRIGGERS[trigger];
  if (found === undefined) return event;
  const { validationData: _ofSignUp, ...request } = recordOf(event.request);
  return {
    ...event,
    triggerSource: found.by,
    request: { ...request, ...REQUESTS[trigger] },
    response: found.response,
  };
}

function withPattern(event: Json, { pattern }: PatternSource): Json {
  const { detail, ...fields } = recordOf(matching(pattern));
  return { ...event, ...fields, ...(detail !== undefined && { detail }) };
}

/** Makes a value that matches an event pattern, as far as its rules name one. */
function matching(pattern: unknown): unknown {
  if (Array.isArray(pattern)) return matchingRule(pattern[0]);
  const known = Object.entries(recordOf(pattern))
    .filter(([key]) => !key.startsWith('$'))
    .map(([key, each]) => [key, matching(each)] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

function matchingRule(rule: unknown): unknown {
  if (!isRecord(rule)) return rule;
  const { prefix, suffix, numeric, exists, wildcard } = rule;
  const equal = rule['equals-ignore-case'];
  if (Array.isArray(numeric)) return numericExample(numeric);
  if (exists === true) return 'any';
  return [prefix, suffix, equal, wildcard].find((each) => typeof each === 'string');
}

function numericExample([operator, limit]: readonly unknown[]): number {
  const number = Number(limit);
  if (operator === '>') return number + 1;
  return operator === '<' ? number - 1 : number;
}
