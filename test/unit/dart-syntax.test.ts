import { describe, expect, it } from 'vitest';
import { addRegistration, removeRegistration } from '../../src/dart/main/edit.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { readMainFile } from '../../src/dart/main/read.ts';
import { registration, removal } from '../support/registration.ts';

/*
 * Dart as it is written from 3.0 to 3.10, in the function that registers the
 * handlers and beside it: https://dart.dev/resources/language/evolution
 */

const parser = await loadDartParser();

const main = (statement: string, declaration = '') => `import 'handlers/hello.dart';
import 'runtime/runtime.dart';

${declaration}
void main() {
  ${statement}
  Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
    ..invoke();
}
`;

const STATEMENTS = [
  // 3.10: dot shorthands
  'final Color c = .red;',
  'final Color c = .parse("x").darker;',
  'final Foo f = .new();',
  'final Foo f = const .of(1);',
  'final List<int> l = .filled(1, 2);',
  'final Foo<int> f = .make<int>(1);',
  'paint(.red, mode: .fast, limits: const .of(1));',
  'if (c == .red || c != .blue) print(c);',
  'switch (c) { case .red: break; case .blue || .green: print(c); default: }',
  'final s = switch (c) { .red => 1, .of(1) => 2, _ => 3 };',
  'final colors = <Color>[.red, if (c == .red) .blue, for (final x in l) .of(x)];',
  'return .value(1);',
  'final Future<int> f = loud ? .value(1) : .error(2);',
  // 3.8: null-aware elements
  'final l = [?a, ?b.c(), 1];',
  'final m = {?k: ?v, "a": ?b, ?c: 1};',
  'final s = <int>{?a, if (x) ?b, for (final y in l) ?y, ...?l};',
  // 3.7: wildcards; 3.6: digit separators
  'l.forEach((_, _) => 1);',
  'for (final _ in l) {}',
  'try { f(); } catch (_, _) { rethrow; }',
  'final a = 1_000_000, b = 0xff_ff, c = 1_0.5_0e1_0;',
  // 3.0: patterns, records, switch expressions
  'if (mode case Fast()) print("fast");',
  'if (json case {"a": int b, "c": [_, ...final d]} when b > 1) print("$b $d");',
  'final (a, b: c) = pair(); (a, c) = (c, a);',
  'for (final MapEntry(:key, :value) in m.entries) print("$key $value");',
  'switch (s) { case >= 1 && < 5: print(1); case (int a, String b): print("$a$b"); case var x?: print(x); }',
  // What came before, and stays
  'final f = Foo.new; final g = List<int>.filled;',
  `final s = 'a $b \${c['x']} \${l.map((e) => '$e')} ' r'\\' '''multi\n  line''';`,
  'await for (final x in s) { print(x); }',
  'assert(x, "message");',
  'outer: for (;;) { continue outer; }',
];

const DECLARATIONS = [
  'library;',
  '/// @docImport "x.dart";\nlibrary shop;',
  'final all = [?region, ...?more];',
  'void paint({Color color = .red, Limits limits = const .of(1)}) {}',
  'extension type const Id(int value) implements int {}',
  'sealed class A {} final class B extends A {} abstract interface class C {} mixin class D {}',
  "(int, {String name}) pair() => (1, name: 'a');",
  'class A extends B { A(super.x, {super.key, required this.y}); final int y; }',
  'class A { set x(covariant int y) {} external int get z; static late final int q; }',
  'enum E { a(1), b(2); const E(this.x); final int x; E get other => switch (this) { .a => .b, .b => .a }; }',
  'typedef Json = Map<String, Object?>;',
];

describe('main.dart takes a registration and gives it back to the byte', () => {
  it.each(STATEMENTS)('with %s in its function', (statement) => check(main(statement)));
  it.each(DECLARATIONS)('with %s beside it', (declaration) => {
    const text = declaration.includes('library')
      ? `${declaration}\n${main('')}`
      : main('', `${declaration}\n`);
    check(text);
  });
});

function check(text: string): void {
  const output = addRegistration(parser, text, registration);
  expect(output).toContain("('main.getOrder', getOrderApiGateway)");
  expect(parser.read(output, (root) => root.hasError)).toBe(false);
  expect(removeRegistration(parser, output, readMainFile(parser, output), removal)).toBe(text);
}
