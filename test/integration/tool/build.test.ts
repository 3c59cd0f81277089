import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ServerlessDart from '../../../templates/service/tool/serverless-dart.mjs';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { elfOf } from '../../toolchain/commands/elf.mjs';

/*
 * The plugin with a `serverless` of the shape that it uses; test/e2e has the real
 * one. A recording script stands for `dart`: it copies a ready ELF file.
 */
let service: string;
let log: string[];
const path = process.env.PATH;

beforeEach(() => {
  service = temporaryFolder();
  log = [];
  const record = `printf '%s\\n' "$*" >> "$(dirname "$0")/../commands"`;
  writeTree(service, {
    'pubspec.yaml': 'name: shop\n',
    'lib/main.dart': 'void main() {}\n',
    'sdk/version': '3.9.0\n',
    'sdk/bin/dart': `#!/bin/sh
${record}
case "$*" in
  'pub get') touch pubspec.lock ;;
  *arm64*) cp "$(dirname "$0")/../arm64" "$6" ;;
  *) cp "$(dirname "$0")/../x64" "$6" ;;
esac
`,
  });
  chmodSync(join(service, 'sdk/bin/dart'), 0o755);
  writeFileSync(join(service, 'sdk/x64'), elfOf('echo x64', 'linux_x64'));
  writeFileSync(join(service, 'sdk/arm64'), elfOf('echo arm64', 'linux_arm64'));
  process.env.PATH = `${join(service, 'sdk/bin')}:${path}`;
});
afterEach(() => {
  process.env.PATH = path;
});

type Functions = Record<
  string,
  { handler: string; architecture?: string; package?: object; image?: string }
>;

async function build(
  functions: Functions,
  options: Record<string, unknown> = {},
  packaged: { artifact?: string } = {},
) {
  const serverless = {
    serviceDir: service,
    classes: { Error: class extends Error {} },
    service: {
      provider: { architecture: 'arm64' },
      custom: {},
      package: packaged,
      getAllFunctions: () => Object.keys(functions),
      getFunction: (key: string) => functions[key],
    },
  };
  const utils = { log: { notice: (text: string) => log.push(text) } };
  await new ServerlessDart(serverless, options, utils).hooks['build:build']();
  return functions;
}
const commands = () => readFileSync(join(service, 'sdk/commands'), 'utf8').trim().split('\n');
const hash = (file: string) =>
  createHash('sha256')
    .update(readFileSync(join(service, file)))
    .digest('hex');

