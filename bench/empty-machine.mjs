// From a machine with Node and Dart and nothing else to the first answer: an empty home, an empty
// npm cache, an empty folder, and a registry on this machine that the package is published to.
// Must reach: under 5 s.

import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import {
  emptyMachine,
  fetchVerdaccio,
  publish,
  startRegistry,
} from '../test/support/verdaccio.mjs';
import { dartEnv, machine, quantile, startDev } from './support.mjs';

const RUNS = 5;
const MUST = 5000;
const NPX = ['npx', '--yes', 'create-lambda-hello'];
const CREATE = ['hello', '--yes'];

/** @typedef {{ create: number, dev: number, request: number, total: number }} Times milliseconds */

const toolchain = await dartEnv();
const registry = await startRegistry(await fetchVerdaccio(console.error));
/** @type {Times[]} */
const runs = [];
try {
  await publish(registry.url);
  for (let run = 0; run < RUNS; run++) runs.push(await firstAnswer(toolchain.binDir));
} finally {
  await registry.stop();
}

console.log(`${machine()}; Dart ${toolchain.version}; ${RUNS} runs, each on an empty machine`);
const npx = NPX.join(' ');
print(`${npx} ${CREATE.join(' ')}`, 'create');
print(`${npx} dev, until it has printed its URLs`, 'dev');
print('the first GET /hello, the compilation included', 'request');
const total = print(`from nothing to the first answer (must be under ${MUST} ms)`, 'total');
process.exitCode = total < MUST ? 0 : 1;

/**
 * Prints what a part took, and returns its median.
 *
 * @param {string} title
 * @param {keyof Times} part
 */
function print(title, part) {
  const times = runs.map((run) => run[part]);
  const median = quantile(times, 0.5);
  const all = times.map((ms) => ms.toFixed(0)).join(', ');
  console.log(`${title}: median ${median.toFixed(0)} ms (${all})`);
  return median;
}

/**
 * What one user does, and how long each step takes.
 *
 * @param {string} dartBin
 * @returns {Promise<Times>}
 */
async function firstAnswer(dartBin) {
  const { cwd, env, remove } = await emptyMachine(registry.url);
  env.PATH = `${dartBin}${delimiter}${env.PATH}`;
  try {
    const start = performance.now();
    const [program = '', ...args] = [...NPX, ...CREATE];
    const { status, stderr } = spawnSync(program, args, { cwd, env });
    if (status !== 0) throw new Error(`npx ended with ${status}: ${stderr}`);
    const created = performance.now();
    const dev = await startDev(join(cwd, 'hello'), env, 'ignore', { npx: NPX });
    const ready = performance.now();
    try {
      const response = await fetch(`${dev.origin}/hello`);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`answered ${response.status}: ${text}`);
      const answered = performance.now();
      return {
        create: created - start,
        dev: ready - created,
        request: answered - ready,
        total: answered - start,
      };
    } finally {
      await dev.stop();
    }
  } finally {
    await remove();
  }
}
