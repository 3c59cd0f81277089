import { describe, expect, it } from 'vitest';
import { NotUnderstoodError } from '../../src/errors.ts';
import { removeFunction } from '../../src/serverless-yml/edit/functions.ts';
import { addTo, editedService } from '../support/functions-edit.ts';

const HEAD = 'service: shop\nprovider: { name: aws, runtime: provided.al2023 }\n';
const TWO = `hello:
  handler: main.hello
  events:
    - http: GET /hello

# About the next one.
bye:
  handler: main.bye
  events:
    - http: GET /bye
`;
const fn = { key: 'added', handler: 'main.added', method: 'GET', path: '/added' };

function remove(files: Record<string, string>, key: string, force = false) {
  const file = 'serverless.json' in files ? 'serverless.json' : 'serverless.yml';
  return removeFunction(editedService(files, file), key, { force });
}

describe('removing a function that is in another file', () => {
  const files = {
    'serverless.yml': `${HEAD}functions: \${file(functions.yml)}\n`,
    'functions.yml': TWO,
  };

  it('edits that file', () => {
    expect(remove(files, 'bye')).toEqual({
      file: 'functions.yml',
      before: TWO,
      after: `${TWO.slice(0, TWO.indexOf('\n# About'))}\n# About the next one.\n`,
      named: undefined,
    });
  });

  it('takes the first one, and keeps the byte order mark before it', () => {
    const edit = remove({ ...files, 'functions.yml': `\uFEFF${TWO}` }, 'hello');
    expect(edit?.after).toBe(`\uFEFF${TWO.slice(TWO.indexOf('# About'))}`);
  });

  it('refuses one that was edited, with its place there', () => {
    const more = TWO.replace('handler: main.bye', 'handler: main.bye\n  timeout: 3');
    const edited = { ...files, 'functions.yml': more };
    expect(() => remove(edited, 'bye')).toThrow(
      'functions.yml:7:1: the function bye was edited: it has `timeout`.',
    );
    expect(remove(edited, 'bye', true)?.after).not.toContain('timeout');
  });

  it('refuses one whose runtime is its own', () => {
    const runtime = (name: string, text: string) =>
      text.replace(`handler: main.${name}`, `handler: main.${name}\n  runtime: provided.al2`);
    const edited = { ...files, 'functions.yml': runtime('bye', TWO) };
    expect(() => remove(edited, 'bye')).toThrow('was edited: it has `runtime`');
    const shared = { ...files, 'functions.yml': runtime('hello', runtime('bye', TWO)) };
    expect(remove(shared, 'bye')?.after).not.toContain('main.bye');
  });

  it('refuses the only one of the service', () => {
    const one = { ...files, 'functions.yml': 'hello:\n  handler: main.hello\n' };
    expect(() => remove(one, 'hello')).toThrow('hello is the only function of the service');
  });

  it('refuses one that something else takes a value from', () => {
    const used = `${files['serverless.yml']}custom:\n  code: \${file(functions.yml):bye.handler}\n`;
    const removal = () => remove({ ...files, 'serverless.yml': used }, 'bye');
    expect(removal).toThrow(NotUnderstoodError);
    expect(removal).toThrow('functions.yml: something else takes values from the functions there');
    expect(remove({ ...files, 'serverless.yml': used }, 'hello')?.after).toContain('main.bye');
  });

  it('is nothing where there is no function of that name', () => {
    expect(remove(files, 'other')).toBeUndefined();
  });
});

