// add-endpoint with both samples, in a service of 2 endpoints and in one of 500, by turns in one run.
// Must reach: under 350 ms at 2, and at 500 at most twice the time at 2.

import { join } from 'node:path';
import { addEndpoints } from './services.mjs';
import { machine, quantile, runCli, temporaryFolder } from './support.mjs';

const RUNS = 21;
const MANY = 500;
const { folder, remove } = temporaryFolder();

function createService(/** @type {string} */ name) {
  runCli(folder, [name, '--yes', '--no-git']);
  return join(folder, name);
}

const sample = JSON.stringify({
  id: 7,
  placed: '2024-02-29T12:30:00Z',
  customer: { name: 'Ada', address: { street: 'a', zip: null } },
  items: [{ sku: 'a-1', count: 2, price: 9.5 }],
});
const args = ['--method', 'POST', '--path', '/orders/{id:int}'];
const add = ['add-endpoint', 'createOrder', ...args, '--request', sample, '--response', sample];

const services = { 2: createService('few'), [MANY]: createService('many') };
addEndpoints(/** @type {string} */ (services[MANY]), MANY - 2);
/** @type {Record<string, number[]>} */
const times = { 2: [], [MANY]: [] };
for (let count = 0; count < RUNS; count++) {
  for (const [size, service] of Object.entries(services)) {
    times[size]?.push(runCli(service, add).ms);
    runCli(service, ['remove-endpoint', 'createOrder']);
  }
}
remove();

const median = (/** @type {number} */ size) => quantile(times[size] ?? [], 0.5);
const ratio = median(MANY) / median(2);
console.log(`${machine()}; medians of ${RUNS} runs by turns`);
console.log(`at 2 endpoints: ${median(2).toFixed(0)} ms (must be under 350 ms)`);
console.log(
  `at ${MANY} endpoints: ${median(MANY).toFixed(0)} ms, ${ratio.toFixed(2)} times (must be at most 2)`,
);
process.exitCode = median(2) < 350 && ratio <= 2 ? 0 : 1;
