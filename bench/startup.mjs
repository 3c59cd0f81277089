// Start-up: scaffolding next to create-vite, and --help and --version next to
// Node alone, by turns in one run.
// Must reach: not slower than create-vite, a second with `git init` too, and 1.5 times `node -e 0`.

import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cli, machine, quantile, temporaryFolder } from './support.mjs';

const RUNS = 41;
const SECOND = 1000;
const { folder, remove } = temporaryFolder();

// create-vite is only measured, so it is fetched here and is no dependency.
execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', 'create-vite@9.3.0'], {
  cwd: folder,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const createVite = createRequire(join(folder, 'x.js')).resolve('create-vite/package.json');

/** @type {Record<string, (name: string) => string[]>} */
const commands = {
  'node -e 0': () => ['-e', '0'],
  'create-vite': (name) => [
    join(dirname(createVite), 'index.js'),
    `vite-${name}`,
    '--template',
    'vanilla-ts',
    '--no-interactive',
  ],
  'create-lambda-hello': (name) => [cli, `hello-${name}`, '--yes', '--no-git'],
  'with git init': (name) => [cli, `git-${name}`, '--yes'],
  '--help': () => [cli, '--help'],
  '--version': () => [cli, '--version'],
};

/** @type {[command: string, other: string, limit: number][]} */
const LIMITS = [
  ['create-lambda-hello', 'create-vite', 1],
  ['--help', 'node -e 0', 1.5],
  ['--version', 'node -e 0', 1.5],
];

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
for (let run = 0; run < RUNS; run++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, args(String(run)), {
      cwd: folder,
    });
    times[name]?.push(performance.now() - start);
    const silent = stdout.length === 0 && name !== 'node -e 0';
    if (status !== 0 || silent) throw new Error(`${name} ended with ${status}: ${stderr}`);
  }
}
remove();

console.log(`${machine()}; medians of ${RUNS} runs by turns`);
const median = (/** @type {string} */ name) => quantile(times[name] ?? [], 0.5);
for (const name of Object.keys(commands)) console.log(`${name}: ${median(name).toFixed(1)} ms`);
for (const [command, other, limit] of LIMITS) {
  const ratio = median(command) / median(other);
  console.log(`${command} / ${other}: ${ratio.toFixed(2)} (must be at most ${limit})`);
  if (ratio > limit) process.exitCode = 1;
}
if (median('with git init') > SECOND) process.exitCode = 1;
