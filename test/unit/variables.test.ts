import { describe, expect, it } from 'vitest';
import { resolveVariables } from '../../src/service/variables.ts';

const tree: Record<string, unknown> = {
  stage: 'dev',
  number: 3,
  indirect: '$'.concat('{self:stage}'),
  circle: '$'.concat('{self:circle}'),
};
const resolve = (text: string) =>
  resolveVariables(text, {
    self: (name) => tree[name],
    opt: (name) => ({ region: 'eu-west-1' })[name],
  });

describe('resolveVariables', () => {
  it.each([
    ['plain', 'plain'],
    ['$'.concat('{opt:region}'), 'eu-west-1'],
    ['$'.concat("{opt:stage, 'prod'}"), 'prod'],
    ['$'.concat("{opt:stage, self:stage, 'prod'}"), 'dev'],
    ['$'.concat('{opt:none, 12}'), 12],
    ['$'.concat('{self:number}'), 3],
    ['a-$'.concat('{self:number}-b'), 'a-3-b'],
    ['$'.concat('{self:indirect}'), 'dev'],
    ['$'.concat("{opt:x, 'a, b'}"), 'a, b'],
    ['$'.concat('{self:$', '{opt:key, "stage"}}'), 'dev'],
  ])('resolves %s to %s', (text, value) => {
    expect(resolve(text)).toEqual({ value, warnings: [] });
  });

  it.each([
    ['$'.concat('{ssm:/key}'), 'ssm'],
    ['$'.concat('{opt:none}'), 'opt:none'],
    ['$'.concat('{file(./a.yml):$', '{opt:none}}'), 'opt:none'],
  ])('leaves %s and warns', (text, named) => {
    const { value, warnings } = resolve(text);
    expect(value).toBe(text);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(named);
  });

  it('resolves what follows an unknown variable', () => {
    expect(resolve('$'.concat('{ssm:/key}-$', '{self:stage}')).value).toBe(
      '$'.concat('{ssm:/key}-dev'),
    );
  });

  it('ends where variables lead in a circle', () => {
    expect(resolve('$'.concat('{self:circle}')).warnings).toHaveLength(1);
  });

  it('resolves inside of lists and maps', () => {
    const { value } = resolveVariables({ a: ['$'.concat('{x:y}')] }, { x: () => 'z' });
    expect(value).toEqual({ a: ['z'] });
  });
});
