import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { ask, type Dev, invoke, startDev } from '../support/dev.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dartTime } from '../support/speed.ts';

/* The packed CLI and a real Dart VM with its service: nothing is played here. */

const HANDLER = 'lib/handlers/hello.dart';

describe.skipIf(inject('dartBin') === '')('dev, which compiles once', () => {
  let service: string;

  beforeEach(() => {
    const cwd = temporaryFolder();
    execFileSync(inject('cli'), ['shop', '--yes', '--no-git'], { cwd });
    service = join(cwd, 'shop');
  });

  const edit = (change: (source: string) => string) => {
    const file = join(service, HANDLER);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  const message = async (dev: Dev) => JSON.parse((await invoke(dev.origin, 'hello')).body).message;
  const kernels = () => {
    const folder = join(service, '.dart_tool/create-lambda-hello');
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.dill')) : [];
  };
  const stop = async ({ child, exited }: Dev) => {
    child.kill('SIGINT');
    await exited;
  };

  it(
    'starts the second function, and another dev, from what it compiled, and reloads that',
    async () => {
      const first = await startDev(service, '--verbose');
      await message(first);
      await invoke(first.origin, 'postRequest');
      expect(first.log.filter((line) => line.includes('dart compile kernel'))).toHaveLength(1);
      expect(await first.logs('[postRequest] $')).toMatch(/ \.dart_tool\S+\/main-\w+\.dill$/);
      await stop(first);
      expect(kernels()).toHaveLength(1);

      const second = await startDev(service, '--verbose');
      expect(await message(second)).toMatch(/^Hello to/);
      expect(await second.logs('[hello] $')).toMatch(/\.dill$/);
      expect(second.log.join('\n')).not.toContain('dart compile kernel');

      edit((source) => source.replace("'Hello to", "oops 'Hello to"));
      await second.logs('The code does not compile; still serving the previous code:');
      expect(await second.logs('Error:')).toMatch(/^lib\/handlers\/hello\.dart:\d+:\d+: Error: /);
      expect(await message(second)).toMatch(/^Hello to/);

      edit((source) => source.replace("oops 'Hello to", "'Bye to"));
      await second.logs('Reloaded in');
      expect(await message(second)).toMatch(/^Bye to/);
      // From now on its own VM compiles what changes.
      expect(await second.logs('[hello] $')).toMatch(/lib\/main\.dart$/);
      await stop(second);
    },
    dartTime(60_000),
  );

  it(
    'starts functions before they are asked with --warm, which are no cold starts then',
    async () => {
      const dev = await startDev(service, '--warm', '1', '--verbose');
      await dev.logs('[hello] prewarmed in');
      await ask(`${dev.origin}/hello`);
      await dev.logs(' hello warm ');
      await ask(`${dev.origin}/postRequest`, { method: 'POST', body: '{}' });
      await dev.logs(' postRequest cold ');
      expect(dev.log.filter((line) => line.includes('prewarmed'))).toHaveLength(1);
      await stop(dev);
    },
    dartTime(60_000),
  );

  it(
    'has a process stand by that compiles just what the first save changes',
    async () => {
      edit((source) =>
        source
          .replace("import '../runtime", "import 'dart:io';\n\nimport '../runtime")
          .replace(' async {', ' async {\n  print(Platform.script);'),
      );
      const first = await startDev(service);
      await message(first);
      await invoke(first.origin, 'postRequest');
      await stop(first);

      const dev = await startDev(service, '--warm', '1', '--verbose');
      const hello = message(dev);
      expect(await dev.logs('[hello] file:')).toMatch(/\.dill$/);
      await hello;
      // Once nothing is asked for a while.
      await dev.logs('[hello] stands by');
      edit((source) => source.replace('Hello to', 'Bye to'));
      await dev.logs('Reloaded in');
      expect(await message(dev)).toMatch(/^Bye to/);
      expect(await dev.logs('[hello] file:')).toMatch(/lib\/main\.dart$/);
      await stop(dev);
    },
    dartTime(60_000),
  );
});
