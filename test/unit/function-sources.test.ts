import { describe, expect, it } from 'vitest';
import { checkConsistency } from '../../src/consistency/check.ts';
import { readEntryFile } from '../../src/consistency/entry.ts';
import { checkSources } from '../../src/consistency/sources.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { readMainFile } from '../../src/dart/main/read.ts';
import { readEventHandler } from '../../src/dart/reading/event-handler.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

const parser = await loadDartParser();

const SQS = 'sqs: arn:aws:sqs:us-east-1:123456789012:jobs';
const REPORTING =
  'sqs: { arn: arn:aws:sqs:us-east-1:123456789012:jobs, functionResponseType: ReportBatchItemFailures }';
const PLAIN = 'Future<void> work(Context context, AwsSqsEvent event) async {}\n';
const BATCH = `Future<BatchResponse> work(Context context, AwsSqsEvent event) =>
    processBatch(event.records, (record) async {});
`;

interface Written {
  /** The events of the function `work`. */
  readonly events?: readonly string[];
  /** What registers its handler. */
  readonly call?: string;
  /** What declares its handler. */
  readonly handler?: string;
  /** The entries below the events. */
  readonly settings?: string;
  /** The properties of the queue `Jobs` of the service. */
  readonly queue?: string;
  /** The library of the runtime that lib/main.dart imports. */
  readonly runtime?: string;
  /** The rest of serverless.yml. */
  readonly more?: string;
}

/** What is found of a service with the function `work`. */
async function findings({
  events = [],
  call = "..registerHandler<AwsSqsEvent>('main.work', work, event: AwsSqsEvent.fromJson)",
  handler = PLAIN,
  settings = 'timeout: 5',
  queue = '{}',
  runtime = 'runtime/runtime.dart',
  more = '',
}: Written) {
  const file = 'serverless.yml';
  const text = `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions:
  work:
    handler: main.work
    ${settings}
    events: [${events.map((event) => `{ ${event} }`).join(', ')}]
${more}
resources:
  Resources:
    Jobs: { Type: 'AWS::SQS::Queue', Properties: ${queue} }
`;
  const read = readServerlessYml(text, { file, env: {} });
  const files: Record<string, string> = {
    'lib/main.dart': `import 'handlers/work.dart';
import '${runtime}';

void main() => (Runtime()
  ${call}).invoke();
`,
    'lib/handlers/work.dart': handler,
    'lib/runtime/runtime.dart': '',
  };
  const path = 'lib/main.dart';
  const entry = await readEntryFile(path, ['main.work'], 'shop', parser, async (it) => files[it]);
  const found = { file, chosePackage: true };
  const { functions } = checkConsistency({ ...read, ...found }, new Map([[path, entry]]), 'shop');
  const { problems, notes } = checkSources(functions, { ...read, parser, packageName: 'shop' });
  const show = ({ file: at, line, message }: (typeof problems)[number]) =>
    `${at}:${line} ${message}`;
  return { problems: problems.map(show), notes: notes.map(show) };
}

const NOTHING = { problems: [], notes: [] };

