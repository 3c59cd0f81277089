import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { addCors, removeCors, usesCors } from '../../src/dart/main/cors.ts';
import { addRegistration } from '../../src/dart/main/edit.ts';
import { handedRuntimes } from '../../src/dart/main/handed-runtime.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { NotUnderstoodError } from '../../src/errors.ts';
import * as edits from '../../src/serverless-yml/edit/functions.ts';
import { functionJson } from '../../src/serverless-yml/edit/json.ts';
import { newFunctionApi } from '../../src/serverless-yml/edit/new-function-api.ts';
import { functionBlock } from '../../src/serverless-yml/edit/style.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { editedService, readFrom } from '../support/functions-edit.ts';
import { registration } from '../support/registration.ts';
import { shapes } from '../support/serverless-shapes.ts';

const parser = await loadDartParser();
const fixtures = fileURLToPath(new URL('../fixtures/main-dart/', import.meta.url));
const mains = readdirSync(fixtures).flatMap((name) => {
  if (!existsSync(join(fixtures, name, 'cors.dart'))) return [];
  const read = (part: string): string => readFileSync(join(fixtures, name, part), 'utf8');
  return [{ name, input: read('input.dart'), output: read('cors.dart') }];
});

describe('adding cors() to main.dart', () => {
  it('is tested with the shapes that services have', () => {
    expect(mains.length).toBeGreaterThanOrEqual(24);
  });

  it.each(mains)('$name: is the first call, written as the others are', ({ input, output }) => {
    expect(addCors(parser, input, 'shop').text).toBe(output);
  });

  it.each(mains)('$name: is found there, and undone to the byte', ({ input, output }) => {
    const { call } = addCors(parser, input, 'shop');
    expect([input, output].map((text) => usesCors(parser, text))).toEqual([false, true]);
    expect(removeCors(parser, output, call)).toBe(input);
  });

  it.each(mains)('$name: is undone beside a registration', ({ input }) => {
    const both = addRegistration(parser, input, registration);
    const { text, call } = addCors(parser, both, 'shop');
    expect(removeCors(parser, text, call)).toBe(both);
  });

  const main = (code: string, show = ''): string =>
    `import 'runtime/runtime.dart'${show};\n\nvoid main() {\n${code}\n}\n`;
  const added = (text: string): string => addCors(parser, text, 'shop').text;

  it.each([
    [
      'before other middleware',
      "  Runtime()\n    ..use(logRequests())\n    ..registerHandler('main.a', a);",
    ],
    [
      'after a comment that belongs to the receiver',
      "  Runtime() // one\n    // a\n    ..registerHandler('main.a', a);",
    ],
    [
      'before what is awaited',
      "  await (Runtime()\n        ..onInit(open)\n        ..registerHandler('main.a', a))\n      .invoke();",
    ],
  ])('goes %s', (_, code) => {
    const lines = added(main(code)).split('\n');
    expect(lines.findIndex((line) => line.trim() === '..use(cors())')).toBe(
      lines.findIndex((line) => line.includes('Runtime()')) + 1,
    );
  });

  it.each([
    [
      "  final r = Runtime()..use(logRequests());\n  r.registerHandler('main.a', a);",
      "  final r = Runtime()..use(cors())..use(logRequests());\n  r.registerHandler('main.a', a);",
    ],
    [
      "  router.use(other);\n  // All:\n  r.registerHandler('main.a', a);",
      "  router.use(other);\n  r.use(cors());\n  // All:\n  r.registerHandler('main.a', a);",
    ],
    [
      "  r.registerHandler('main.a', a); r.invoke();",
      "  r.use(cors());\n  r.registerHandler('main.a', a); r.invoke();",
    ],
    [
      "  run(); r.registerHandler('main.a', a);",
      "  run(); r.use(cors()); r.registerHandler('main.a', a);",
    ],
  ])('of %j makes %j', (before, after) => {
    expect(added(main(before))).toBe(main(after));
    const { text, call } = addCors(parser, main(before), 'shop');
    expect(removeCors(parser, text, call)).toBe(main(before));
  });

  const CALL = "  Runtime()\n    ..registerHandler('main.a', a);";
  it.each([
    [' as rt', '..use(rt.cors())'],
    [' show Runtime, cors', '..use(cors())'],
    [' hide BadRequest', '..use(cors())'],
  ])('takes the name from an import %s', (show, call) => {
    expect(addCors(parser, main(CALL, show), 'shop').call).toBe(call);
  });

  it.each([
    [' show Runtime', CALL, 'the import does not give the name cors', 'after  show'],
    [' hide cors', CALL, 'the import does not give the name cors', 'after  hide'],
    [
      '',
      `${CALL}\n}\nMiddleware cors() {`,
      'lib/main.dart:7: cors is something else here',
      'with a prefix',
    ],
    [
      '',
      '  r.forEach((n) => r.registerHandler(n, a));',
      'there is no  ..registerHandler',
      'by hand',
    ],
  ])('is refused for %j %s', (show, code, message, hint) => {
    const add = () => addCors(parser, main(code, show), 'shop');
    expect(add).toThrow(NotUnderstoodError);
    expect(add).toThrow(message);
    expect(add).toThrow(expect.objectContaining({ hint: expect.stringContaining(hint) }));
  });

  it.each([
    ["..use(cors(origins: ['https://a.example']))", true],
    ['..use(rt.cors())', true],
    ['// ..use(cors())', false],
    ['..use(other(cors))', false],
  ])('finds in %s that cors is used: %s', (call, expected) => {
    const text = main(`  Runtime()\n    ..registerHandler('main.a', a)\n    ${call}\n  ;`);
    expect(usesCors(parser, text)).toBe(expected);
  });

  it('is not undone where it was changed, or is there twice', () => {
    const text = added(main(CALL));
    const changed = text.replace('cors()', "cors(methods: ['GET'])");
    expect(removeCors(parser, changed, '..use(cors())')).toBeUndefined();
    const twice = text.replace('    ..use(cors())', '    ..use(cors())\n    ..use(cors())');
    expect(removeCors(parser, twice, '..use(cors())')).toBeUndefined();
  });

  it('hands the Runtime to nothing that may register handlers', () => {
    const text = main('  final r = Runtime()..use(cors());\n  r.onError(answer);\n  r.addAll();');
    expect(handedRuntimes(parser, text).map(({ name }) => name)).toEqual(['addAll']);
  });
});

