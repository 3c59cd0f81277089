// `dev` with the hello service in a real Dart VM: cold and warm answers, and
// 10,000 requests in a row. Must reach: the first answer within 2 s of the first
// request; warm GET p50 under 1.5 ms; no error and no growing process.

import { memoryOf, timedGet } from './processes.mjs';
import { dartService, machine, quantile, startDev } from './support.mjs';

const REQUESTS = 10_000;

const { service, env, dart, remove } = await dartService();
const dev = await startDev(service, env, 'ignore');

const hello = async () => (await timedGet(`${dev.origin}/hello`)).ms;
const cold = await hello();
for (let run = 0; run < 500; run++) await hello(); // both VMs compile what is hot
const startMemory = memoryOf(dev.pid);
const times = [];
for (let run = 0; run < REQUESTS; run++) times.push(await hello());
const growth = memoryOf(dev.pid) - startMemory;
const code = await dev.stop();
remove();

const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
console.log(`${machine()}; Dart ${dart}, one kept connection`);
console.log(`first answer: ${cold.toFixed(0)} ms after the first request (must be under 2000)`);
console.log(
  `warm GET /hello: p50 ${p50.toFixed(2)} ms (must be under 1.5), p99 ${p99.toFixed(2)} ms`,
);
console.log(`${REQUESTS} requests without an error; memory of dev grew by ${growth.toFixed(1)} MB`);
process.exitCode = cold < 2000 && p50 < 1.5 && growth < 50 && code === 0 ? 0 : 1;
