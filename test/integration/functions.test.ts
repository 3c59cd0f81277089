import { describe, expect, it } from 'vitest';
import { listFunctions } from '../../src/api.ts';
import { functions } from '../../src/commands/functions/functions.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { newService } from '../support/service.ts';

const SERVERLESS = `service: shop
provider:
  name: aws
  runtime: provided.al2023
  httpApi:
    authorizers:
      check: { type: request, functionName: checkToken }
functions:
  hello:
    handler: main.hello
    url: true
    events:
      - http: { method: GET, path: hello, authorizer: checkToken }
      - httpApi: { method: GET, path: /hi, authorizer: { name: check } }
      - httpApi: '*'
  onOrder:
    handler: main.onOrder
    events:
      - sqs: { arn: !GetAtt Orders.Arn, enabled: false }
      - sns: arn:aws:sns:us-east-1:123456789012:news
      - stream: { type: dynamodb, arn: !GetAtt Table.StreamArn }
  onMore:
    handler: main.onMore
    events:
      - s3: { bucket: uploads, event: s3:ObjectCreated:*, rules: [{ prefix: uploads/ }, { suffix: .jpg }] }
      - s3: photos
      - schedule: rate(10 minutes)
      - schedule: { rate: [cron(0 6 * * ? *), rate(1 day)], enabled: false }
      - eventBridge: { pattern: { source: [acme.orders, { prefix: acme.x }], detail-type: [OrderPlaced] } }
      - cognitoUserPool: { pool: customers, trigger: PreSignUp }
  onRest:
    handler: main.onRest
    events:
      - cloudwatchLog: { logGroup: /shop/api }
      - websocket: { route: $connect }
      - iot: { sql: SELECT 1 }
      - alb: { listenerArn: a, priority: 1, conditions: { path: [/shop/*] } }
      - activemq: { arn: a }
  checkToken:
    handler: main.checkToken
  transform:
    handler: main.transform
  alone:
    handler: main.alone
resources:
  Resources:
    Orders: { Type: 'AWS::SQS::Queue', Properties: { QueueName: orders, VisibilityTimeout: 60 } }
    Stream:
      Type: AWS::KinesisFirehose::DeliveryStream
      Properties: { Processor: !GetAtt TransformLambdaFunction.Arn }
`;

const KEYS = ['hello', 'onOrder', 'onMore', 'onRest', 'checkToken', 'transform', 'alone'];

/** A service in which each function is registered for anything, in lib/main.dart. */
function shop(serverlessYml = SERVERLESS): string {
  const cwd = temporaryFolder();
  const calls = KEYS.map((key) => `    ..registerHandler<Object>('main.${key}', ${key})`);
  const handlers = KEYS.map(
    (key) => `Future<void> ${key}(Context context, Object event) async {}\n`,
  );
  writeTree(cwd, {
    ...newService({ name: 'shop' }),
    'serverless.yml': serverlessYml,
    'lib/main.dart': `import 'handlers.dart';
import 'runtime/runtime.dart';

Future<void> main() => (Runtime()
${calls.join('\n')}).invoke();
`,
    'lib/handlers.dart': `import 'runtime/runtime.dart';\n\n${handlers.join('\n')}`,
  });
  return cwd;
}

const TABLE = `
hello       main.hello       lib/handlers.dart:3   GET /hello
                                                   GET /hi
                                                   $default
                                                   function URL
onOrder     main.onOrder     lib/handlers.dart:5   sqs orders (disabled)
                                                   sns news
                                                   dynamodb Table
onMore      main.onMore      lib/handlers.dart:7   s3 uploads ObjectCreated uploads/*.jpg
                                                   s3 photos ObjectCreated
                                                   schedule rate(10 minutes)
                                                   schedule cron(0 6 * * ? *), rate(1 day) (disabled)
                                                   eventbridge acme.orders acme.x* OrderPlaced
                                                   cognito customers PreSignUp
onRest      main.onRest      lib/handlers.dart:9   logs /shop/api
                                                   websocket $connect
                                                   iot SELECT 1
                                                   alb /shop/*
                                                   activemq
checkToken  main.checkToken  lib/handlers.dart:11  authorizer of hello
transform   main.transform   lib/handlers.dart:13  named by resources.Resources.Stream.Properties.Processor
alone       main.alone       lib/handlers.dart:15  -
`;

const NEVER = 'nothing calls alone: it has no event, and nothing here names it.';

describe('functions', () => {
  it('lists every function with what calls it', async () => {
    const { context, results, notes } = scripted({ cwd: shop() });
    await functions(context, {});
    expect(`\n${results.join('\n')}\n`).toBe(TABLE);
    expect(notes.join('\n')).toContain(`note: serverless.yml:44: ${NEVER}`);
    expect(notes.join('\n')).not.toContain('warning');
  });

  it('prints one document, which the API returns', async () => {
    const cwd = shop();
    const { context, results } = scripted({ cwd });
    await functions(context, { json: true });
    const document = JSON.parse(results.join(''));
    expect(document).toMatchObject({
      problems: [],
      notes: [{ file: 'serverless.yml', line: 44, message: NEVER }],
    });
    expect(document.functions).toHaveLength(KEYS.length);
    expect(document.functions[1]).toEqual({
      function: 'onOrder',
      handler: 'main.onOrder',
      events: [
        { source: 'sqs', text: 'sqs orders (disabled)' },
        { source: 'sns', text: 'sns news' },
        { source: 'dynamodb', text: 'dynamodb Table' },
      ],
      namedBy: [],
      file: 'lib/handlers.dart',
      line: 5,
    });
    expect(document.functions[0].events.map(({ source }: { source: string }) => source)).toEqual([
      ...['http', 'httpApi', 'httpApi', 'url'],
    ]);
    expect(await listFunctions({ directory: cwd })).toEqual(document);
  });

  it('reads serverless.yml for a stage, a region and parameters', async () => {
    const cwd = shop(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: variables of serverless.yml
      SERVERLESS.replace('QueueName: orders', "QueueName: 'orders-${sls:stage}-${param:kind}'"),
    );
    const { context, results } = scripted({ cwd });
    await functions(context, { stage: 'prod', param: ['kind=fast'] });
    expect(results.join('\n')).toContain('sqs orders-prod-fast');
    const listed = await listFunctions({ directory: cwd, stage: 'qa', params: ['kind=slow'] });
    expect(JSON.stringify(listed)).toContain('sqs orders-qa-slow');
  });

  it('fails where something is inconsistent, and lists everything first', async () => {
    const cwd = shop(
      SERVERLESS.replace('VisibilityTimeout: 60', 'VisibilityTimeout: 1').replace(
        'main.alone',
        'main.lonely',
      ),
    );
    const { context, results, notes } = scripted({ cwd });
    const error = await failure(functions(context, {}));
    expect(error.message).toMatch(/^3 inconsistencies in .*serverless\.yml and the Dart files\.$/);
    expect(error.hint).toContain('create-lambda-hello functions');
    expect(results.join('\n')).toMatch(/^alone +main\.lonely +- +-$/m);
    expect(notes.join('\n')).toContain('warning: serverless.yml:18: the queue Orders');
    expect(notes.join('\n')).toContain('main.alone is registered, but no function has it');
    const { problems } = await listFunctions({ directory: cwd });
    expect(problems).toHaveLength(3);
  });
});
