import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { doctor } from '../../src/commands/doctor/doctor.ts';
import type { Result } from '../../src/doctor/check.ts';
import { CancelledError, UserError } from '../../src/errors.ts';
import { scripted } from '../support/context.ts';
import { folder, makeService, program, root, runDoctor } from '../support/doctor.ts';
import { fakeSdks } from '../support/fake-sdks.ts';
import { writeTree } from '../support/folders.ts';

describe('doctor', () => {
  it('tells all that is missing for a new service, and fails', async () => {
    await makeService();
    const { error, output, notes } = await runDoctor();
    expect(error).toBeInstanceOf(UserError);
    expect(error?.exitCode).toBe(1);
    expect(error?.message).toBe('2 of 13 checks failed: Dart SDK, Container engine.');
    expect(output).toMatch(/^ok {3}Service +shop, stage dev, in .*shop$/m);
    expect(output).toMatch(/^ok {3}osls +not installed yet: the first build or deploy does it$/m);
    expect(output).toContain('no dart on PATH; no flutter on PATH; none fetched into ');
    expect(output).toMatch(/^warn AWS credentials +none in/m);
    expect(output).toMatch(/^ok {3}AWS region +us-east-1/m);
    expect(output).not.toMatch(/[^\x20-\x7e\n]/);
    expect(notes).toEqual([]);
  });

  it('is content with an SDK and an engine', async () => {
    await makeService();
    program('dart', 'echo \'Dart SDK version: 3.9.1 (stable) on "linux_x64"\'');
    program('docker', '[ "$1" = info ]');
    const { output } = await runDoctor();
    expect(output).toMatch(/^ok {3}Dart SDK +3\.9\.1 at .*dart, on PATH, compiles for Linux$/m);
    expect(output).toMatch(/^ok {3}Dart packages +pub\.dev is reached$/m);
    expect(output).toMatch(/^ok {3}Container engine +docker at .*docker, answers$/m);
  });

  it('finds the Flutter SDK of the service, and says why it is taken', async () => {
    await makeService();
    program('dart', 'echo \'Dart SDK version: 3.5.0 (stable) on "linux_x64"\'');
    const dart = fakeSdks(root).flutter('.fvm/flutter_sdk', '3.9.2');
    const { output } = await runDoctor();
    expect(output).toContain(
      `3.9.2 at ${dart}, of .fvm/flutter_sdk, compiles for Linux; ` +
        `Dart 3.5.0 at ${join(folder, 'bin/dart')} is older than 3.8.0\n`,
    );
  });

  it('prints one JSON document', async () => {
    await makeService();
    const { error, results, notes } = await runDoctor({ json: true });
    expect([results.length, notes.length]).toEqual([1, 0]);
    const report = JSON.parse(results[0] ?? '') as { ok: boolean; checks: Result[] };
    expect(report.ok).toBe(false);
    expect(error?.exitCode).toBe(1);
    expect(report.checks.map(({ id }) => id)).toEqual([
      'node',
      'npm',
      'service',
      'osls',
      'dart',
      'packages',
      'downloads',
      'container',
      'credentials',
      'region',
      'make',
      'port',
      'disk',
    ]);
    for (const { id, title, status, detail, fix, ...more } of report.checks) {
      expect(['ok', 'warn', 'fail'], id).toContain(status);
      expect([typeof title, typeof detail, more]).toEqual(['string', 'string', {}]);
      if (fix !== undefined) expect(fix).not.toBe('');
    }
  });

  it('looks at the machine where there is no service, without failing for that', async () => {
    program('dart', 'echo \'Dart SDK version: 3.9.1 (stable) on "linux_x64"\'');
    const { error, output } = await runDoctor({}, folder);
    expect(error).toBeUndefined();
    expect(output).toMatch(/^warn Service +there is no service here/m);
    expect(output).toMatch(/^warn osls +not looked for/m);
  });

  it('goes on when serverless.yml is broken, and says where', async () => {
    await makeService();
    writeTree(root, { 'serverless.yml': 'service: shop\nprovider: [\n' });
    const { error, output } = await runDoctor();
    expect(error?.message).toContain('Service');
    expect(output).toMatch(/^FAIL Service +.*serverless\.yml:\d+:\d+: /m);
    expect(output).toMatch(/^warn AWS region +not known/m);
  });

  it('fails where the service is in code, which it does not run', async () => {
    await makeService();
    rmSync(join(root, 'serverless.yml'));
    writeTree(root, { 'serverless.ts': 'throw new Error("was run");' });
    const { error, output } = await runDoctor();
    expect(error?.message).toContain('Service');
    expect(output).toMatch(/^FAIL Service +.*serverless\.ts is code, which only osls runs\.$/m);
    rmSync(join(root, 'serverless.ts'));
  });

  it('warns of a REST API with cors whose handlers set no header of it', async () => {
    await makeService();
    const path = join(root, 'serverless.yml');
    const text = readFileSync(path, 'utf8');
    writeTree(root, {
      'serverless.yml': text.replace('path: /hello', 'path: /hello\n          cors: true'),
    });
    const { output } = await runDoctor();
    expect(output).toMatch(
      /^warn Service .*shop\n +no file of lib\/ names Access-Control-Allow-Origin, which browsers require in the responses of hello: /m,
    );
    expect(output).toContain('Try: add  ..use(cors())  to the Runtime in lib/main.dart');
    writeTree(root, { 'lib/handlers/more.dart': '  // runtime.use(cors());\n' });
    expect((await runDoctor()).output).toContain('warn Service');
    for (const code of [
      'const it = HttpHeaders.accessControlAllowOriginHeader;\n',
      'void add(Runtime runtime) => runtime..use(cors());\n',
    ]) {
      writeTree(root, { 'lib/handlers/more.dart': code });
      expect((await runDoctor()).output).toMatch(/^ok {3}Service +shop, stage dev/m);
    }
  });

  it('stops when the user stops it', async () => {
    await makeService();
    const { context, results, stop } = scripted({ cwd: root, env: { PATH: '' } });
    stop.abort();
    await expect(doctor(context, {})).rejects.toThrow(CancelledError);
    expect(results).toEqual([]);
  });
});
