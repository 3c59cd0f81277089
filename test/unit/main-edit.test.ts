import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importsOf, resolveUri, topLevelDeclarations } from '../../src/dart/main/declarations.ts';
import {
  addRegistration,
  registrationBlock,
  removeRegistration,
} from '../../src/dart/main/edit.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { readMainFile } from '../../src/dart/main/read.ts';
import { UserError } from '../../src/errors.ts';
import { registration, removal } from '../support/registration.ts';

const fixtures = fileURLToPath(new URL('../fixtures/main-dart/', import.meta.url));
const parser = await loadDartParser();

const shapes = readdirSync(fixtures).map((name) => {
  const read = (part: string): string => readFileSync(join(fixtures, name, part), 'utf8');
  const hasOutput = existsSync(join(fixtures, name, 'output.dart'));
  return { name, input: read('input.dart'), output: hasOutput && read('output.dart'), read };
});
const edited = shapes.flatMap(({ output, ...shape }) => (output ? [{ ...shape, output }] : []));
const refused = shapes.filter(({ output }) => output === false);

describe('adding a registration to main.dart', () => {
  it('is tested with the shapes that services have', () => {
    expect(edited.length).toBeGreaterThanOrEqual(15);
    expect(refused.length).toBeGreaterThanOrEqual(9);
  });

  it.each(edited)('$name: writes it as the others are written', ({ input, output }) => {
    expect(addRegistration(parser, input, registration)).toBe(output);
  });

  it.each(edited)('$name: is undone to the byte by removing it', ({ input, output }) => {
    expect(removeRegistration(parser, output, readMainFile(parser, output), removal)).toBe(input);
  });

  it.each(edited)('$name: is Dart before and after', ({ input, output }) => {
    const isBroken = (text: string) => parser.read(text, (root) => root.hasError);
    expect([input, output].map(isBroken)).toEqual([false, false]);
  });

  it.each(edited)('$name: keeps every line that was there', ({ input, output }) => {
    const linesOf = (text: string) => text.replace('\uFEFF', '').split(/\r?\n/);
    const lines = linesOf(output);
    // A line may go on: with the cascade's semicolon, or all of it on one line.
    const isKept = (line: string) =>
      lines.some((other) => other.startsWith(line.replace(/;.*|\.\.invoke\(\);$/, '')));
    expect(linesOf(input).filter((line) => !isKept(line))).toEqual([]);
  });

  it.each(refused)('$name: says why it does not', ({ input, read }) => {
    const add = () => addRegistration(parser, input, registration);
    expect(add).toThrow(UserError);
    expect(add).toThrow(read('message.txt').trimEnd());
  });

  it('can be shown as what to paste', () => {
    expect(registrationBlock(registration)).toBe(
      [
        "import 'handlers/get_order.dart';",
        '',
        "    ..registerHandler<AwsApiGatewayEvent>('main.getOrder', getOrderApiGateway)",
      ].join('\n'),
    );
  });
});

const main = `import 'handlers/hello.dart';
import 'handlers/orders.dart' as orders;
import 'runtime/runtime.dart';

void main() {
  Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
    // The orders.
    ..registerHandler<AwsApiGatewayEvent>('main.list', orders.list) // all
    ..registerHandler<AwsApiGatewayEvent>('main.drop', orders.drop);
}
`;

describe('removing a registration from main.dart', () => {
  const remove = (name: string, providedBy: string, names: string[], text = main) =>
    removeRegistration(parser, text, readMainFile(parser, text), {
      name,
      declaring: [{ path: `lib/${providedBy}`, names }],
      package: 'shop',
    });

  it('takes the import that nothing else uses', () => {
    const removed = remove('main.hello', 'handlers/hello.dart', ['helloApiGateway']);
    expect(removed).not.toContain('hello');
    expect(removed).toContain("import 'handlers/orders.dart' as orders;");
  });

  it('keeps an import by whose prefix something else is used', () => {
    const removed = remove('main.drop', 'handlers/orders.dart', ['list', 'drop']);
    expect(removed).toContain("import 'handlers/orders.dart' as orders;");
    expect(removed).toContain("('main.list', orders.list) // all\n    ;");
  });

  it('keeps an import of which another name is used', () => {
    const text = main.replace('void main', 'final help = helpText;\nvoid main');
    const removed = remove('main.hello', 'handlers/hello.dart', ['hello', 'helpText'], text);
    expect(removed).toContain("import 'handlers/hello.dart';");
  });

  it('keeps comments', () => {
    const removed = remove('main.list', 'handlers/orders.dart', ['list', 'drop']);
    expect(removed).toContain('    // The orders.\n    // all\n    ..registerHandler');
  });

  it('is refused where it is a part of an expression', () => {
    const text = main.replace(
      'void main() {',
      "void add() => r.registerHandler('main.x', x);\nvoid main() {",
    );
    expect(() => remove('main.x', 'handlers/x.dart', ['x'], text)).toThrow(
      'lib/main.dart:5: the registration of main.x is written in a way that no edit is known for.',
    );
  });

  it('is nothing where there is none of that name', () => {
    expect(remove('main.other', 'handlers/hello.dart', [])).toBeUndefined();
  });
});

