import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { readServerlessYml } from '../../src/service/serverless-yml.ts';
import { resolveVariables, type VariableSources } from '../../src/service/variables.ts';

/** A text with variables: `@{a:b}` stands for one, because linters take the real ones for mistakes. */
const v = (text: string): string => text.replaceAll('@', '$');

const tree: Record<string, unknown> = {
  stage: 'dev',
  number: 3,
  map: { a: 1 },
  odd: { toString: 1 },
  indirect: v('@{self:stage}'),
  circle: v('@{self:circle}'),
  unknown: v('@{ssm:/a}'),
};
const sources: VariableSources = {
  self: (name) => tree[name],
  opt: (name) => ({ region: 'eu-west-1' })[name],
};
const resolveAll = (value: unknown, from = sources) =>
  resolveVariables(value, from, (path) => new UserError(`too much at ${path.join('.')}`));
const resolve = (text: string) => resolveAll(v(text));

describe('resolveVariables', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['@{opt:region}', 'eu-west-1'],
    ["@{opt:stage, 'prod'}", 'prod'],
    ["@{opt:stage, self:stage, 'prod'}", 'dev'],
    ['@{opt:none, 12}', 12],
    ['@{opt:none, 007}', 7],
    ['@{opt:none, -1.5}', -1.5],
    ['@{opt:none, null}', null],
    ['@{opt:none, true}', true],
    ['@{self:number}', 3],
    ['@{self:map}', { a: 1 }],
    ['a-@{self:number}-b', 'a-3-b'],
    ['a-@{self:map}', 'a-{"a":1}'],
    ['a-@{self:odd}', 'a-{"toString":1}'],
    ['@{self:indirect}', 'dev'],
    ['@{self:indirect}@{self:stage}', 'devdev'],
    ["@{opt:x, 'a, b'}", 'a, b'],
    ["@{opt:x, '/a/{id}'}", '/a/{id}'],
    ["@{opt:x, '@{self:stage}-x'}", 'dev-x'],
    ['@{self:@{opt:key, "stage"}}', 'dev'],
    ['/orders/{id}/@{self:stage}', '/orders/{id}/dev'],
    ['{@{self:stage}}', '{dev}'],
    ['@{self:stage', v('@{self:stage')],
    ['@{self:@{self:indirect}', v('@{self:dev')],
    ['@{a{@{self:stage}}', v('@{a{dev}')],
    ['}@{self:stage}', '}dev'],
    ['$', '$'],
  ])('resolves %s to %j', (text, value) => {
    expect(resolve(text)).toEqual({ value, warnings: [] });
  });

  it.each([
    ['@{ssm:/key}', 'ssm'],
    ['@{opt:none}', 'opt:none'],
    ['@{file(./a.yml):@{opt:none}}', 'opt:none'],
    ['@{}', '{}'],
    ['@{AWS::Region}', 'AWS::Region'],
  ])('leaves %s and warns', (text, named) => {
    const { value, warnings } = resolve(text);
    expect(value).toBe(v(text));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(named);
  });

  it.each([
    ['@{ssm:/key}-@{self:stage}', '@{ssm:/key}-dev'],
    ['@{self:@{ssm:/key}}-@{self:stage}', '@{self:@{ssm:/key}}-dev'],
    ['@{self:unknown}-@{self:stage}', '@{ssm:/a}-dev'],
  ])('resolves what follows an unknown variable: %s', (text, value) => {
    expect(resolve(text).value).toBe(v(value));
  });

  it('ends where variables lead in a circle', () => {
    expect(resolve('@{self:circle}').warnings).toHaveLength(1);
  });

  it('resolves inside of lists and maps', () => {
    const { value } = resolveAll({ a: [v('@{x:y}')] }, { x: () => 'z' });
    expect(value).toEqual({ a: ['z'] });
  });

  it.each([30, 10_000])('resolves %i variables side by side in one text', (count) => {
    const { value, warnings } = resolve('@{self:stage},'.repeat(count));
    expect(value).toBe('dev,'.repeat(count));
    expect(warnings).toEqual([]);
  });

  it('resolves a chain of thirty variables', () => {
    const chain = (name: string) => (name === '30' ? 'end' : v(`@{x:${Number(name) + 1}}`));
    expect(resolveAll(v('@{x:0}'), { x: chain })).toEqual({ value: 'end', warnings: [] });
  });

  it.each(['constructor:x', '__proto__:x', 'toString:x', 'hasOwnProperty:self'])(
    'knows no source %s',
    (variable) => {
      expect(resolve(`@{${variable}}`).value).toBe(`\${${variable}}`);
    },
  );

  it('takes a large map many times', () => {
    const big = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [index, 'x']));
    const { value } = resolveAll(Array(100).fill(v('@{x:y}')), { x: () => big });
    expect(value).toEqual(Array(100).fill(big));
  });
});

const yml = (custom: string, name = '') =>
  v(`service: shop
provider: { name: aws, runtime: provided.al2023 }
custom:
${custom}
functions:
  f: { handler: main.f, name: '${name}' }
`);
const nameOf = (name: string) =>
  readServerlessYml(yml('  a: b', name), { file: 'serverless.yml', env: { HOME: '/me' } });

describe('the sources of a serverless.yml', () => {
  it.each([
    'self:__proto__:x',
    'self:__proto__',
    'self:constructor',
    'self:custom.toString',
    'self:custom.a.length',
    'env:constructor',
    'env:__proto__',
    'opt:toString',
    'opt:hasOwnProperty',
    'sls:constructor',
    'aws:valueOf',
  ])('do not have what every object has: %s', (variable) => {
    const { service, warnings } = nameOf(`@{${variable}}`);
    expect(service.functions[0]?.name).toBe(`\${${variable}}`);
    expect(warnings.join()).toContain(`\${${variable}} is not known on this machine`);
  });

  it.each([
    ['self:custom.a', 'b'],
    ['env:HOME', '/me'],
  ])('have what is there: %s', (variable, value) => {
    expect(nameOf(`@{${variable}}`).service.functions[0]?.name).toBe(value);
  });
});

describe('variables that double each other', () => {
  const level = (render: (next: string) => string) => (_: unknown, index: number) =>
    `  a${index}: ${render(`@{self:custom.a${index + 1}}`)}`;

  it.each([
    ['texts', level((next) => `${next}${next}`), 40, 'x'],
    ['lists', level((next) => `['${next}', '${next}']`), 40, 'x'],
    ['maps', level((next) => `{ a: '${next}', b: '${next}' }`), 40, 'x'],
    ['unknown ones', level((next) => `${next}${next}`), 40, '@{ssm:/x}'],
    [
      'a deep list in itself',
      () => `  a: ${'['.repeat(200)}'@{self:custom}'${']'.repeat(200)}`,
      1,
      '',
    ],
    ['long texts', level((next) => next.repeat(10)), 6, 'x'.repeat(1000)],
  ])('are refused in time, with the place: %s', (_, render, levels, end) => {
    const lines = [...Array.from({ length: levels }, render), `  a${levels}: '${end}'`];
    const started = performance.now();
    let error: unknown;
    try {
      readServerlessYml(yml(lines.join('\n')), { file: 'serverless.yml', env: {} });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(
      /^serverless\.yml:\d+:\d+: its variables grow without end\.$/,
    );
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