const fn = { key: 'getOrder', handler: 'main.getOrder', method: 'GET', path: '/orders/{id}' };
const rest = shapes.filter(
  ({ input, output, file }) =>
    output && newFunctionApi(editedService(input, file).configuration) === 'rest',
);
const golden = rest.flatMap(({ cors, ...shape }) => (cors ? [{ ...shape, cors }] : []));

describe('adding a route with cors to a service', () => {
  const addTo = (service: ReturnType<typeof editedService>) =>
    edits.addFunction(service, { ...fn, api: 'rest', cors: true });

  it('is tested with the shapes that services have', () => {
    expect(rest.length).toBeGreaterThanOrEqual(60);
    expect(golden.length).toBeGreaterThanOrEqual(17);
    expect(shapes.filter(({ cors }) => cors).length).toBe(golden.length);
  });

  it.each(golden)('$name: writes it as the other functions are written', (shape) => {
    const { file, input, cors } = shape;
    const { file: path, after } = addTo(editedService(input, file));
    expect({ ...input, [path]: after }).toEqual(cors);
  });

  it.each(rest)('$name: is read back as what was meant, and undone to the byte', (shape) => {
    const { file, input } = shape;
    const { file: path, after } = addTo(editedService(input, file));
    const files = { ...input, [path]: after };
    const read = (from: typeof input) =>
      readServerlessYml(from[file] ?? '', { file, env: {}, read: readFrom(from) });
    const { service } = read(files);
    expect(service.functions.find(({ key }) => key === fn.key)?.events).toEqual([
      { api: 'rest', method: fn.method, path: fn.path },
    ]);
    expect(service.gateway?.restCors.get(fn.path)).toMatchObject({ origin: '*' });
    const removed = edits.removeFunction(editedService(files, file), fn.key, {
      force: false,
      cors: true,
    });
    expect(removed && { ...files, [removed.file]: removed.after }).toEqual(input);
  });

  it('is not undone where add-endpoint did not write its cors', () => {
    const [{ file, cors }] = golden as [(typeof golden)[number]];
    const remove = () => edits.removeFunction(editedService(cors, file), fn.key, { force: false });
    expect(remove).toThrow('the function getOrder was edited: it has `cors`');
  });

  it('copies a route that has it', () => {
    const text = `service: shop
functions:
  hello:
    handler: main.hello
    events:
      - http: { path: hello, cors: true, method: get }
`;
    const service = editedService({ 'serverless.yml': text }, 'serverless.yml');
    expect(addTo(service).after).toContain(
      "  getOrder:\n    handler: main.getOrder\n    events:\n      - http: { path: 'orders/{id}', cors: true, method: get }\n",
    );
    const plain = edits.addFunction(service, { ...fn, api: 'rest' }).after;
    expect(plain.match(/cors/g)).toHaveLength(1);
  });

  it('can be shown as what to paste', () => {
    const shown = { ...fn, api: 'rest', cors: true } as const;
    expect(functionBlock(shown, 2)).toMatch(/\n {10}path: \/orders\/\{id\}\n {10}cors: true$/);
    expect(functionJson(shown)).toContain('"cors": true');
    expect(functionJson({ ...fn, api: 'rest' })).not.toContain('cors');
  });
});
