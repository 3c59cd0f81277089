import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { containerCheck } from '../../src/doctor/container.ts';
import { dartCheck } from '../../src/doctor/dart.ts';
import type { Sdk } from '../../src/doctor/toolchain.ts';
import { look, none, noSdk, service, type World } from '../support/doctor-checks.ts';

const newSdk: Sdk = { ...noSdk, dart: '/sdk/dart', version: '3.9.1', crossCompiles: true };
const oldSdk: Sdk = { ...noSdk, dart: '/sdk/dart', version: '3.7.3' };
const docker = { engine: { name: 'docker', path: '/bin/docker' } };
const asleep = {
  tried: [{ name: 'docker', problem: 'installed, but its daemon does not answer' }],
};
const absent = { tried: [{ name: 'docker', problem: 'not installed' }] };
const onX64 = service({ architectures: ['x86_64'] });

describe('toolchain', () => {
  it.each<readonly [dart: string, container: string, name: string, World]>([
    ['ok', 'ok', 'a new SDK and an engine', { sdk: newSdk, engines: docker }],
    ['ok', 'ok', 'a new SDK alone', { sdk: newSdk, engines: absent }],
    ['ok', 'warn', 'a new SDK, an engine that sleeps', { sdk: newSdk, engines: asleep }],
    ['warn', 'ok', 'an engine alone', { engines: docker }],
    ['fail', 'fail', 'nothing', { engines: absent }],
    ['fail', 'fail', 'an engine that sleeps', { engines: asleep }],
    ['warn', 'ok', 'an old SDK, same processor', { sdk: oldSdk, engines: absent, service: onX64 }],
    ['warn', 'ok', 'an old SDK, no service', { sdk: oldSdk, engines: absent, service: none }],
    ['fail', 'fail', 'an old SDK, other processor', { sdk: oldSdk, engines: absent }],
    ['warn', 'ok', 'an old SDK, other processor, an engine', { sdk: oldSdk, engines: docker }],
    [
      'fail',
      'fail',
      'an old SDK on a Mac',
      { sdk: oldSdk, engines: absent, service: onX64, machine: { platform: 'darwin' } },
    ],
    ['fail', 'fail', 'a dart that is none', { sdk: { dart: '/bin/dart' }, engines: absent }],
  ])('Dart %s, engine %s: %s', async (dart, container, _, world) => {
    const results = [await look(dartCheck, world), await look(containerCheck, world)];
    expect(results.map(({ status }) => status)).toEqual([dart, container]);
    for (const { status, fix } of results) expect(fix !== undefined).toBe(status !== 'ok');
  });

  it('says what was found, and where was searched', async () => {
    const details = async (check: Check, world: World) => (await look(check, world)).detail;
    expect(await details(dartCheck, { sdk: newSdk })).toBe(
      '3.9.1 at /sdk/dart, compiles for Linux',
    );
    expect(await details(dartCheck, {})).toMatch(
      /^no dart in \/a, \/b; no container engine either/,
    );
    expect(await details(dartCheck, { sdk: oldSdk })).toMatch(/3\.7\.3 .*too old .* Linux arm64/);
    expect(await details(containerCheck, { engines: docker })).toBe(
      'docker at /bin/docker, answers',
    );
    expect(await details(containerCheck, { engines: asleep })).toMatch(/docker: .*does not answer/);
  });

  it('warns of a CONTAINER_ENGINE that is not there', async () => {
    const env = { CONTAINER_ENGINE: 'docker' };
    const result = await look(containerCheck, { sdk: newSdk, engines: absent, env });
    expect(result).toMatchObject({ status: 'warn', fix: 'install it, or unset CONTAINER_ENGINE' });
  });

  it.each([
    ['docker', 'linux', 'sudo systemctl start docker'],
    ['docker', 'darwin', 'start Docker Desktop'],
    ['podman', 'darwin', 'podman machine start'],
    ['finch', 'darwin', 'finch vm start'],
    ['nerdctl', 'linux', 'nerdctl info  says more'],
  ])('knows how %s is started on %s', async (name, platform, fix) => {
    const engines = { tried: [{ name, problem: 'installed, but its daemon does not answer' }] };
    expect(await look(containerCheck, { engines, machine: { platform } })).toMatchObject({ fix });
  });
});
