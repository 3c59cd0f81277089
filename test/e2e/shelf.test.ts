import { execFileSync, spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { ask, invoke, startDev } from '../support/dev.ts';
import { permanentFolder } from '../support/folders.ts';

/* As in service.test.ts, the Dart VM is real, and package:shelf is that of test/toolchain. */
const dartBin = inject('dartBin');
const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };

describe.skipIf(dartBin === '').each(['rest', 'http'])('create --shelf (%s)', (api) => {
  const { folder, remove } = permanentFolder();
  afterAll(remove);

  it('generates an app whose tests pass, and which dev serves', async () => {
    const args = ['my-app', '--shelf', '--api', api, '--yes', '--no-git'];
    execFileSync(inject('cli'), args, { cwd: folder, env });
    const service = join(folder, 'my-app');
    execFileSync('dart', ['pub', 'get'], { cwd: service, env });
    const { status, stdout } = spawnSync('dart', ['test'], { cwd: service, env });
    expect([status, String(stdout)]).toEqual([0, expect.stringContaining('All tests passed!')]);

    const { origin, log, child, exited } = await startDev(service, '--no-reload');
    await invoke(origin, 'app');
    const root = await ask(`${origin}/?name=Zo%C3%AB`);
    expect([root.status, await root.json()]).toEqual([200, { message: 'Hello Zoë!' }]);
    const greeting = await fetch(`${origin}/greetings`, { method: 'POST', body: '{"name":"Ada"}' });
    expect(await greeting.json()).toEqual({ message: 'Hello Ada!' });
    const nowhere = await fetch(`${origin}/no/where`);
    expect([nowhere.status, await nowhere.text()]).toEqual([404, 'Route not found']);
    expect(log.join('\n')).toMatch(/^\[app\] .* POST {4}\[200\] \/greetings$/m);
    child.kill('SIGINT');
    expect(await exited).toEqual([0, null]);
  });
});
