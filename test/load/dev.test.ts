import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { invoke, startDev } from '../support/dev.ts';
import { temporaryFolder } from '../support/folders.ts';
import { dartRuns } from '../support/speed.ts';

/* The packed CLI and real Dart processes, for a minute. */

const SECONDS = 60;
const CONNECTIONS = 20;

/** The memory of a process, in MB. */
const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe.skipIf(inject('dartBin') === '' || process.platform !== 'linux')('dev under load', () => {
  it(`answers ${CONNECTIONS} clients for ${SECONDS} s without an error, and does not grow`, async () => {
    const cwd = temporaryFolder();
    execFileSync(inject('cli'), ['shop', '--yes', '--no-git'], { cwd });
    const dev = await startDev(join(cwd, 'shop'), '--quiet', '--no-reload');
    // All of its processes are started.
    await Promise.all(Array.from({ length: CONNECTIONS }, () => invoke(dev.origin, 'hello')));
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const hello = () =>
      new Promise<number>((resolve, reject) => {
        get(`${dev.origin}/hello`, { agent }, (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
        }).on('error', reject);
      });
    const statuses = new Map<number, number>();
    const run = async (seconds: number) => {
      const end = performance.now() + seconds * 1000;
      await Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
          while (performance.now() < end) {
            const status = await hello();
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
          }
        }),
      );
    };
    const pid = dev.child.pid ?? 0;
    // The heap finds its size first.
    await run(SECONDS / 3);
    const before = memoryOf(pid);
    await run((SECONDS * 2) / 3);
    agent.destroy();
    expect([...statuses.keys()]).toEqual([200]);
    expect(statuses.get(200)).toBeGreaterThan(dartRuns(SECONDS * 100));
    expect(memoryOf(pid) - before).toBeLessThan(50);
    expect(dev.log.filter((line) => /warning|defect/.test(line))).toEqual([]);
  });
});
