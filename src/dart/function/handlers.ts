import { EVENT_SOURCES, type EventSourceName } from '../../service/event-sources.ts';
import { snakeCase } from '../identifiers.ts';

/** Describes the handler of a source's events. */
export interface HandlerKind {
  /** The file of templates/function/handlers/ with its body, and of tests/ with the checks. */
  readonly template: string;
  /** The type of its response. */
  readonly returns: string;
  /** Whether it is `async`; it returns the future of something else otherwise. */
  readonly isAsync: boolean;
  /** The libraries of the Dart SDK that it imports. */
  readonly dartLibraries: readonly string[];
  /** The name of its test. */
  readonly behaviour: string;
  /** Its doc comment. */
  readonly about: string;
}

const BATCH = { returns: 'BatchResponse', isAsync: false, behaviour: 'takes every record' };
const SILENT = { returns: 'void', behaviour: 'takes the event' };
const OWN = 'Map<String, dynamic>';

type Own = Partial<Omit<HandlerKind, 'template' | 'about'>>;

const SOURCES: Readonly<Record<EventSourceName, Own>> = {
  sqs: { ...BATCH, behaviour: 'takes every message' },
  sns: SILENT,
  s3: SILENT,
  dynamodb: BATCH,
  kinesis: BATCH,
  schedule: SILENT,
  eventbridge: SILENT,
  logs: SILENT,
  cognito: { returns: OWN, behaviour: 'returns the event' },
  firehose: { returns: 'AwsFirehoseResponse', behaviour: 'has a result for each record' },
  ses: { returns: 'AwsSesResponse', behaviour: 'lets the email pass' },
  iot: SILENT,
  alb: { returns: 'AwsAlbResponse', behaviour: 'responds with the path' },
  websocket: { returns: 'AwsWebSocketResponse', behaviour: 'accepts the event' },
  authorizer: {
    returns: 'AwsAuthorizerResponse',
    behaviour: 'lets nobody in without the secret',
    dartLibraries: ['io'],
  },
  appsync: { returns: OWN, behaviour: 'resolves the field' },
};

/** The triggers of Cognito that have something to say; the others return the event as it is. */
const TRIGGERS: Readonly<Record<string, Own>> = {
  PreSignUp: { behaviour: 'says whether the user is confirmed' },
  PreTokenGeneration: { behaviour: 'adds a claim to the token' },
  CustomMessage: { behaviour: 'writes the code into the email' },
  UserMigration: { behaviour: 'knows no user yet' },
  DefineAuthChallenge: { behaviour: 'issues no tokens for nothing' },
  CreateAuthChallenge: {
    behaviour: 'keeps the code for the check',
    dartLibraries: ['math'],
  },
  VerifyAuthChallengeResponse: { behaviour: 'refuses a wrong answer' },
};

/** Returns how a function of that source, and that kind of its events, is written. */
export function handlerKind(source: EventSourceName, kind?: string): HandlerKind {
  const hasOwnFile = source === 'authorizer' || TRIGGERS[kind ?? ''] !== undefined;
  return {
    template: snakeCase(hasOwnFile ? `${source}-${kind}` : source),
    returns: 'void',
    isAsync: true,
    dartLibraries: [],
    behaviour: '',
    about: aboutOf(source, kind),
    ...SOURCES[source],
    ...(source === 'cognito' && TRIGGERS[kind ?? '']),
  };
}

/** What the handlers do of whose events that says more than that they handle them. */
const ABOUT: Readonly<Partial<Record<EventSourceName, string>>> = {
  schedule: 'Runs when the schedule is due.',
  logs: 'Handles lines of a CloudWatch log group.',
  firehose: 'Transforms records of a Firehose stream.',
  authorizer: 'Decides who may call the API.',
  appsync: 'Resolves a field of an AppSync API.',
};

function aboutOf(source: EventSourceName, kind: string | undefined): string {
  if (source === 'cognito') return `Handles the trigger ${kind} of a Cognito user pool.`;
  return ABOUT[source] ?? `Handles ${EVENT_SOURCES[source].about}.`;
}
