import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/doctor/check.ts';
import { containerCheck } from '../../src/doctor/container.ts';
import { dartCheck } from '../../src/doctor/dart.ts';
import { look, none, noSdk, sdkOf, service, type World } from '../support/doctor-checks.ts';

const newSdk = sdkOf('3.9.1');
const oldSdk = sdkOf('3.7.3');
const wrongSdk = { ...noSdk, wrong: 'DART_SDK is /x, but there is no /x/bin/dart' };
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
    ['fail', 'ok', 'a DART_SDK that is none', { sdk: wrongSdk, engines: docker }],
  ])('is %s for Dart and %s for the engine with %s', async (dart, container, _, world) => {
    const results = [await look(dartCheck, world), await look(containerCheck, world)];
    expect(results.map(({ status }) => status)).toEqual([dart, container]);
    for (const { status, fix } of results) expect(fix !== undefined).toBe(status !== 'ok');
  });

  it('says what was found, and where was searched', async () => {
    const details = async (check: Check, world: World) => (await look(check, world)).detail;
    expect(await details(dartCheck, { sdk: newSdk })).toBe(
      '3.9.1 at /sdk/dart, on PATH, compiles for Linux',
    );
    expect(await details(dartCheck, {})).toBe(
      'no dart on PATH; none fetched into /c; no container engine either; dev needs it too',
    );
    expect(await details(dartCheck, { sdk: oldSdk })).toBe(
      '3.7.3 at /sdk/dart, on PATH, too old to compile for Linux arm64; no container engine either',
    );
    expect(await details(dartCheck, { sdk: wrongSdk })).toBe(wrongSdk.wrong);
    expect(await details(containerCheck, { engines: docker })).toBe(
      'docker at /bin/docker, answers',
    );
    expect(await details(containerCheck, { engines: asleep })).toMatch(/docker: .*does not answer/);
  });

  it('says what else was there, and is not used', async () => {
    const problem = 'Dart 3.5.0 at /old/dart is older than 3.8.0';
    const old = { source: 'PATH', place: '/old/dart', problem } as const;
    const sdk = {
      ...newSdk,
      searched: [
        { ...old, found: 'too old', dart: '/old/dart', version: '3.5.0' } as const,
        ...noSdk.searched,
      ],
    };
    expect((await look(dartCheck, { sdk })).detail).toBe(
      `3.9.1 at /sdk/dart, on PATH, compiles for Linux; ${problem}`,
    );
  });

  it('sends those to a newer DART_SDK who have set it, and others to install-dart', async () => {
    const named = {
      ...oldSdk,
      sdk: { ...sdkOf('3.7.3').sdk, source: 'DART_SDK' },
    } as typeof oldSdk;
    expect((await look(dartCheck, { sdk: named })).fix).toMatch(
      /^set DART_SDK to an SDK of 3\.8\.0/,
    );
    expect((await look(dartCheck, { sdk: oldSdk })).fix).toMatch(
      /^create-lambda-hello install-dart/,
    );
    expect((await look(dartCheck, {})).fix).toMatch(/^create-lambda-hello install-dart/);
    expect((await look(dartCheck, { sdk: wrongSdk })).fix).toMatch(
      /^set DART_SDK .*, or unset it$/,
    );
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
