import { describe, expect, it } from 'vitest';
import {
  artifactOf,
  compileCommands,
  entryPointOf,
} from '../../../templates/service/tool/serverless-dart.mjs';

describe('artifactOf', () => {
  it.each([
    ['main.hello', 'arm64', 'lib/main.dart', 'build/lambda/main-arm64'],
    ['admin/main.x', 'x86_64', 'lib/admin/main.dart', 'build/lambda/admin-main-x86_64'],
  ])('of %s for %s is compiled from %s to %s', (handler, architecture, entryPoint, folder) => {
    expect(artifactOf(handler, architecture)).toMatchObject({
      entryPoint,
      folder,
      zip: `${folder}.zip`,
    });
    expect(entryPointOf(handler)).toBe(entryPoint);
  });
});

/*
 * The documented command lines: https://dart.dev/tools/dart-compile,
 * https://docs.docker.com/reference/cli/docker/container/run/ and
 * https://docs.podman.io/en/latest/markdown/podman-run.1.html
 */
describe('compileCommands', () => {
  const arm64 = artifactOf('main.hello', 'arm64');
  const lines = (...given: Parameters<typeof compileCommands>) =>
    compileCommands(...given).map(({ program, args }) => [program, ...args]);

  it('cross-compiles with an SDK that can', () => {
    const sdk = {
      kind: 'sdk',
      dart: '/sdk/bin/dart',
      version: '3.9.0',
      crossCompiles: true,
      why: '',
    } as const;
    expect(lines(sdk, arm64, 'out/bootstrap', { serviceDir: '/s' })).toEqual([
      ['/sdk/bin/dart', 'pub', 'get'],
      [
        '/sdk/bin/dart',
        'compile',
        'exe',
        '--target-os=linux',
        '--target-arch=arm64',
        '-o',
        'out/bootstrap',
        'lib/main.dart',
      ],
    ]);
    const x64 = artifactOf('main.hello', 'x86_64');
    expect(lines(sdk, x64, 'o', { serviceDir: '/s' })[1]).toContain('--target-arch=x64');
  });

  it('compiles plainly with an older one', () => {
    const sdk = {
      kind: 'sdk',
      dart: 'dart',
      version: '3.7.0',
      crossCompiles: false,
      why: '',
    } as const;
    expect(lines(sdk, arm64, 'out', { serviceDir: '/s' })[1]).toEqual([
      ...['dart', 'compile', 'exe', '-o', 'out', 'lib/main.dart'],
    ]);
  });

  const container = (name: string) =>
    ({ kind: 'container', engine: { name, path: `/bin/${name}` }, why: '' }) as const;

  it('runs a container as the user, with a kept home folder, cross-compiling inside', () => {
    const [get, compile] = lines(container('docker'), arm64, 'out', {
      serviceDir: '/my s',
      uid: 5,
      gid: 6,
    });
    const start = [
      ...['/bin/docker', 'run', '--rm', '--user', '5:6'],
      ...['--mount', 'type=bind,source=/my s,target=/my s', '--workdir', '/my s'],
      ...['--env', 'HOME=/my s/.dart_tool/container'],
      ...['--env', 'PUB_CACHE=/my s/.dart_tool/container/pub-cache', 'dart:stable', 'dart'],
    ];
    expect(get).toEqual([...start, 'pub', 'get']);
    expect(compile).toEqual([
      ...start,
      ...[
        'compile',
        'exe',
        '--target-os=linux',
        '--target-arch=arm64',
        '-o',
        'out',
        'lib/main.dart',
      ],
    ]);
  });

  it('takes the image of serverless.yml, and has the options that Podman needs', () => {
    const [get] = lines(container('podman'), arm64, 'out', {
      serviceDir: '/s',
      image: 'dart:3.9',
      uid: 5,
      gid: 6,
    });
    expect(get).toEqual(
      expect.arrayContaining(['--userns=keep-id', '--security-opt=label=disable']),
    );
    expect(get).toContain('dart:3.9');
    expect(get).not.toContain('dart:stable');
  });

  it('mounts a Windows folder under a name that Linux has, and quotes commas', () => {
    const [windows] = lines(container('docker'), arm64, 'out', { serviceDir: 'C:\\my,s' });
    expect(windows).toContain('type=bind,"source=C:\\my,s",target=/service');
    expect(windows).not.toContain('--user');
  });
});
