// add-function with a queue and a payload, next to add-endpoint with both samples, in a service of 2
// endpoints and in one of 100, by turns in one run.
// Must reach: under 350 ms in both services.

import { join } from 'node:path';
import { addEndpoints } from './services.mjs';
import { machine, quantile, runCli, saveResults, temporaryFolder } from './support.mjs';

const RUNS = 21;
const SIZES = [2, 100];
const LIMIT_MS = 350;
const { folder, remove } = temporaryFolder();

function createService(/** @type {number} */ endpoints) {
  runCli(folder, [`service-${endpoints}`, '--yes', '--no-git']);
  const service = join(folder, `service-${endpoints}`);
  if (endpoints > 2) addEndpoints(service, endpoints - 2);
  return service;
}

const sample = JSON.stringify({
  id: 7,
  placed: '2024-02-29T12:30:00Z',
  customer: { name: 'Ada', address: { street: 'a', zip: null } },
  items: [{ sku: 'a-1', count: 2, price: 9.5 }],
});
const path = ['--method', 'POST', '--path', '/orders/{id:int}'];
const queue = ['--event', 'sqs', '--queue', 'orders', '--create'];
/** @type {Record<string, { add: string[], remove: string[] }>} */
const commands = {
  'add-endpoint': {
    add: ['add-endpoint', 'createOrder', ...path, '--request', sample, '--response', sample],
    remove: ['remove-endpoint', 'createOrder'],
  },
  'add-function': {
    add: ['add-function', 'onOrder', ...queue, '--payload', sample],
    remove: ['remove-function', 'onOrder'],
  },
};

const services = SIZES.map((size) => ({ size, service: createService(size) }));
/** @type {Map<string, number[]>} */
const times = new Map();
for (let count = 0; count < RUNS; count++) {
  for (const { size, service } of services) {
    for (const [name, { add, remove }] of Object.entries(commands)) {
      const key = `${name} ${size}`;
      times.set(key, [...(times.get(key) ?? []), runCli(service, add).ms]);
      runCli(service, remove);
    }
  }
}
remove();

const figures = SIZES.flatMap((endpoints) =>
  Object.keys(commands).map((command) => ({
    ...{ command, endpoints },
    medianMs: Math.round(quantile(times.get(`${command} ${endpoints}`) ?? [], 0.5)),
  })),
);
console.log(`${machine()}; medians of ${RUNS} runs by turns`);
for (const { command, endpoints, medianMs } of figures) {
  const must = command === 'add-function' ? ` (must be under ${LIMIT_MS} ms)` : '';
  console.log(`${command} at ${endpoints} endpoints: ${medianMs} ms${must}`);
  if (must !== '' && medianMs >= LIMIT_MS) process.exitCode = 1;
}
saveResults('add-function', 'not used', figures);