describe('the class of the registered event', () => {
  it.each([
    [SQS, '<AwsSqsEvent>', 'AwsSqsEvent'],
    ['cognitoUserPool: { pool: a, trigger: CustomMessage }', '', 'AwsCognitoCustomMessageEvent'],
    ['cognitoUserPool: { pool: a, trigger: CustomMessage }', '', 'AwsCognitoEvent'],
    ['schedule: { rate: rate(1 day), input: { a: 1 } }', '', 'AwsSqsEvent'],
    ['iot: { sql: SELECT 1 }', '<Reading>', 'Reading'],
    ['activemq: { arn: a }', '', 'AwsSqsEvent'],
  ])('is that of its source: %s', async (event, type, reader) => {
    const call = `..registerHandler${type}('main.work', work, event: ${reader}.fromJson)`;
    expect(await findings({ events: [event], call })).toEqual(NOTHING);
  });

  it.each([
    ['cloudwatchLog: /a', 'AwsCloudWatchLogsEvent'],
    ['cognitoUserPool: { pool: a, trigger: PreSignUp }', 'AwsCognitoPreSignUpEvent'],
    ['http: GET /a', 'AwsApiGatewayEvent'],
  ])('is not that of %s', async (event, other) => {
    expect((await findings({ events: [event] })).problems).toEqual([
      `lib/main.dart:5 main.work is registered for AwsSqsEvent, but its events are ${other}.`,
    ]);
  });

  it('is not that of every source', async () => {
    expect((await findings({ events: [SQS, 'sns: news'] })).problems).toEqual([
      'lib/main.dart:5 main.work is registered for AwsSqsEvent, but its events are AwsSqsEvent, AwsSnsEvent.',
    ]);
  });

  it('is that of the type of an authorizer', async () => {
    const more = `  hello: { handler: main.hello, events: [{ http: { method: GET, path: a, authorizer: work } }] }`;
    expect((await findings({ more })).problems).toEqual([
      'lib/main.dart:5 main.work is registered for AwsSqsEvent, but its events are AwsTokenAuthorizerEvent.',
    ]);
  });

  it.each([
    "..registerHandler<AwsSqsEvent>('main.work', work)",
    "..registerHandler('main.work', work)",
    "..registerEvent<AwsSnsEvent>(AwsSnsEvent.fromJson)..registerHandler('main.work', work)",
  ])('has nothing that reads it: %s', async (call) => {
    expect((await findings({ events: [SQS], call })).problems).toEqual([
      'lib/main.dart:5 main.work is registered without event: AwsSqsEvent.fromJson, so that nothing reads its events.',
    ]);
  });

  it.each([
    "..registerEvent<AwsSqsEvent>(AwsSqsEvent.fromJson)..registerHandler('main.work', work)",
    "..registerEvent(AwsSqsEvent.fromJson)..registerHandler('main.work', work)",
    "..registerHandler<Map<String, dynamic>>('main.work', work)",
  ])('is read: %s', async (call) => {
    expect(await findings({ events: [SQS], call })).toEqual(NOTHING);
  });

  it('is not known of a package', async () => {
    const call = "..registerHandler<AwsS3Event>('main.work', work)";
    const runtime = 'package:aws_lambda_dart_runtime/aws_lambda_dart_runtime.dart';
    expect(await findings({ events: [SQS], call, runtime })).toEqual(NOTHING);
  });
});

describe('the response of a batch', () => {
  it.each([
    [REPORTING, BATCH],
    [SQS, PLAIN],
    [REPORTING, "final work = (Context c, AwsSqsEvent e) async => {'batchItemFailures': []};\n"],
    ['sns: news', 'Future<void> work(Context context, AwsSnsEvent event) async {}\n'],
  ])('is read as it is returned: %s', async (event, handler) => {
    const call = "..registerHandler<Map<String, dynamic>>('main.work', work)";
    expect(await findings({ events: [event], handler, call })).toEqual(NOTHING);
  });

  it('is ignored without functionResponseType', async () => {
    expect(await findings({ events: [SQS], handler: BATCH })).toEqual({
      problems: [
        'serverless.yml:7 main.work returns which records of a batch have failed, which Lambda ignores: work has no functionResponseType: ReportBatchItemFailures.',
      ],
      notes: [],
    });
  });

  it('is awaited and not returned', async () => {
    expect(await findings({ events: [REPORTING] })).toEqual({
      problems: [],
      notes: [
        'serverless.yml:7 work has functionResponseType: ReportBatchItemFailures, but main.work returns no BatchResponse.',
      ],
    });
  });
});

