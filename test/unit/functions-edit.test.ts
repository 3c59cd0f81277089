import { describe, expect, it } from 'vitest';
import { NotUnderstoodError } from '../../src/errors.ts';
import * as edits from '../../src/serverless-yml/edit/functions.ts';
import { newFunctionApi } from '../../src/serverless-yml/edit/new-function-api.ts';
import { functionBlock } from '../../src/serverless-yml/edit/style.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import {
  addFunction,
  addTo,
  editedService,
  readFrom,
  removeFunction,
} from '../support/functions-edit.ts';
import { shapes } from '../support/serverless-shapes.ts';

const file = 'serverless.yml';
const fn = { key: 'getOrder', handler: 'main.getOrder', method: 'GET', path: '/orders/{id}' };

const edited = shapes.flatMap(({ output, ...shape }) => (output ? [{ ...shape, output }] : []));
const refused = shapes.flatMap(({ message, ...shape }) => (message ? [{ ...shape, message }] : []));

describe('adding a function to a service', () => {
  it('is tested with the shapes that services have', () => {
    expect(edited.length).toBeGreaterThanOrEqual(80);
    expect(refused.length).toBeGreaterThanOrEqual(18);
    expect(edited.length + refused.length).toBe(shapes.length);
  });

  it.each(edited)(
    '$name: writes it as the other functions are written',
    ({ file, input, output }) => {
      const { file: path, before, after } = addTo(editedService(input, file), fn);
      expect(before).toBe(input[path]);
      expect({ ...input, [path]: after }).toEqual(output);
    },
  );

  it.each(edited)('$name: is undone to the byte by removing it', ({ file, input, output }) => {
    const edit = edits.removeFunction(editedService(output, file), fn.key, { force: false });
    expect(edit && { ...output, [edit.file]: edit.after }).toEqual(input);
  });

  it.each(edited)('$name: is read back as what was meant', ({ file, input, output }) => {
    const read = (files: typeof input) =>
      readServerlessYml(files[file] ?? '', { file, env: {}, read: readFrom(files) });
    const added = read(output).service.functions;
    expect(added.find(({ key }) => key === fn.key)).toMatchObject({
      key: fn.key,
      handler: fn.handler,
      events: [
        { api: newFunctionApi(read(input).configuration), method: fn.method, path: fn.path },
      ],
    });
    const others = added.filter(({ key }) => key !== fn.key);
    expect(others).toEqual(read(input).service.functions);
  });

  it.each(refused)('$name: says why it does not', ({ file, input, message }) => {
    const add = () => addTo(editedService(input, file), fn);
    expect(add).toThrow(NotUnderstoodError);
    expect(add).toThrow(message);
  });
});

const service = `service: shop
functions:
  hello:
    handler: main.hello
    events:
      - http: GET /hello

  # Lists all of them.
  listOrders:
    handler: main.listOrders
    events:
      - http: GET /orders

  createOrder:
    handler: main.createOrder
    events:
      - http: POST /orders
`;
const remove = (text: string, key: string, force = false) =>
  removeFunction(text, key, { file, force });

describe('a new function', () => {
  it.each([
    ['ANY', '/', '- http: ANY /'],
    ['DELETE', '/a/{id}/b', '- http: DELETE /a/{id}/b'],
    ['GET', '/{proxy+}', '- http: GET /{proxy+}'],
    ['GET', '/a:', "- http: 'GET /a:'"],
    ['GET', '/a:b', '- http: GET /a:b'],
  ])('%s %s is written with quotes only where YAML needs them', (method, path, expected) => {
    expect(addFunction(service, { ...fn, method, path }, { file })).toContain(`${expected}\n`);
  });

  it('can be shown without a file to copy from', () => {
    expect(functionBlock({ ...fn, api: 'http' }, 2)).toBe(
      [
        '  getOrder:',
        '    handler: main.getOrder',
        '    events:',
        '      - httpApi:',
        '          method: GET',
        '          path: /orders/{id}',
      ].join('\n'),
    );
  });

  it('is refused in a file that is no YAML, with the place', () => {
    const broken = () => addFunction('service: "shop\nfunctions:\n', fn, { file });
    expect(broken).toThrow(/^serverless\.yml:\d+:\d+: /);
  });
});

describe('removing a function from serverless.yml', () => {
  it('takes its lines and the blank line before it', () => {
    expect(remove(service, 'createOrder')).toBe(
      service.slice(0, service.indexOf('\n  createOrder')),
    );
  });

  it('takes the first one with the blank line after it, and keeps the next comment', () => {
    const removed = remove(service, 'hello');
    expect(removed).toContain('functions:\n  # Lists all of them.\n  listOrders:\n');
  });

  it('keeps a comment that stands above it', () => {
    expect(remove(service, 'listOrders')).toContain('# Lists all of them.\n\n  createOrder:');
  });

  it('keeps comments below it', () => {
    const removed = remove(`${service}  # more to come\n`, 'createOrder', true);
    expect(removed).toContain('      - http: GET /orders\n  # more to come\n');
  });

  it('is nothing where there is no function of that name', () => {
    expect(remove(service, 'other')).toBeUndefined();
  });

  it.each([
    [
      'a property',
      '    handler: main.createOrder',
      '    timeout: 3\n    handler: main.createOrder',
    ],
    ['more than one event', 'POST /orders\n', 'POST /orders\n      - schedule: rate(1 hour)\n'],
    [
      'a property of the event',
      'http: POST /orders',
      'http: { method: POST, path: /o, cors: true }',
    ],
    ['a comment', 'POST /orders\n', 'POST /orders # new\n'],
  ])('refuses one that was edited: %s', (_what, from, to) => {
    const edited = service.replace(from, to);
    expect(edited).not.toBe(service);
    expect(() => remove(edited, 'createOrder')).toThrow(/^serverless\.yml:14:3: .* was edited/);
    expect(remove(edited, 'createOrder', true)).not.toContain('createOrder');
  });

  it('refuses the only one', () => {
    const one = 'service: shop\nfunctions:\n  hello:\n    handler: main.hello\n';
    expect(() => remove(one, 'hello')).toThrow('hello is the only function of the service');
  });

  it('refuses one with an anchor that something else uses', () => {
    const anchored = `${service.replace('createOrder:', 'createOrder: &create')}custom: *create\n`;
    expect(() => remove(anchored, 'createOrder')).toThrow(NotUnderstoodError);
  });
});

describe('the command that removes an edited function', () => {
  it.each([
    ['createOrder', 'create-lambda-hello remove-endpoint createOrder --force'],
    ['a b', "create-lambda-hello remove-endpoint 'a b' --force"],
    ['$(id)', "create-lambda-hello remove-endpoint '$(id)' --force"],
    ["it's", "create-lambda-hello remove-endpoint 'it'\\''s' --force"],
    ['-x', 'create-lambda-hello remove-endpoint --force -- -x'],
  ])('can be typed as it is: %s', (key, hint) => {
    const edited = service.replace(
      '  createOrder:\n',
      `  ${JSON.stringify(key)}:\n    memorySize: 256\n`,
    );
    let error: unknown;
    try {
      remove(edited, key);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ hint });
  });
});
