import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ask, type Dev, startDev } from '../support/dev.ts';
import { permanentFolder } from '../support/folders.ts';

const dartBin = inject('dartBin');
const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };

/** Throws in the way that the header tells. */
const HANDLER = `import 'dart:convert';

import '../runtime/runtime.dart';

AwsApiGatewayResponse helloApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) {
  switch (event.headers['x-throws']) {
    case 'an error':
      throw StateError('it is broken');
    case 'no text':
      throw _NoText();
    case 'nothing readable':
      Error.throwWithStackTrace(_Unreadable(), _NoTrace());
    case 'an odd text':
      throw _Odd();
    case 'in dart':
      return AwsApiGatewayResponse.json(jsonDecode('{'));
  }
  return AwsApiGatewayResponse.json({'isolate': identityHashCode(_start)});
}

final _start = Object();

class _NoText implements Exception {
  @override
  String toString() => throw StateError('in toString');
}

class _Unreadable implements Exception {
  @override
  Type get runtimeType => throw _NoText();
  @override
  String toString() => toString();
}

class _NoTrace implements StackTrace {
  @override
  String toString() => throw _NoText();
}

class _OddType implements Type {
  @override
  String toString() => 'Odd\\r\\nX-Header: ü';
}

class _Odd implements Exception {
  @override
  Type get runtimeType => _OddType();
  @override
  String toString() => 'one\\ntwo \\u001b[2J \\ud800 ü';
}
`;

describe.skipIf(dartBin === '')('an error of a function', () => {
  const { folder: cwd, remove } = permanentFolder();
  const service = join(cwd, 'shop');
  beforeAll(() => {
    execFileSync(inject('cli'), ['shop', '--yes', '--no-git', '--timeout', '20'], { cwd, env });
    writeFileSync(join(service, 'lib/handlers/hello.dart'), HANDLER);
  });
  afterAll(remove);

  const get = (dev: Dev, throws = '') =>
    ask(`${dev.origin}/hello`, { headers: { 'x-throws': throws } });

  it('is reported whatever was thrown, and the function serves on', async () => {
    const dev = await startDev(service, '--no-reload');
    const before = await (await get(dev)).json();
    const payload = async (throws: string) => {
      const body = JSON.stringify({ headers: { 'x-throws': throws }, requestContext: {} });
      const url = `${dev.origin}/2015-03-31/functions/hello/invocations`;
      const response = await fetch(url, { method: 'POST', body });
      return (await response.json()) as { stackTrace: readonly string[] };
    };
    for (const [throws, errorType, errorMessage, hasTrace] of [
      ['no text', 'NoText', 'An object whose toString() throws.', true],
      ['nothing readable', 'Error', 'An object whose toString() throws.', false],
      ['an odd text', 'Error', 'one\ntwo \x1b[2J \ud800 ü', true],
    ] as const) {
      expect((await get(dev, throws)).status, throws).toBe(502);
      const error = await payload(throws);
      expect(error, throws).toMatchObject({ errorType, errorMessage });
      const [first] = error.stackTrace;
      if (hasTrace) expect(first, throws).toContain('package:shop/handlers/hello.dart:');
      else expect(error.stackTrace, throws).toEqual([]);
    }
    expect(await (await get(dev)).json()).toEqual(before);
    expect(dev.log.join('\n')).not.toContain('ExitError');
  });
});
