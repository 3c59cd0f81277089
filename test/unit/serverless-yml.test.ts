import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { planCreateService } from '../../src/plan/create-service.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { NPM } from '../../src/service/package-manager.ts';
import { NO_SETTINGS, type ServiceSpec } from '../../src/service/service.ts';
import { loadTemplate } from '../../src/templates.ts';

const read = (text: string, stage?: string) =>
  readServerlessYml(text, { file: 'serverless.yml', stage, env: {} });

const minimal = (functions: string, provider = '') =>
  `service: shop\nprovider:\n  name: aws\n  runtime: provided.al2023\n${provider}functions:\n${functions}`;

describe('readServerlessYml', () => {
  it('reads what create generates', async () => {
    const spec: ServiceSpec = {
      name: 'shop',
      api: 'http',
      architecture: 'arm64',
      region: 'eu-west-1',
      memory: 256,
      timeout: 7,
      packageManager: NPM,
    };
    const plan = planCreateService(spec, await loadTemplate('service'));
    const text = plan.find(({ path }) => path === 'serverless.yml')?.content ?? '';
    const common = { architecture: 'arm64', environment: {}, memory: 256, timeout: 7 };
    expect(read(text)).toEqual({
      configuration: expect.any(Object),
      warnings: [],
      unknown: [],
      leftOut: [],
      omissions: [],
      functionsProblem: undefined,
      unsupported: [],
      deployment: {
        stackName: 'shop-dev',
        profile: undefined,
        artifactPrefix: 'serverless/shop/dev/',
        architectures: ['arm64'],
      },
      service: {
        name: 'shop',
        stage: 'dev',
        region: 'eu-west-1',
        gateway: NO_SETTINGS,
        functions: [
          {
            key: 'hello',
            name: 'shop-dev-hello',
            handler: 'main.hello',
            events: [{ api: 'http', method: 'GET', path: '/hello' }],
            ...common,
          },
          {
            key: 'postRequest',
            name: 'shop-dev-postRequest',
            handler: 'main.postRequest',
            events: [{ api: 'http', method: 'POST', path: '/postRequest' }],
            ...common,
          },
        ],
      },
    });
    expect(read(text, 'prod').service.stage).toBe('prod');
    const options = {
      file: 'serverless.yml',
      region: 'us-east-2',
      env: { AWS_REGION: 'eu-west-3' },
    };
    expect(readServerlessYml(text, options).service.region).toBe('us-east-2');
  });

  it('knows where osls puts the service, also where that is written out', () => {
    const plain = minimal('  f: { handler: main.f }\n');
    // osls does not look at AWS_REGION.
    const options = { file: 'serverless.yml', env: { AWS_REGION: 'eu-west-3' } };
    const { service, deployment } = readServerlessYml(plain, options);
    expect(service.region).toBe('us-east-1');
    expect(deployment).toEqual({
      stackName: 'shop-dev',
      profile: undefined,
      artifactPrefix: 'serverless/shop/dev/',
      architectures: ['x86_64'],
    });
    const given = `  stackName: mine-\${sls:stage}
  profile: work
  deploymentPrefix: files
  architecture: arm64
`;
    const functions = '  f: { handler: main.f }\n  g: { handler: main.g, architecture: x86_64 }\n';
    expect(read(minimal(functions, given), 'prod').deployment).toEqual({
      stackName: 'mine-prod',
      profile: 'work',
      artifactPrefix: 'files/shop/prod/',
      architectures: ['arm64', 'x86_64'],
    });
  });

  it.each([
    ['http: GET /a', { api: 'rest', method: 'GET', path: '/a' }],
    ['http: get a/{id}', { api: 'rest', method: 'GET', path: '/a/{id}' }],
    ['http: { method: any, path: "{proxy+}" }', { api: 'rest', method: 'ANY', path: '/{proxy+}' }],
    ['http: { method: get, path: 1 }', { api: 'rest', method: 'GET', path: '/1' }],
    ['http: { method: get, path: 1.5 }', { api: 'rest', method: 'GET', path: '/1.5' }],
    ['http: { method: get, path: true }', { api: 'rest', method: 'GET', path: '/true' }],
    ['httpApi: { path: 7 }', { api: 'http', method: 'ANY', path: '/7' }],
    ['http: get 1', { api: 'rest', method: 'GET', path: '/1' }],
    ['httpApi: "*"', { api: 'http', method: 'ANY', path: '$default' }],
    ['httpApi: "* /b"', { api: 'http', method: 'ANY', path: '/b' }],
    ['httpApi: { path: /b }', { api: 'http', method: 'ANY', path: '/b' }],
    ['httpApi: { method: "*", path: "*" }', { api: 'http', method: 'ANY', path: '$default' }],
  ])('reads the event %s', (event, expected) => {
    const { service } = read(minimal(`  f:\n    handler: main.f\n    events:\n      - ${event}\n`));
    expect(service.functions[0]?.events).toEqual([expected]);
  });

  it.each([
    ['true', { cors: undefined }],
    ['{}', { cors: undefined }],
    ['{ invokeMode: BUFFERED }', { cors: undefined }],
    [
      '{ invokeMode: RESPONSE_STREAM, authorizer: aws_iam }',
      { cors: undefined, invokeMode: 'RESPONSE_STREAM', authorizer: 'aws_iam' },
    ],
    [
      '{ cors: { allowedOrigins: [https://a.example] } }',
      { cors: expect.objectContaining({ origins: ['https://a.example'], methods: ['*'] }) },
    ],
    ['false', undefined],
    ['null', undefined],
  ])('reads the function URL %s', (url, expected) => {
    const { service } = read(minimal(`  f: { handler: main.f, url: ${url} }\n`));
    expect(service.functions[0]?.url).toEqual(expected);
    if (expected === undefined) expect(service.functions[0]).not.toHaveProperty('url');
  });

  it.each(['provided.al2023', 'provided.al2'])('takes the runtime %s', (runtime) => {
    const { service } = read(minimal(`  f: { handler: main.f, runtime: ${runtime} }\n`));
    expect(service.functions).toHaveLength(1);
  });

  it.each(['provided', 'provided.al', 'provided.al2024', 'dart'])(
    'refuses the runtime %s, of the provider or of a function, as osls does',
    (runtime) => {
      const message = `the function f has the runtime ${runtime}; Dart needs provided.al2023 or provided.al2.`;
      const ofProvider = minimal('  f: { handler: main.f }\n').replace('provided.al2023', runtime);
      expect(() => read(ofProvider)).toThrow(`serverless.yml:4:12: ${message}`);
      const ofFunction = minimal(`  f: { handler: main.f, runtime: ${runtime} }\n`);
      expect(() => read(ofFunction)).toThrow(`serverless.yml:6:34: ${message}`);
    },
  );

  it('passes over events of other kinds', () => {
    const { service } = read(
      minimal('  f: { handler: main.f, events: [{ schedule: rate(1 hour) }, sqs] }\n'),
    );
    expect(service.functions[0]?.events).toEqual([]);
  });

  it.each([
    ['service: x\n\tprovider: y\n', 'serverless.yml:2:1', 'indented with spaces'],
    ['service: [x\n', 'serverless.yml:', 'correct that line'],
    ['', 'serverless.yml: it is not a map', 'service: hello'],
    ['- a\n', 'it is not a map', 'service: hello'],
    ['provider: { name: aws }\n', '`service` has no name', 'service: hello'],
    ['service: x\nprovider: { name: google }\n', 'serverless.yml:2:19', 'name: aws'],
    [minimal('  {}\n'), '`functions` has no function', 'add one'],
    [minimal('  f: main.f\n'), 'serverless.yml:6:6: the function f is not a map', 'main.f'],
    [minimal('  f: { handler: 3 }\n'), 'no handler', 'handler: main.f'],
    [minimal('  f: { handler: main }\n'), 'serverless.yml:6:17: ', 'handler: main.f'],
    [
      minimal('  f: { handler: main.f, runtime: nodejs22.x }\n'),
      'serverless.yml:6:34: the function f has the runtime nodejs22.x',
      'provided.al2023',
    ],
    [minimal('  f: { handler: main.f, timeout: soon }\n'), ':6:34: timeout', 'timeout: 6'],
    [minimal('  f: { handler: main.f }\n', '  timeout: -1\n'), ':5:12: timeout', 'timeout: 6'],
    [minimal('  f: { handler: main.f, events: [http: x] }\n'), '"x" is not a method', 'GET /hello'],
    [minimal('  f: { handler: main.f, events: [http: FETCH /x] }\n'), '"FETCH" is not', 'GET'],
    [
      minimal('  f: { handler: main.f, events: [http: "\\e[2J /x"] }\n'),
      '"\\u001b[2J" is not',
      'GET',
    ],
    [minimal('  f: { handler: main.f, events: http }\n'), '`events` is not a list', 'GET /hello'],
  ])('refuses %j, saying where and what to do', (text, message, hint) => {
    let error: unknown;
    try {
      read(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain(message);
    expect((error as UserError).hint).toContain(hint);
  });
});

it('how a REST API streams, and how long it waits, is read', () => {
  const { events } = readServerlessYml(
    `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions:
  a:
    handler: main.a
    events:
      - http: { method: GET, path: /a, response: { transferMode: stream }, timeoutInMillis: 60000 }
      - http: { method: GET, path: /b, response: { transferMode: BUFFERED } }
      - httpApi: { method: GET, path: /c, response: { transferMode: STREAM }, timeoutInMillis: 1 }
`,
    { file: 'serverless.yml', env: {} },
  ).service.functions[0] ?? { events: [] };
  expect(events).toEqual([
    { api: 'rest', method: 'GET', path: '/a', streams: true, timeoutMs: 60_000 },
    { api: 'rest', method: 'GET', path: '/b' },
    { api: 'http', method: 'GET', path: '/c' },
  ]);
});