describe('a queue', () => {
  const own = 'sqs: { arn: { Fn::GetAtt: [Jobs, Arn] } }';

  it.each([
    ['timeout: 31', '{}', 'the queue Jobs has a VisibilityTimeout of 30 s, which AWS refuses'],
    ['timeout: 20', '{ VisibilityTimeout: 10 }', 'of 10 s, which AWS refuses: work has a timeout'],
  ])('hides messages for less than %s: %s', async (settings, queue, message) => {
    const { problems, notes } = await findings({ events: [own], settings, queue });
    expect(notes).toEqual([]);
    expect(problems).toEqual([expect.stringContaining(message)]);
  });

  it('hides messages for less than six times the timeout', async () => {
    expect(await findings({ events: [own], settings: 'timeout: 6' })).toEqual({
      problems: [],
      notes: [
        'serverless.yml:7 the queue Jobs has a VisibilityTimeout of 30 s; AWS advises six times the timeout of work, which is 6 s.',
      ],
    });
  });

  it.each([
    ['timeout: 5', '{}'],
    ['timeout: 20', '{ VisibilityTimeout: 120 }'],
    ['timeout: 20', '{ VisibilityTimeout: { Ref: Seconds } }'],
  ])('hides messages for long enough, or it is not known: %s %s', async (settings, queue) => {
    expect(await findings({ events: [own], settings, queue })).toEqual(NOTHING);
  });

  const arn = 'arn:aws:sqs:us-east-1:123456789012:jobs';
  it.each([
    [`sqs: { arn: ${arn}, batchSize: 11 }`, '{}', 'above 10, AWS requires a maximumBatchingWindow'],
    [`sqs: { arn: ${arn}.fifo, batchSize: 11, maximumBatchingWindow: 1 }`, '{}', 'queue jobs.fifo'],
    ['sqs: { arn: !GetAtt Jobs.Arn, batchSize: 100 }', '{ FifoQueue: true }', 'FIFO queue Jobs'],
  ])('has too large a batch: %s', async (event, queue, message) => {
    const { problems } = await findings({ events: [event], queue });
    expect(problems).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    `sqs: { arn: ${arn}, batchSize: 10 }`,
    `sqs: { arn: ${arn}, batchSize: 100, maximumBatchingWindow: 1 }`,
    `sqs: { arn: ${arn}, batchSize: 100, maximumBatchingWindow: '\${cf:other.window}' }`,
    `sqs: { arn: ${arn}.fifo, batchSize: 10 }`,
  ])('has a batch that AWS takes: %s', async (event) => {
    expect(await findings({ events: [event] })).toEqual(NOTHING);
  });
});

describe('the Dart of a function', () => {
  it.each([
    ["('main.a', a, event: A.fromJson)", undefined, 'A.fromJson'],
    ["<A>(event: (json) => A(json), 'main.a', a)", 'A', '(json) => A(json)'],
    ["<A>('main.a', a, streams: true)", 'A', undefined],
  ])('has its event in the registration %s', (call, eventType, event) => {
    const text = `void main() { runtime.registerHandler${call}; }`;
    const { registrations } = readMainFile(parser, text);
    expect(registrations).toMatchObject([{ name: 'main.a', handler: 'a' }]);
    expect(registrations[0]).toMatchObject({ eventType, event });
  });

  it.each([
    ['Future<void> a(Context context, final AwsSqsEvent event) async {}', 'AwsSqsEvent'],
    ['Future<void> a(Context c, Map<String, dynamic> event) async {}', 'Map<String, dynamic>'],
    ['final a = (Context c, AwsSqsEvent e) async {};', 'AwsSqsEvent'],
    ['a(c, e) {}', undefined],
    ['void b(Context c, AwsSqsEvent e) {}\nvoid a() {}', undefined],
  ])('has the type of the event in the declaration %s', (text, eventType) => {
    expect(readEventHandler(parser, text, 'a')).toEqual({ eventType, reportsFailures: false });
  });

  it('is not read where another name is declared', () => {
    expect(readEventHandler(parser, 'class a {}', 'a')).toBeUndefined();
  });
});
