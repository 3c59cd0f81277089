import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { inject, onTestFinished } from 'vitest';

/*
 * A function compiles before its first request is answered, which takes longer than the 29 s of API
 * Gateway where the Dart VM is emulated. A test that looks at anything else does not wait for it by
 * the API: it invokes the function, or asks until there is an answer.
 */

/** A request, as a REST API sends it. */
const REQUEST = readFileSync(new URL('../fixtures/events/rest-v1.json', import.meta.url), 'utf8');

/** Invokes a function of the `dev` at the origin; resolves with what it returns, however long that takes. */
export async function invoke(origin: string, functionName: string) {
  const url = `${origin}/2015-03-31/functions/${functionName}/invocations`;
  const response = await fetch(url, { method: 'POST', body: REQUEST });
  return (await response.json()) as { statusCode: number; body: string };
}

/** Asks until API Gateway has waited long enough for the function. */
export async function ask(url: string, init?: RequestInit): Promise<Response> {
  for (;;) {
    const response = await fetch(url, init);
    const gaveUp = response.status === 504 || response.status === 503;
    if (!gaveUp) return response;
    await response.body?.cancel();
  }
}

/** `dev` of the packed CLI, as it runs. */
export interface Dev {
  readonly origin: string;
  readonly table: string[];
  readonly log: string[];
  readonly child: ChildProcess;
  readonly exited: Promise<unknown[]>;
  /** Resolves when a line that has the text is logged, since the last call. */
  logs(text: string): Promise<string>;
}

/** Starts `dev` on a free port, with cold starts; resolves when it is ready. */
export async function startDev(service: string, ...args: string[]): Promise<Dev> {
  const warm = args.includes('--warm') ? [] : ['--no-warm'];
  const child = spawn(inject('cli'), ['dev', '--port', '0', ...warm, ...args], {
    cwd: service,
    env: {
      ...process.env,
      PATH: `${inject('dartBin')}${delimiter}${process.env.PATH}`,
      NO_COLOR: '1',
    },
  });
  const exited = once(child, 'exit');
  const table: string[] = [];
  const log: string[] = [];
  const results = createInterface({ input: child.stdout }).on('line', (line) => table.push(line));
  const lines = createInterface({ input: child.stderr });
  const ready = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      log.push(line);
      if (line.startsWith('Ready.')) resolve();
    });
    // With --json it is ready when it says so there.
    results.on('line', (line) => {
      if (line.includes('"type":"ready"')) resolve();
    });
    exited.then(() => reject(new Error(`dev ended:\n${log.join('\n')}`)));
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await ready;
  const origin = /http:\/\/[^/"]+/.exec(table.join('\n'))?.[0] ?? '';
  let seen = log.length;
  const logs = async (text: string): Promise<string> => {
    for (;;) {
      const index = log.findIndex((line, at) => at >= seen && line.includes(text));
      if (index !== -1) {
        seen = index + 1;
        return log[index] as string;
      }
      await Promise.race([
        once(lines, 'line'),
        exited.then(() => Promise.reject(new Error(`dev ended before it logged ${text}`))),
      ]);
    }
  };
  return { origin, table, log, child, exited, logs };
}
