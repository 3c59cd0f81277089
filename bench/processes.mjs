// What the scripts of this folder ask of a running `dev`.

import { execFileSync } from 'node:child_process';
import { Agent, get } from 'node:http';

const agent = new Agent({ keepAlive: true });

/**
 * One GET on a kept connection: its body and its milliseconds. Rejects unless the answer is 200.
 *
 * @param {string} url
 * @returns {Promise<{ body: string, ms: number }>}
 */
export function timedGet(url) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    get(url, { agent }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => {
        if (response.statusCode === 200) resolve({ body, ms: performance.now() - start });
        else reject(new Error(`${url} answered ${response.statusCode}: ${body}`));
      });
    }).on('error', reject);
  });
}

/**
 * The memory of a process and all that it started, in MB.
 *
 * @param {number} pid
 */
export function memoryOf(pid) {
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
