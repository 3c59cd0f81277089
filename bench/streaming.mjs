// A response of 200 MiB, the most that Lambda streams, through the function URL of a function with
// invokeMode RESPONSE_STREAM that is a small client of the Runtime API in Node. The local Lambda has a
// process of its own. Must reach: within 3 s; its memory does not grow by more than 64 MB.

import { get } from 'node:http';
import { startLocalProcess } from '../test/support/local-process.mjs';
import { machine, quantile } from './support.mjs';

const BYTES = 200 * 1024 * 1024;
const ROUNDS = 5;

/** @type {number[]} */
const times = [];
/** @type {number[]} */
const growths = [];
for (let round = 0; round < ROUNDS; round++) {
  const local = await startLocalProcess(
    '  f: { handler: main.f, timeout: 60, url: { invokeMode: RESPONSE_STREAM } }\n',
  );
  await stream(local.urls.f, 65_536);
  const before = await local.peak();
  times.push(await stream(local.urls.f, BYTES));
  growths.push((await local.peak()) - before);
  await local.stop();
}

const [time, growth] = [quantile(times, 0.5), Math.max(...growths)];
console.log(`${machine()}; medians of ${ROUNDS} runs, each of a new process`);
console.log(`200 MiB through a function URL: ${time.toFixed(0)} ms (must be under 3000)`);
console.log(`its memory grew by at most ${growth.toFixed(0)} MB (must be under 64)`);
process.exitCode = time < 3000 && growth < 64 ? 0 : 1;

/**
 * Asks for so many bytes; the milliseconds until all of them are there.
 *
 * @param {string | undefined} url @param {number} bytes @returns {Promise<number>}
 */
function stream(url, bytes) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    get(`${url}?bytes=${bytes}`, (response) => {
      let received = 0;
      response.on('data', (chunk) => {
        received += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (received === bytes) resolve(performance.now() - start);
        else reject(new Error(`${received} bytes of ${bytes} with ${response.statusCode}`));
      });
    }).on('error', reject);
  });
}
