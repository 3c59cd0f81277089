// Hot reload: from a saved handler to the first answer of the new code, with a client that asks all
// the time. Must reach: median under 150 ms, p95 under 400 ms. And the start of `dev` with 100
// functions, whose processes are lazy. Must reach: under 500 ms until the URLs are printed. And what
// a route costs that leads nowhere, with 2 and with 100 functions: it must not grow.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { dartService, machine, quantile, startDev } from './support.mjs';

const RUNS = 61;
const FUNCTIONS = 100;

const { service, env, dart, remove } = await dartService();
execFileSync('dart', ['pub', 'get'], { cwd: service, env });

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const dev = await startDev(service, env, 'ignore');
const handler = join(service, 'lib/handlers/hello.dart');
const source = readFileSync(handler, 'utf8');
const hello = () => fetchText(`${dev.origin}/hello`);
await hello();
const times = [];
for (let run = 0; run < RUNS; run++) {
  const word = `Hello${run} to`;
  const start = performance.now();
  writeFileSync(handler, source.replace('Hello to', word));
  while (!(await hello()).includes(word));
  times.push(performance.now() - start);
}
const fewRoutes = await noRoute(dev.origin);
await dev.stop();

const yml = join(service, 'serverless.yml');
const functions = Array.from({ length: FUNCTIONS - 2 }, (_, index) => {
  return `  f${index}:\n    handler: main.hello\n    events:\n      - http: GET /f${index}/{id}\n`;
});
writeFileSync(yml, readFileSync(yml, 'utf8') + functions.join(''));
const starts = [];
let manyRoutes = 0;
for (let run = 0; run < 15; run++) {
  const start = performance.now();
  const many = await startDev(service, env, 'ignore');
  starts.push(performance.now() - start);
  if (run === 0) manyRoutes = await noRoute(many.origin);
  await many.stop();
}
remove();

const [median, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
const start = quantile(starts, 0.5);
console.log(`${machine()}; Dart ${dart}; ${RUNS} saves`);
console.log(`saved to served: median ${median.toFixed(0)} ms (must be under 150)`);
console.log(`saved to served: p95 ${p95.toFixed(0)} ms (must be under 400)`);
console.log(`dev with ${FUNCTIONS} functions: ${start.toFixed(0)} ms (must be under 500)`);
console.log(
  `no route: ${fewRoutes.toFixed(3)} ms with 2 functions, ${manyRoutes.toFixed(3)} ms with ${FUNCTIONS}`,
);
process.exitCode = median < 150 && p95 < 400 && start < 500 ? 0 : 1;

/** The median of 5,000 requests that no route takes: what the gateway alone costs. @param {string} origin */
async function noRoute(origin) {
  const times = [];
  for (let count = 0; count < 5000; count++) {
    const start = performance.now();
    await fetchText(`${origin}/f50/7/none`);
    times.push(performance.now() - start);
  }
  return quantile(times.slice(1000), 0.5);
}

/** @param {string} url @returns {Promise<string>} */
function fetchText(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    }).on('error', reject);
  });
}
