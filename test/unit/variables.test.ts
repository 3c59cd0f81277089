import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import {
  FromFile,
  type Lookup,
  type VariableSource,
  type VariableSources,
} from '../../src/serverless-yml/variables/lookup.ts';
import { resolveVariables } from '../../src/serverless-yml/variables/variables.ts';

/** A text with variables: `@{a:b}` stands for one, because linters take the real ones for mistakes. */
const v = (text: string): string => text.replaceAll('@', '$');

const tree: Record<string, unknown> = {
  stage: 'dev',
  number: 3,
  map: { a: 1 },
  list: ['x', { y: 'z' }],
  indirect: v('@{self:stage}'),
  circle: v('@{self:circle}'),
  unknown: v('@{ssm:/a}'),
  withUnknown: { known: 'k', ssm: v('@{ssm:/a}') },
  escaped: v('\\@{self:stage}'),
};
const sources =
  (more: VariableSources = {}) =>
  ({ at }: Lookup): VariableSources => ({
    self: ({ address }) => at(String(address).split('.')),
    opt: ({ address }) => (address === 'region' ? 'eu-west-1' : undefined),
    echo: ({ parameters, address }) => ({ parameters, address: address ?? null }),
    ...more,
  });
const tooMuch = (path: readonly (string | number)[]) =>
  new UserError(quoted(`too much at ${path.join('.')}`));

/** What becomes of a text that is beside the tree. */
function resolve(text: unknown, more?: VariableSources) {
  const { value, unknown } = resolveVariables({ ...tree, text }, sources(more), tooMuch);
  const { text: found } = value as { text: unknown };
  return { value: found, unknown: [...unknown.keys()] };
}
/** Of the text alone: the tree has unknown variables of its own. */
const OF_TREE = ['@{self:circle}', '@{ssm:/a}'].map(v);
const unknownOf = (text: string) =>
  resolve(v(text)).unknown.filter((variable) => !OF_TREE.includes(variable));

