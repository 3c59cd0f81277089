import { execFileSync, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { ask, invoke, startDev } from '../support/dev.ts';
import { permanentFolder } from '../support/folders.ts';

/*
 * As in service.test.ts, the Dart VM is real. The package aws_lambda_dart_runtime is NOT the published
 * one, but the stand-in of test/toolchain, with its names and its faults.
 */
const dartBin = inject('dartBin');
const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };

describe.skipIf(dartBin === '').each(['rest', 'http'])('create --runtime package (%s)', (api) => {
  const { folder, remove } = permanentFolder();
  afterAll(remove);

  it('generates a service whose tests pass, and which dev serves', async () => {
    const args = ['my-hello', '--runtime', 'package', '--api', api, '--yes', '--no-git'];
    execFileSync(inject('cli'), args, { cwd: folder, env });
    const service = join(folder, 'my-hello');
    execFileSync('dart', ['pub', 'get'], { cwd: service, env });
    const { status, stdout } = spawnSync('dart', ['test'], { cwd: service, env });
    expect([status, String(stdout)]).toEqual([0, expect.stringContaining('All tests passed!')]);

    const { origin, log, child, exited } = await startDev(service, '--no-reload');
    expect(log.join('\n')).not.toContain('warning');
    await invoke(origin, 'hello');
    const hello = await ask(`${origin}/hello`, { headers: { 'user-agent': 'curl' } });
    expect(hello.status).toBe(200);
    // An HTTP API spells the names of headers otherwise than the package reads them.
    expect(await hello.json()).toEqual({
      message: expect.stringMatching(/^Hello to [\w-]{36}$/),
      host: api === 'rest' ? new URL(origin).host : null,
      userAgent: api === 'rest' ? 'curl' : null,
    });
    await invoke(origin, 'postRequest');
    const post = (body: string) =>
      fetch(`${origin}/postRequest`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    const greeting = await post('{"name": "Zoë"}');
    expect(greeting.headers.get('content-type')).toBe('application/json');
    expect(await greeting.json()).toEqual({ message: 'Hello Zoë from AWS Lambda!!' });
    const refused = await post('{}');
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { message: 'The body is not understood: the field "name" must be a string.' },
    ]);
    child.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
  });
});
