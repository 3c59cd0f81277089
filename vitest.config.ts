import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { requireDart } from './test/toolchain/fetch-dart-vm.mjs';

/** An emulated VM is 10 to 20 times slower. */
const EMULATED = 12;
const DAY_MS = 24 * 60 * 60 * 1000;

const built = ['dist', 'src/generated'].map((name) => new URL(name, import.meta.url));
// A fresh checkout: the tests read what the build makes of the templates, and pack the package.
if (!built.every((folder) => existsSync(folder))) {
  execFileSync('npm', ['run', '-s', 'build'], { cwd: import.meta.dirname, stdio: 'inherit' });
}

const dartSlowness = (await requireDart())?.emulated ? EMULATED : 1;

// The processes of the tests inherit it: what one test has compiled, no other one has to.
const cache = 'node_modules/.cache/create-lambda-hello/kernels';
process.env.DART_VM_KERNELS ??= fileURLToPath(new URL(cache, import.meta.url));
forgetOldKernels(process.env.DART_VM_KERNELS);

const project = (name: string, more: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    provide: { dartSlowness },
    ...more,
  },
});

// Dart takes a second to compile, and some tests start it several times.
const slow = { testTimeout: 120_000 * dartSlowness, hookTimeout: 180_000 * dartSlowness };

export default defineConfig({
  test: {
    // One more than Vitest takes: much of the time is waiting for other programs.
    maxWorkers: '100%',
    projects: [
      // Beside tests that take every core, some thousand random inputs take more than five seconds.
      project('unit', { testTimeout: 30_000 }),
      project('integration', slow),
      project('conformance', slow),
      project('e2e', { ...slow, globalSetup: 'test/support/packed.ts' }),
      // After all others: it takes the whole machine for a minute.
      project('load', {
        ...slow,
        globalSetup: 'test/support/packed.ts',
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});

function forgetOldKernels(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile() && Date.now() - statSync(path).mtimeMs > DAY_MS) rmSync(path);
  }
}
