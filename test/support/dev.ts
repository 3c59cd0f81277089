import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { createInterface } from 'node:readline';
import { inject, onTestFinished } from 'vitest';

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

/** Starts `dev` on a free port; resolves when it is ready. */
export async function startDev(service: string, ...args: string[]): Promise<Dev> {
  const child = spawn(inject('cli'), ['dev', '--port', '0', ...args], {
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
