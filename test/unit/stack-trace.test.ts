import { expect, it } from 'vitest';
import { readableTrace } from '../../src/dart/stack-trace.ts';

const reader = { root: '/home/ada/shop', cwd: '/home/ada/shop', packageName: 'shop' };
const read = (lines: readonly string[], more = {}) => readableTrace(lines, { ...reader, ...more });

const DART = '#0      List.first (dart:core-patch/growable_array.dart:348:5)';
const OWN = '#1      hello (package:shop/handlers/hello.dart:15:7)';
const RUNTIME = '#2      Runtime._answer (package:shop/runtime/lambda_runtime.dart:132:26)';
const READABLE = '#1      hello (lib/handlers/hello.dart:15:7)';
const SUSPENDED = '<asynchronous suspension>';

it('leaves out frames of the runtime and of Dart, and tells how many there are', () => {
  expect(read([DART, OWN, RUNTIME])).toEqual([
    READABLE,
    '... 2 frames of the runtime (--verbose shows them)',
  ]);
  expect(read([OWN, RUNTIME])).toEqual([
    READABLE,
    '... 1 frame of the runtime (--verbose shows it)',
  ]);
});

it('leaves out what has started the runtime, unless that is all there is', () => {
  const main = (number: number) => `#${number}      main (package:shop/main.dart:12:3)`;
  expect(read([OWN, RUNTIME, SUSPENDED, main(3), SUSPENDED])).toEqual([
    READABLE,
    '... 2 frames of the runtime (--verbose shows them)',
  ]);
  const register = '#0      Runtime.register (package:shop/runtime/lambda_runtime.dart:46:7)';
  expect(read([register, main(1)])[1]).toBe('#1      main (lib/main.dart:12:3)');
});

it('shows every frame when that is wanted, files of the service as paths', () => {
  expect(read([DART, OWN, RUNTIME], { verbose: true })).toEqual([
    DART,
    READABLE,
    '#2      Runtime._answer (lib/runtime/lambda_runtime.dart:132:26)',
  ]);
});

it('shows every frame where none is of the user: that is all there is', () => {
  const trace = [
    '#0      Runtime._decode (package:shop/runtime/lambda_runtime.dart:1:2)',
    SUSPENDED,
  ];
  expect(read(trace)).toEqual([
    '#0      Runtime._decode (lib/runtime/lambda_runtime.dart:1:2)',
    SUSPENDED,
  ]);
});

it('leaves out a suspension with the frame that it belongs to', () => {
  expect(read([OWN, SUSPENDED, RUNTIME, SUSPENDED])).toEqual([
    READABLE,
    SUSPENDED,
    '... 1 frame of the runtime (--verbose shows it)',
  ]);
});

it('shows frames of other packages, also below a runtime/ of theirs', () => {
  const trace = [
    '#0      send (package:http/runtime/client.dart:1:2)',
    '#1      Runtime.invoke (package:aws_lambda_dart_runtime/runtime/runtime.dart:3:4)',
  ];
  expect(read(trace)).toEqual(trace);
});

it.each([
  ['main.dart', '#0      main.<anonymous closure> (file:///home/ada/shop/lib/main.dart:8:3)'],
  ['main.dart', '#0      main.<anonymous closure> (package:shop/main.dart:8:3)'],
])('shows %s by its path, however it is imported', (_file, line) => {
  expect(read([line])).toEqual(['#0      main.<anonymous closure> (lib/main.dart:8:3)']);
});

it('leaves out files of the runtime that are imported as files', () => {
  const file = '#1      Runtime.invoke (file:///home/ada/shop/lib/runtime/lambda_runtime.dart:1:2)';
  expect(read([OWN, file])).toHaveLength(2);
  expect(read([OWN, file])[1]).toContain('1 frame');
});

it('starts paths where the terminal is', () => {
  const [line] = read([OWN], { cwd: '/home/ada/shop/lib/handlers' });
  expect(line).toBe('#1      hello (../../lib/handlers/hello.dart:15:7)');
});

it('reads frames without a column, as executables have them, and paths with spaces', () => {
  expect(read(['#0      hello (package:shop/handlers/hello.dart:15)'])).toEqual([
    '#0      hello (lib/handlers/hello.dart:15)',
  ]);
  const root = '/home/a b (1)';
  const line = '#0      hello (file:///home/a%20b%20(1)/lib/main.dart:1:2)';
  expect(read([line], { root, cwd: root })).toEqual(['#0      hello (lib/main.dart:1:2)']);
});

it.each([
  ['nothing', []],
  ['a trace of another language', ['    at hello (index.js:1:2)', '  File "a.py", line 1']],
  ['files elsewhere', ['#0      f (file:///tmp/lib/runtime/x.dart:1:2)', '#1 g (file:///%zz:1)']],
  ['what is no trace', ['', '#', '#0', '(package:shop/runtime/a.dart:1:1)']],
])('leaves %s as it is', (_what, lines) => {
  expect(read(lines)).toEqual(lines);
});

it('takes no package for the own one where its name is not known', () => {
  expect(read([OWN, RUNTIME], { packageName: '' })).toEqual([OWN, RUNTIME]);
});
