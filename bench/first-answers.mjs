// The first answers of `dev`: of one function, of eight that are asked at once, and of one where
// another `dev` has run with the same sources. Must reach: eight in at most 2 times what one takes;
// under 400 ms with the same sources as before.

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { timedGet } from './processes.mjs';
import { addEndpoints, nameOf } from './services.mjs';
import { dartService, machine, quantile, startDev } from './support.mjs';

const ROUNDS = 7;
const FUNCTIONS = 8;
const EIGHT_RATIO = 2;
const AGAIN_MS = 400;

const { service, env, dart, remove } = await dartService();
addEndpoints(service, FUNCTIONS);
execFileSync('dart', ['pub', 'get'], { cwd: service, env });

/** Starts `dev` and asks that many functions at once; the milliseconds until all have answered. */
async function firstAnswers(/** @type {number} */ count, /** @type {readonly string[]} */ options) {
  const dev = await startDev(service, env, 'ignore', { options });
  const start = performance.now();
  const urls = Array.from({ length: count }, (_, index) => `${dev.origin}/${nameOf(index)}`);
  await Promise.all(urls.map(timedGet));
  const ms = performance.now() - start;
  await dev.stop();
  return ms;
}

const forget = () =>
  rmSync(join(service, '.dart_tool/create-lambda-hello'), { recursive: true, force: true });

/** @type {Record<string, number[]>} */
const times = {};
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, options] of Object.entries({ warm: [], 'no warm': ['--no-warm'] })) {
    const note = (/** @type {string} */ what, /** @type {number} */ ms) => {
      const key = `${what}, ${name}`;
      times[key] = [...(times[key] ?? []), ms];
    };
    forget();
    note('one', await firstAnswers(1, options));
    forget();
    note('eight', await firstAnswers(FUNCTIONS, options));
    note('again', await firstAnswers(1, options));
  }
}
remove();

console.log(`${machine()}; Dart ${dart}; medians of ${ROUNDS} rounds`);
const median = (/** @type {string} */ key) => quantile(times[key] ?? [], 0.5);
for (const key of Object.keys(times)) console.log(`${key}: ${median(key).toFixed(0)} ms`);
for (const name of ['warm', 'no warm']) {
  const ratio = median(`eight, ${name}`) / median(`one, ${name}`);
  console.log(`eight over one, ${name}: ${ratio.toFixed(2)} (must be at most ${EIGHT_RATIO})`);
  if (ratio > EIGHT_RATIO || median(`again, ${name}`) > AGAIN_MS) process.exitCode = 1;
}