describe('reading main.dart', () => {
  it('tells imports, registrations and declarations with their lines', () => {
    expect(readMainFile(parser, main)).toMatchObject({
      imports: [
        { uri: 'handlers/hello.dart', prefix: undefined, line: 1 },
        { uri: 'handlers/orders.dart', prefix: 'orders', line: 2 },
        { uri: 'runtime/runtime.dart', line: 3 },
      ],
      registrations: [
        {
          name: 'main.hello',
          handler: 'helloApiGateway',
          eventType: 'AwsApiGatewayEvent',
          line: 7,
        },
        { name: 'main.list', handler: 'orders.list', line: 9 },
        { name: 'main.drop', handler: 'orders.drop', line: 10 },
      ],
      declarations: [{ name: 'main', line: 5 }],
    });
  });
});

describe('the registrations of main.dart', () => {
  const read = (code: string) => readMainFile(parser, `import 'runtime/runtime.dart';\n${code}\n`);
  const named = (code: string) => read(code).registrations.map(({ name }) => name);

  it.each([
    ["void main() => Runtime()..registerHandler('main.a', a)..invoke();", 'in an arrow function'],
    ["class S { void run() { runtime.registerHandler('main.a', a); } }", 'in a method'],
    ["void all(List l) => l.forEach((f) => r.registerHandler('main.a', f));", 'in a closure'],
    ["const a = 'main.a'; void main() { runtime.registerHandler(a, b); }", 'by a constant'],
    [
      "class N { static const a = 'main.a'; } void f() { r.registerHandler(N.a, b); }",
      'of a class',
    ],
    ["void main() { const String a = 'main.a'; r.registerHandler(a, b); }", 'of its function'],
    ["void main() { if (b) r.registerHandler('main.a', b); }", 'in an if'],
  ])('are read: %s (%s)', (code) => {
    expect(named(code)).toEqual(['main.a']);
    expect(read(code).unread).toEqual([]);
  });

  it.each([
    ["void main() { {'main.a': a}.forEach(runtime.registerHandler); }", 'a tear-off'],
    [
      "void main() { {'main.a': a}.forEach((n, h) => runtime.registerHandler<E>(n, h)); }",
      'a map and a closure',
    ],
    [
      "void main() { for (final (n, h) in [('main.a', a)]) { r.registerHandler(n, h); } }",
      'records and a loop',
    ],
    [
      "void add(String n, Handler h) => r.registerHandler(n, h); void main() => add('main.a', a);",
      'a helper function',
    ],
    ["class R extends Runtime { R() { registerHandler('main.a', a); } }", 'a subclass'],
  ])('are said to be unread, with what they may be: %s (%s)', (code) => {
    const { registrations, last, unread, mentions } = read(code);
    expect({ registrations, last }).toEqual({ registrations: [], last: undefined });
    expect(unread).toMatchObject([{ line: 2 }]);
    expect(mentions).toEqual([{ name: 'main.a', handler: 'a', line: 2 }]);
  });

  it.each([
    ['the name is a parameter too', "const a = 'main.a'; void f(a) { r.registerHandler(a, b); }"],
    ['it is no constant', "var a = 'main.a'; void f() { r.registerHandler(a, b); }"],
    ['it is put together', "const a = 'main.' 'a'; void f() { r.registerHandler(a, b); }"],
    ['it is interpolated', "void f(a) { r.registerHandler('main.$a', b); }"],
  ])('have no name where %s', (_why, code) => {
    expect(named(code)).toEqual([]);
    expect(read(code).unread).toHaveLength(1);
  });

  it('are not the declaration of the method', () => {
    const { unread } = read('class Runtime { void registerHandler<T>(String name, Handler h) {} }');
    expect(unread).toEqual([]);
  });

  it('prefer a function to a method for the next one', () => {
    const { last } = read(
      "void main() { r.registerHandler('main.a', a); } class S { void f() { r.registerHandler('main.b', b); } }",
    );
    expect(last?.name).toBe('main.a');
  });
});

describe('topLevelDeclarations', () => {
  it.each([
    ['class A {}', ['A']],
    ['abstract interface class A {}\nclass B = A with C;', ['A', 'B']],
    ['enum E { a, b }\nmixin M {}\nextension X on int {}\nextension type T(int v) {}', 'EMXT'],
    ['typedef F = void Function();', ['F']],
    ['final a = 1;\nvar b = 2, c = 3;\nconst d = 4;\nlate final int e;', 'abcde'],
    ['int get g => 1;\nset s(int v) {}\nFuture<List<int>> f() async => [];', 'gsf'],
    ['external void e();', ['e']],
  ])('reads of %j the names %j', (text, names) => {
    const found = topLevelDeclarations(parser, text).map(({ name }) => name);
    expect(found).toEqual([...names]);
  });
});

describe('importsOf', () => {
  it('are all libraries and parts that a library names', () => {
    const text = `import "a.dart" if (dart.library.io) 'b.dart';\nexport r'c.dart' show X;\npart 'd.dart';\n`;
    const uris = importsOf(parser, text);
    expect(uris).toEqual(['a.dart', 'b.dart', 'c.dart', 'd.dart']);
  });
});

describe('resolveUri', () => {
  it.each([
    ['package:shop/models/a.dart', 'lib/models/a.dart'],
    ['../models/a.dart', 'lib/models/a.dart'],
    ['./a.dart', 'lib/handlers/a.dart'],
    ['a.dart', 'lib/handlers/a.dart'],
    ['package:other/a.dart', undefined],
    ['dart:io', undefined],
    ['../../../a.dart', undefined],
    ['/a.dart', undefined],
  ])('resolves %s to %s', (uri, path) => {
    expect(resolveUri(uri, { from: 'lib/handlers/x.dart', package: 'shop' })).toBe(path);
  });
});
