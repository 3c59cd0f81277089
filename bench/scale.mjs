// A service of 10, 100 and 1,000 endpoints with a model each, and a package of 2,000 classes: what
// grows with it. Must reach at 1,000: `dev` ready under 1 s, a warm request as with 10, add-endpoint
// under 700 ms; hot reload under 100 ms at the median with ten functions in use.
// `--save` writes results/scale.json.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryOf, timedGet } from './processes.mjs';
import { addEndpoints, addLargeDependency, nameOf } from './services.mjs';
import { args, dartService, machine, quantile, runCli, saveResults, startDev } from './support.mjs';

const SIZES = args.map(Number);
if (SIZES.length === 0) SIZES.push(10, 100, 1000);
const STARTS = 7;
const COMMANDS = 7;
const REQUESTS = 2000;
const IN_USE = 10;
const SAVES = 21;
const CLASSES = 2000;

/** @param {Record<string, number>} figures @param {string} name */
const at = (figures, name) => figures[name] ?? Number.POSITIVE_INFINITY;

/** @type {Record<number, Record<string, number>>} */
const results = {};
let dartVersion = '';
for (const size of SIZES) results[size] = await measure(size);

console.log(`${machine()}; Dart ${dartVersion}; ${CLASSES} classes in a package`);
for (const [size, figures] of Object.entries(results)) {
  const text = Object.entries(figures).map(([name, value]) => `${name} ${value}`);
  console.log(`${size} endpoints: ${text.join(', ')}`);
}
saveResults(
  'scale',
  dartVersion,
  Object.entries(results).map(([size, figures]) => ({ size: Number(size), ...figures })),
);
const largest = results[Math.max(...SIZES)];
const smallest = results[Math.min(...SIZES)];
if (largest && smallest) {
  const reached =
    at(largest, 'ready (ms)') < 1000 &&
    at(largest, 'add-endpoint (ms)') < 700 &&
    at(largest, 'reload (ms)') < 100 &&
    at(largest, 'warm request p50 (ms)') < 1.2 * at(smallest, 'warm request p50 (ms)');
  if (!reached) process.exitCode = 1;
}

/** @param {number} size @returns {Promise<Record<string, number>>} */
async function measure(size) {
  const { service, env, dart, remove } = await dartService();
  dartVersion = dart;
  addEndpoints(service, size - 2);
  addLargeDependency(service, CLASSES);
  execFileSync('dart', ['pub', 'get'], { cwd: service, env });
  const starts = [];
  for (let run = 0; run < STARTS; run++) {
    const start = performance.now();
    const dev = await startDev(service, env, 'ignore');
    starts.push(performance.now() - start);
    await dev.stop();
  }
  const dev = await startDev(service, env, 'ignore');
  const url = (/** @type {number} */ index) => `${dev.origin}/${nameOf(index)}`;
  const first = (await timedGet(url(0))).ms;
  for (let run = 0; run < REQUESTS / 4; run++) await timedGet(url(0));
  const warm = [];
  for (let run = 0; run < REQUESTS; run++) warm.push((await timedGet(url(0))).ms);
  const before = memoryOf(dev.pid);
  const inUse = Math.min(IN_USE, size - 2);
  await Promise.all(Array.from({ length: inUse }, (_, index) => timedGet(url(index))));
  const memory = (memoryOf(dev.pid) - before) / (inUse - 1);
  const reloads = [];
  const file = join(service, `lib/handlers/${nameOf(0)}.dart`);
  const source = readFileSync(file, 'utf8');
  for (let run = 0; run < SAVES; run++) {
    const word = `Hello${run} from`;
    const start = performance.now();
    writeFileSync(file, source.replace('Hello from', word));
    while (!(await timedGet(url(0))).body.includes(word));
    reloads.push(performance.now() - start);
  }
  await dev.stop();
  const commands = Array.from({ length: COMMANDS }, () => ({
    endpoints: runCli(service, ['endpoints']).ms,
    add: runCli(service, [
      'add-endpoint',
      'listThings',
      '--path',
      '/things',
      '--response',
      '[{"id":1}]',
    ]).ms,
    remove: runCli(service, ['remove-endpoint', 'listThings']).ms,
  }));
  remove();
  const median = (/** @type {number[]} */ values) => Math.round(quantile(values, 0.5));
  return {
    'ready (ms)': median(starts),
    'first answer (ms)': Math.round(first),
    'warm request p50 (ms)': Number(quantile(warm, 0.5).toFixed(2)),
    'memory a function (MB)': Math.round(memory),
    'reload (ms)': median(reloads),
    'endpoints (ms)': median(commands.map(({ endpoints }) => endpoints)),
    'add-endpoint (ms)': median(commands.map(({ add }) => add)),
  };
}
