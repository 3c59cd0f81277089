// `dev` with the hello service in a real Dart VM: cold and warm answers, and
// 10,000 requests in a row. Must reach: the first answer within 2 s of the first
// request; warm GET p50 under 1.5 ms; no error and no growing process.

import { execFileSync } from 'node:child_process';
import { Agent, get } from 'node:http';
import { dartService, machine, quantile, startDev } from './support.mjs';

const REQUESTS = 10_000;

const { service, env, dart, remove } = await dartService();
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const dev = await startDev(service, env, 'ignore');

const cold = await timedGet();
for (let run = 0; run < 500; run++) await timedGet(); // both VMs compile what is hot
const startMemory = memory(dev.pid);
const times = [];
for (let run = 0; run < REQUESTS; run++) times.push(await timedGet());
const growth = memory(dev.pid) - startMemory;
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

/** One GET /hello; its milliseconds. Throws unless the answer is 200. */
function timedGet() {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    get(`${dev.origin}/hello`, { agent }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - start);
        else reject(new Error(`answered ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}

/**
 * The memory of a process and all that it started, in MB.
 *
 * @param {number} pid
 */
function memory(pid) {
  const ps = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  const tree = new Set([pid]);
  let kilobytes = 0;
  // ps lists parents before their children.
  for (const row of ps.trim().split('\n')) {
    const [id = 0, parent = 0, rss = 0] = row.trim().split(/\s+/).map(Number);
    if (!tree.has(id) && !tree.has(parent)) continue;
    tree.add(id);
    kilobytes += rss;
  }
  return kilobytes / 1024;
}