describe('serverless build', () => {
  it('makes one artifact for each prefix and processor, and gives it to the functions', async () => {
    writeTree(service, { 'lib/admin.dart': 'void main() {}\n' });
    const functions = await build({
      a: { handler: 'main.a' },
      b: { handler: 'main.b' },
      c: { handler: 'admin.c', architecture: 'x86_64' },
      own: { handler: 'main.own', package: { artifact: 'mine.zip' } },
      image: { handler: '', image: 'x' },
    });
    expect(Object.values(functions).map((definition) => definition.package)).toEqual([
      { individually: true, artifact: 'build/lambda/main-arm64.zip' },
      { individually: true, artifact: 'build/lambda/main-arm64.zip' },
      { individually: true, artifact: 'build/lambda/admin-x86_64.zip' },
      { artifact: 'mine.zip' },
      undefined,
    ]);
    expect(readdirSync(join(service, 'build/lambda')).sort()).toEqual([
      ...['admin-x86_64', 'admin-x86_64.zip', 'main-arm64', 'main-arm64.zip'],
    ]);
    expect(log.join('\n')).toMatch(
      /Compiling lib\/main\.dart for Linux arm64: Dart 3\.9\.0 at .* cross-compiles/,
    );
    expect(log.join('\n')).toMatch(
      /Built build\/lambda\/main-arm64\.zip: 0\.0 MB, zipped 0\.0 MB, in \d+\.\d s/,
    );
  });

  it('makes a single artifact that of the service, of which osls sees that it is unchanged', async () => {
    const one = {};
    await build({ a: { handler: 'main.a' } }, {}, one);
    expect(one).toEqual({ artifact: 'build/lambda/main-arm64.zip' });
    writeTree(service, { 'lib/admin.dart': 'void main() {}\n' });
    const two = {};
    await build({ a: { handler: 'main.a' }, c: { handler: 'admin.c' } }, {}, two);
    expect(two).toEqual({});
  });

  it('skips what has not changed, and builds again when it has, or with --force', async () => {
    const once = { a: { handler: 'main.a' } };
    await build(once);
    const zip = hash('build/lambda/main-arm64.zip');
    const builds = () => commands().filter((line) => line.startsWith('compile')).length;
    const again = async (options = {}) => {
      await build({ a: { handler: 'main.a' } }, options);
      return builds();
    };
    expect(await again()).toBe(1);
    expect(log.at(-1)).toBe('Nothing has changed since build/lambda/main-arm64.zip was built');
    expect(await again({ force: true })).toBe(2);
    expect(hash('build/lambda/main-arm64.zip')).toBe(zip);
    writeTree(service, { 'lib/models/x.dart': '// new\n' });
    expect(await again()).toBe(3);
    writeTree(service, { 'pubspec.lock': 'changed\n' });
    expect(await again()).toBe(4);
    writeTree(service, { 'sdk/version': '3.10.0\n' });
    expect(await again()).toBe(5);
    writeTree(service, { 'build/lambda/main-arm64.zip': 'spoiled' });
    expect(await again()).toBe(6);
    writeTree(service, { 'test/x_test.dart': '// no input\n', 'README.md': 'nor this\n' });
    expect(await again()).toBe(6);
  });

  it('builds again when a package beside it changes', async () => {
    const config = {
      packages: [
        { name: 'beside', rootUri: '../beside' },
        { name: 'shop', rootUri: '../' },
      ],
    };
    writeTree(service, {
      '.dart_tool/package_config.json': JSON.stringify(config),
      'beside/lib/x.dart': '1',
    });
    await build({ a: { handler: 'main.a' } });
    writeTree(service, { 'beside/lib/x.dart': '2' });
    await build({ a: { handler: 'main.a' } });
    expect(commands().filter((line) => line.startsWith('compile'))).toHaveLength(2);
  });

  it('compiles in a container where there is no SDK, and notices a new image', async () => {
    const engine = `#!/bin/sh
case "$1" in
  info) exit 0 ;;
  image) echo "sha256:$(cat "$(dirname "$0")/image")"; exit 0 ;;
esac
printf '%s\\n' "$*" >> "$(dirname "$0")/commands"
while [ $# -gt 0 ] && [ "$1" != -o ]; do shift; done
[ $# -eq 0 ] || cp "$(dirname "$0")/../sdk/arm64" "$2"
`;
    writeTree(service, { 'engine/docker': engine, 'engine/image': '1' });
    chmodSync(join(service, 'engine/docker'), 0o755);
    process.env.PATH = `${join(service, 'engine')}:/usr/bin:/bin`;
    const runs = () => readFileSync(join(service, 'engine/commands'), 'utf8').trim().split('\n');
    await build({ a: { handler: 'main.a' } });
    const start = `run --rm --user ${process.getuid?.()}:${process.getgid?.()} --mount type=bind,source=${service},target=${service} --workdir ${service} --env HOME=${service}/.dart_tool/container --env PUB_CACHE=${service}/.dart_tool/container/pub-cache dart:stable dart`;
    expect(runs()).toEqual([
      `${start} pub get`,
      expect.stringMatching(
        / compile exe --target-os=linux --target-arch=arm64 -o build\/lambda\/main-arm64\.\d+\/bootstrap lib\/main\.dart$/,
      ),
    ]);
    await build({ a: { handler: 'main.a' } });
    expect(runs()).toHaveLength(2);
    writeTree(service, { 'engine/image': '2' });
    await build({ a: { handler: 'main.a' } });
    expect(runs()).toHaveLength(4);
  });

  it('passes no name through a shell', async () => {
    const odd = 'a b$(touch pwned);`touch pwned`\'"&|*';
    const moved = join(temporaryFolder(), odd);
    renameSync(service, moved);
    service = moved;
    process.env.PATH = `${join(service, 'sdk/bin')}:${path}`;
    writeTree(service, { [`lib/${odd}.dart`]: 'void main() {}\n' });
    await build({ a: { handler: `${odd}.a` } });
    expect(commands().at(-1)).toContain(`lib/${odd}.dart`);
    expect(Object.keys(readTree(join(service, '..'))).join('\n')).not.toMatch(/\/pwned$/m);
    expect(existsSync('pwned')).toBe(false);
  });

  it.each([
    [
      'a wrong processor',
      { 'sdk/arm64': elfOf('', 'linux_x64') },
      'it is for x86_64, and serverless.yml says arm64',
    ],
    ['no ELF file', { 'sdk/arm64': '#!/bin/sh\n' }, 'it is not an ELF file'],
    [
      'a compiler that fails',
      { 'sdk/bin/dart': '#!/bin/sh\nexit 254\n' },
      'dart pub get ended with 254',
    ],
    ['a build hook', { 'hook/build.dart': '' }, 'this service has a build hook'],
  ])('refuses %s and keeps the last good artifact', async (_name, spoil, message) => {
    await build({ a: { handler: 'main.a' } });
    const before = readTree(join(service, 'build'));
    writeTree(service, { 'lib/main.dart': '// changed\n' });
    for (const [file, content] of Object.entries(spoil))
      writeFileSync(join(mkdir(file), ''), content);
    await expect(build({ a: { handler: 'main.a' } })).rejects.toThrow(message);
    expect(readTree(join(service, 'build'))).toEqual(before);
  });

  function mkdir(file: string): string {
    writeTree(service, { [file]: '' });
    return join(service, file);
  }
});