describe('resolveVariables', () => {
  it.each<[string, unknown]>([
    ['plain', 'plain'],
    ['', ''],
    ['@{opt:region}', 'eu-west-1'],
    ["@{opt:stage, 'prod'}", 'prod'],
    ["@{opt:stage, self:stage, 'prod'}", 'dev'],
    ['@{opt:none, 12}', 12],
    ['@{opt:none, 007}', 7],
    ['@{opt:none, 0x10}', 16],
    ['@{opt:none, -1.5}', -1.5],
    ['@{opt:none, null}', null],
    ['@{opt:none, true}', true],
    ['@{self:number}', 3],
    ['@{self:map}', { a: 1 }],
    ['@{self:list.1.y}', 'z'],
    ['@{self:stage.length}', 3],
    ['a-@{self:number}-b', 'a-3-b'],
    ['a-@{self:list.0}', 'a-x'],
    ['@{self:indirect}', 'dev'],
    ['@{self:indirect}@{self:stage}', 'devdev'],
    ["@{opt:x, 'a, b'}", 'a, b'],
    ["@{opt:x, '/a/{id}'}", '/a/{id}'],
    ["@{opt:x, '@{self:stage}-x'}", 'dev-x'],
    ['@{opt:x, "\\u0041\\"b"}', 'A"b'],
    ['@{self:@{opt:key, "stage"}}', 'dev'],
    ['@{self: stage }', 'dev'],
    ['@{self:"stage"}', 'dev'],
    ['/orders/{id}/@{self:stage}', '/orders/{id}/dev'],
    ['{@{self:stage}}', '{dev}'],
    ['}@{self:stage}', '}dev'],
    ['$', '$'],
    ['@@{self:number}', 3],
    // What looks like a variable, and is none.
    ['@{AWS::Region}-@{self:stage}', v('@{AWS::Region}-dev')],
    ['@{Fn @{self:stage}}', v('@{Fn dev}')],
    ['@{word}', v('@{word}')],
    ['@{}', v('@{}')],
    ['@{aws::region}', v('@{aws::region}')],
    // Backslashes.
    ['\\@{self:stage}', v('@{self:stage}')],
    ['\\\\@{self:stage}', '\\dev'],
    ['\\\\\\@{self:stage}', v('\\@{self:stage}')],
    ['\\\\@{AWS::Region}', v('\\@{AWS::Region}')],
    ['a\\b@{self:stage}', 'a\\bdev'],
    // What comes out of a variable is looked at again.
    ['@{self:escaped}', 'dev'],
    ['x-@{self:escaped}', 'x-dev'],
    [
      '@{echo(a, "b c", 3, @{self:stage},true):x.y}',
      { parameters: ['a', 'b c', 3, 'dev', true], address: 'x.y' },
    ],
    ['@{echo()}', { parameters: [], address: null }],
    ['@{echo(0,,false)}', { parameters: [null, null, null], address: null }],
  ])('resolves %s to %j', (text, value) => {
    expect(resolve(v(text)).value).toEqual(value);
    expect(unknownOf(text)).toEqual([]);
  });

  it.each([
    ['@{ssm:/key}', 'ssm'],
    ['@{ssm:/key, "fallback"}', 'ssm'],
    ['@{opt:none}', 'opt:none'],
    ['@{echo(./a.yml):@{opt:none}}', 'opt:none'],
    ['a-@{self:map}', 'self:map'],
  ])('leaves %s and tells of it', (text, named) => {
    expect(resolve(v(text)).value).toBe(v(text));
    expect(unknownOf(text)).toEqual([expect.stringContaining(named)]);
  });

  it.each([
    '@{self:stage',
    '@{self:@{self:indirect}',
    '@{self:@{AWS::Region}}',
    '@{self:none, @{self:stage}}',
    '@{opt:none, word}',
    '@{opt:none, "a" "b"}',
    "@{opt:none, 'a', self:stage}",
    '@{echo(a:x}',
    '@{echo(a)::x}',
    '@{opt:x, self::y}',
  ])('leaves what osls refuses: %s', (text) => {
    expect(resolve(v(text))).toEqual({ value: v(text), unknown: [...OF_TREE, v(text)] });
  });

  it.each([
    ['@{ssm:/key}-@{self:stage}', '@{ssm:/key}-dev'],
    ['@{self:@{ssm:/key}}-@{self:stage}', '@{self:@{ssm:/key}}-dev'],
    ['@{self:unknown}-@{self:stage}', '@{ssm:/a}-dev'],
  ])('resolves what follows an unknown variable: %s', (text, value) => {
    expect(resolve(v(text)).value).toBe(v(value));
  });

  it('takes no fallback for what may be in a value that is not known', () => {
    expect(resolve(v("@{self:unknown.x, 'fallback'}")).value).toBe(
      v("@{self:unknown.x, 'fallback'}"),
    );
    expect(resolve(v("@{self:withUnknown.known, 'fallback'}")).value).toBe('k');
  });

  it('ends where variables lead in a circle', () => {
    expect(resolve(v('@{self:circle}')).value).toBe(v('@{self:circle}'));
    expect(resolve({ a: v('@{self:text}') }).unknown).toContain(v('@{self:text}'));
  });

  it('resolves inside of lists and maps', () => {
    expect(resolve({ a: [v('@{self:stage}')] }).value).toEqual({ a: ['dev'] });
  });

  it.each([30, 10_000])('resolves %i variables side by side in one text', (count) => {
    expect(resolve(v('@{self:stage},').repeat(count)).value).toBe('dev,'.repeat(count));
  });

  it('resolves a chain of thirty variables', () => {
    const chain: VariableSource = ({ address }) =>
      address === '30' ? 'end' : v(`@{x:${Number(address) + 1}}`);
    expect(resolve(v('@{x:0}'), { x: chain }).value).toBe('end');
  });

  it.each(['constructor:x', '__proto__:x', 'toString:x', 'hasOwnProperty:self'])(
    'knows no source %s',
    (variable) => {
      expect(resolve(`\${${variable}}`).value).toBe(`\${${variable}}`);
    },
  );

  it('takes a large map many times', () => {
    const big = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [index, 'x']));
    const { value } = resolve(Array(100).fill(v('@{x:y}')), { x: () => big });
    expect(value).toEqual(Array(100).fill(big));
  });

  it('tells in which file a value is written', () => {
    const inFile = new FromFile({ b: [v('@{self:stage}')] }, { file: 'a.yml', path: ['x'] });
    const { origins, value } = resolveVariables(
      { stage: 'dev', a: v('@{x:y}'), c: v('text @{self:stage}') },
      sources({ x: () => inFile }),
      tooMuch,
    );
    expect(value).toEqual({ stage: 'dev', a: { b: ['dev'] }, c: 'text dev' });
    expect([...origins]).toEqual([['a', { file: 'a.yml', path: ['x'] }]]);
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