describe('removing a function of a list', () => {
  const list = `${HEAD}functions:
  - \${file(functions.yml)}
  - first:
      handler: main.first
      events:
        - http: GET /first

    # About the next one.
    second:
      handler: main.second
`;
  const files = { 'serverless.yml': list, 'functions.yml': TWO };

  it.each([
    ['hello', 'functions.yml'],
    ['second', 'serverless.yml'],
  ])('edits the file that it is in: %s', (key, file) => {
    const edit = remove(files, key);
    expect(edit?.file).toBe(file);
    expect(edit?.after).not.toContain(`main.${key}`);
  });

  it('keeps the dash where it takes the first one of a map', () => {
    const { after = '' } = remove(files, 'first') ?? {};
    expect(after).toContain('  - # About the next one.\n    second:\n      handler: main.second\n');
    expect(
      addTo(editedService({ ...files, 'serverless.yml': after }, 'serverless.yml'), fn).after,
    ).toContain('    added:\n      handler: main.added\n');
  });

  it('refuses one that several maps of it have', () => {
    const twice = { ...files, 'serverless.yml': list.replace('first:', 'hello:') };
    expect(() => remove(twice, 'hello')).toThrow(
      'functions.yml:1:1: hello is not the only function of that name, which only you can edit.',
    );
  });

  it('refuses one that another map has, which cannot be edited', () => {
    const flow = { ...files, 'functions.yml': '{ second: { handler: main.second } }\n' };
    expect(() => remove(flow, 'second')).toThrow('second is not the only function of that name');
  });

  it('refuses the only one of a map', () => {
    const one = { ...files, 'functions.yml': 'hello:\n  handler: main.hello\n' };
    expect(() => remove(one, 'hello')).toThrow(
      'functions.yml:1:1: hello is the only function there, which only you can edit.',
    );
  });

  it('says what it cannot edit where the function may be in it', () => {
    const flow = { ...files, 'functions.yml': '{ hello: { handler: main.hello } }\n' };
    expect(() => remove(flow, 'hello')).toThrow('functions.yml:1:1: the file is not a block map');
    expect(remove(flow, 'second')?.file).toBe('serverless.yml');
  });
});

describe('removing a function that is a file of its own', () => {
  it('takes its line, and names the file that stays', () => {
    const yml = `${HEAD}functions:
  hello: \${file(functions/hello.yml)}
  bye: \${file(functions/bye.yml)}
`;
    const edit = remove(
      {
        'serverless.yml': yml,
        'functions/hello.yml': 'handler: main.hello\ntimeout: 3\n',
        'functions/bye.yml': 'handler: main.bye\n',
      },
      'hello',
    );
    expect(edit?.after).toBe(yml.replace(/ {2}hello:.*\n/, ''));
    expect(edit?.named).toBe('functions/hello.yml');
  });

  it('refuses one with a comment, which would be lost', () => {
    const yml = `${HEAD}functions:
  hello: \${file(functions/hello.yml)} # as before
  bye: { handler: main.bye }
`;
    const files = { 'serverless.yml': yml, 'functions/hello.yml': 'handler: main.hello\n' };
    expect(() => remove(files, 'hello')).toThrow('was edited: it has a comment');
    expect(remove(files, 'hello', true)?.after).not.toContain('hello');
  });
});

describe('removing a function from a serverless.json', () => {
  const functions = {
    hello: { handler: 'main.hello', events: [{ http: 'GET /hello #1' }] },
    bye: { handler: 'main.bye', timeout: 3 },
    last: { handler: 'main.last' },
  };
  const service = { service: 'shop', provider: { name: 'aws', runtime: 'provided.al2023' } };
  const json = (all: unknown, indent?: number | string) =>
    JSON.stringify({ ...service, functions: all, custom: {} }, undefined, indent);
  const { hello, bye, last } = functions;

  it.each([undefined, 1, 2, 4, '\t'])('leaves the rest as it is indented: %j', (indent) => {
    const files = { 'serverless.json': json(functions, indent) };
    expect(remove(files, 'hello')?.after).toBe(json({ bye, last }, indent));
    expect(remove(files, 'bye', true)?.after).toBe(json({ hello, last }, indent));
    expect(remove(files, 'last')?.after).toBe(json({ hello, bye }, indent));
  });

  it('refuses one that was edited, with its place', () => {
    const files = { 'serverless.json': json(functions, 2) };
    expect(() => remove(files, 'bye')).toThrow(
      'serverless.json:16:5: the function bye was edited: it has `timeout`.',
    );
  });

  it('refuses one whose name is there twice', () => {
    const twice = json(functions).replace('"last":', '"hello":');
    expect(() => remove({ 'serverless.json': twice }, 'hello', true)).toThrow(NotUnderstoodError);
  });
});
