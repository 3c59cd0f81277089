import { describe, expect, it } from 'vitest';
import { functionEnvironment } from '../../src/serverless-yml/function-settings.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';

const isKnown = (text: string) => !text.includes('${');

describe('the environment variables of a function', () => {
  it("are the provider's, overlaid by its own, as text", () => {
    const { variables, warnings } = functionEnvironment(
      'hello',
      { A: 'a', B: 'b', C: 1 },
      { B: true, D: 'd', A: null },
      isKnown,
    );
    expect(variables).toEqual({ B: 'true', C: '1', D: 'd' });
    expect(warnings).toEqual([]);
  });

  it.each([
    [undefined, undefined, {}],
    [null, null, {}],
    [{ A: 'a' }, undefined, { A: 'a' }],
    [{ A: { Ref: 'Table' } }, { A: 'a' }, { A: 'a' }],
    [{ A: '' }, undefined, { A: '' }],
    [{ A: 0, B: false, C: 1.5 }, undefined, { A: '0', B: 'false', C: '1.5' }],
    ['$' + '{file(env.yml)}', { A: 'a' }, { A: 'a' }],
  ])('of %j and %j are %j', (provider, own, expected) => {
    expect(functionEnvironment('hello', provider, own, isKnown)).toEqual({
      variables: expected,
      warnings: [],
    });
  });

  it('leave out what only CloudFormation knows, and say so', () => {
    const own = { TABLE: { Ref: 'Table' }, STAGE: `$${'{ssm:/stage}'}` };
    const { variables, warnings } = functionEnvironment('hello', undefined, own, isKnown);
    expect(variables).toEqual({});
    expect(warnings).toEqual([
      'the variable TABLE of hello is set by CloudFormation and missing here; set it in .env',
    ]);
  });

  it('are read from serverless.yml with the variables that can be resolved here', () => {
    const text = `service: shop
provider:
  name: aws
  runtime: provided.al2023
  environment:
    STAGE: \${sls:stage}
    SECRET: \${ssm:/secret}
functions:
  hello:
    handler: main.hello
    environment: { TABLE: !Ref Table }
`;
    const { service, warnings } = readServerlessYml(text, { file: 'serverless.yml', env: {} });
    expect(service.functions[0]?.environment).toEqual({ STAGE: 'dev' });
    expect(warnings.join('\n')).toContain('ssm');
    expect(warnings.join('\n')).toContain('the variable TABLE of hello is set by CloudFormation');
  });
});

it.each([
  ['Text', '', undefined],
  ['JSON at INFO', 'logFormat: JSON', { level: 'INFO' }],
  ['JSON at its level', 'logFormat: JSON, applicationLogLevel: WARN', { level: 'WARN' }],
])('a function logs as the provider says: %s', (_, lambda, expected) => {
  const read = (own: string) =>
    readServerlessYml(
      `service: shop
provider: { name: aws, runtime: provided.al2023, logs: { lambda: { ${lambda} } } }
functions: { hello: { handler: main.hello${own} } }
`,
      { file: 'serverless.yml', env: {} },
    ).service.functions[0]?.jsonLog;
  expect(read('')).toEqual(expected);
  // As in osls, its own settings replace those of the provider.
  expect(read(', logs: { logFormat: Text }')).toBeUndefined();
});
