import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/tools/command.ts';
import { Kernels } from '../../src/tools/dart/kernels.ts';
import { run } from '../../src/tools/run.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/**
 * A stand-in for `dart compile kernel`, whose kernel is the source: it refuses what has an error, and
 * adds to the source what it finds in `meanwhile`, as an editor would that saves at that moment.
 */
const COMPILER = `#!/bin/sh
[ "$1 $2 $3" = "compile kernel -o" ] || exit 64
echo "Compiling $5 to kernel file $4."
if grep -q ERROR "$5"; then echo "$5:1:1: Error: no" >&2; exit 254; fi
cp "$5" "$4"
if [ -f meanwhile ]; then cat meanwhile >> "$5"; rm meanwhile; fi
`;

const MAIN = 'lib/main.dart';

function kernelsOf(files: Record<string, string> = {}) {
  const root = temporaryFolder();
  writeTree(root, { [MAIN]: 'main', 'pubspec.yaml': 'name: a', ...files });
  const dart = join(root, 'sdk/bin/dart');
  mkdirSync(dirname(dart), { recursive: true });
  writeFileSync(dart, COMPILER, { mode: 0o755 });
  const commands: Command[] = [];
  const onCommand = (command: Command) => commands.push(command);
  const options = { root, dart, run: async (...args: Parameters<typeof run>) => run(...args) };
  const kernels = () => new Kernels({ ...options, onCommand });
  return { root, kernels, commands };
}

const textOf = async (kernels: Kernels, entryPoint = MAIN) => {
  const kernel = await kernels.get(entryPoint);
  return 'path' in kernel ? readFileSync(kernel.path, 'utf8') : kernel;
};

describe('the kernels of a service', () => {
  it('are compiled once for all, and kept for the next with the same sources', async () => {
    const { kernels, commands } = kernelsOf();
    const first = kernels();
    expect([await first.isKept(MAIN), first.isReady(MAIN)]).toEqual([false, false]);
    expect(await Promise.all([textOf(first), textOf(first)])).toEqual(['main', 'main']);
    expect(first.isReady(MAIN)).toBe(true);
    const next = kernels();
    expect([await next.isKept(MAIN), next.isReady(MAIN)]).toEqual([true, true]);
    expect(await textOf(next)).toBe('main');
    expect(commands).toHaveLength(1);
  });

  it('are compiled again when the code has changed, and the old ones are removed', async () => {
    const { root, kernels } = kernelsOf({ 'lib/other.dart': 'other' });
    const both = kernels();
    await textOf(both);
    await textOf(both, 'lib/other.dart');
    writeFileSync(join(root, MAIN), 'main 2');
    expect(await textOf(both)).toBe('main');
    both.invalidate();
    expect(await textOf(both)).toBe('main 2');
    const names = readdirSync(join(root, '.dart_tool/create-lambda-hello'));
    expect(names.map((name) => name.replace(/[0-9a-f]{16}/, '*')).sort()).toEqual([
      'main-*.dill',
      'other-*.dill',
    ]);
  });

  it('are those of the code at their end, even where it changed while they were compiled', async () => {
    const { root, kernels, commands } = kernelsOf({ meanwhile: ' and more' });
    expect(await textOf(kernels())).toBe('main and more');
    expect(commands).toHaveLength(2);
    expect(readdirSync(join(root, '.dart_tool/create-lambda-hello'))).toHaveLength(1);
  });

  it('are none for code that does not compile, with what the compiler says', async () => {
    const { root, kernels } = kernelsOf({ [MAIN]: 'ERROR' });
    expect(await textOf(kernels())).toEqual({ rejected: 'lib/main.dart:1:1: Error: no' });
    expect(readdirSync(join(root, '.dart_tool/create-lambda-hello'))).toEqual([]);
  });

  it('depend on the packages beside it', async () => {
    const { root, kernels } = kernelsOf({ 'shared/lib/shared.dart': 'a' });
    mkdirSync(join(root, '.dart_tool'));
    writeFileSync(
      join(root, '.dart_tool/package_config.json'),
      JSON.stringify({ packages: [{ name: 'shared', rootUri: '../shared' }] }),
    );
    await textOf(kernels());
    writeFileSync(join(root, 'shared/lib/shared.dart'), 'b');
    expect(await kernels().isKept(MAIN)).toBe(false);
  });

  it('are those of the SDK', async () => {
    const { root, kernels, commands } = kernelsOf();
    await textOf(kernels());
    writeFileSync(join(root, 'sdk/version'), '3.9.0');
    await textOf(kernels());
    expect(commands).toHaveLength(2);
  });

  it('are made again where somebody has removed them', async () => {
    const { root, kernels, commands } = kernelsOf();
    const removed = kernels();
    await textOf(removed);
    rmSync(join(root, '.dart_tool'), { recursive: true });
    expect([await removed.isKept(MAIN), removed.isReady(MAIN)]).toEqual([false, false]);
    expect(await textOf(removed)).toBe('main');
    expect(commands).toHaveLength(2);
  });

  it('are none without a program', async () => {
    const { root, kernels } = kernelsOf();
    rmSync(join(root, 'sdk'), { recursive: true });
    expect(await kernels().isKept(MAIN)).toBe(false);
    expect(await textOf(kernels())).toEqual({ rejected: expect.stringContaining('ENOENT') });
  });

  it('are none where they cannot be written, with the reason', async () => {
    const { kernels } = kernelsOf({ '.dart_tool': 'a file' });
    expect(await textOf(kernels())).toEqual({ rejected: expect.stringContaining('.dart_tool') });
  });

  it('are not finished when they are closed', async () => {
    const { root, kernels } = kernelsOf();
    const closed = kernels();
    closed.close();
    expect(await textOf(closed)).toHaveProperty('rejected');
    expect(readdirSync(join(root, '.dart_tool/create-lambda-hello'))).toEqual([]);
  });
});
