import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '../../src/util/env.ts';
import { invoke } from './dev.ts';

/** What a command has printed, standard error included, as a terminal shows it. */
export interface Ended {
  readonly status: number;
  readonly output: string;
}

/** What `dev` says it has seen. */
const FOLLOWED = /^(lib\/|serverless\.yml$|pubspec\.yaml$|\.env$)/;

/** Somebody who follows a document: a shell, and a second terminal for `dev`. */
export class Reader {
  readonly #env: Env;
  readonly #shell: ChildProcess;
  #printed = '';
  #dev: Dev | undefined;

  constructor(folder: string, env: Env) {
    this.#env = env;
    this.#shell = spawnBash(['-s'], folder, env, 'pipe');
    this.#shell.stdout?.setEncoding('utf8').on('data', (text) => {
      this.#printed += text;
    });
  }

  /** Runs a command in the shell, which stays: what it changes, such as the folder, holds for the next one. */
  async run(command: string): Promise<Ended> {
    const mark = `end-of-${randomUUID()}:`;
    this.#shell.stdin?.write(`{ ${command}\n} </dev/null 2>&1\necho "${mark}$?"\n`);
    for (;;) {
      const [output = '', rest] = this.#printed.split(mark);
      if (rest?.endsWith('\n')) {
        this.#printed = '';
        return { status: Number(rest), output };
      }
      if (this.#shell.exitCode !== null) throw new Error(`the shell ended:\n${this.#printed}`);
      await more(this.#shell);
    }
  }

  /** The folder that the shell is in. */
  async folder(): Promise<string> {
    return (await this.run('pwd')).output.trimEnd();
  }

  /** Runs the command in the second terminal; resolves when it is ready. */
  async startDev(command: string): Promise<string> {
    this.#dev = new Dev(command, await this.folder(), this.#env);
    return this.#dev.says((line) => line.startsWith('Ready.'));
  }

  /** The port that `dev` serves at. */
  get port(): string | undefined {
    return /127\.0\.0\.1:(\d+)/.exec(this.dev)?.[1];
  }

  /** Starts all functions of the service that `dev` serves. */
  async warmUp(): Promise<void> {
    const yml = readFileSync(join(await this.folder(), 'serverless.yml'), 'utf8');
    const functions = [...yml.matchAll(/^ {2}([\w-]+):\n {4}handler:/gm)].map(
      ([, key = '']) => key,
    );
    // One after the other: a machine that needs this has no cores to spare.
    for (const key of functions) await invoke(`http://127.0.0.1:${this.port}`, key);
  }

  /** What the second terminal shows. */
  get dev(): string {
    return this.#dev?.log ?? '';
  }

  /** Writes a file, and waits until a running `dev` has seen it. */
  async write(path: string, content: string): Promise<void> {
    const file = join(await this.folder(), path);
    const write = async () => writeFileSync(file, content);
    await (FOLLOWED.test(path) ? this.followedByDev(path, write) : write());
  }

  /** Does what changes a file of the service, and waits until a running `dev` has seen it. */
  async followedByDev<T>(path: string, change: () => Promise<T>): Promise<T> {
    this.#dev?.skip();
    const result = await change();
    await this.#dev?.says((line) => line.includes(path));
    return result;
  }

  /** Changes a file of the folder, where it is. */
  async edit(path: string, change: (content: string) => string): Promise<void> {
    const file = join(await this.folder(), path);
    if (!existsSync(file)) return;
    const content = readFileSync(file, 'utf8');
    if (change(content) !== content) writeFileSync(file, change(content));
  }

  /** Presses Ctrl-C in the second terminal; resolves when nothing of `dev` runs any more. */
  async stopDev(): Promise<void> {
    await this.#dev?.stop();
  }

  /** Ends whatever runs still. */
  kill(): void {
    this.#dev?.kill();
    killGroup(this.#shell, 'SIGKILL');
  }
}

class Dev {
  log = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  #seen = 0;

  constructor(command: string, folder: string, env: Env) {
    this.#child = spawnBash(['-c', `exec 2>&1; exec ${command}`], folder, env, 'ignore');
    // Its output is closed when the last process has ended that could write there.
    this.#closed = once(this.#child, 'close');
    this.#child.stdout?.setEncoding('utf8').on('data', (text) => {
      this.log += text;
    });
  }

  /** Resolves with all that was logged since the last call, when such a line is among it. */
  async says(matches: (line: string) => boolean): Promise<string> {
    for (;;) {
      const lines = this.log.slice(this.#seen);
      const whole = lines.slice(0, lines.lastIndexOf('\n') + 1);
      if (whole.split('\n').some(matches)) {
        this.#seen += whole.length;
        return whole;
      }
      if (this.#child.exitCode !== null) throw new Error(`dev ended:\n${this.log}`);
      await more(this.#child);
    }
  }

  /** What was logged until now is not waited for. */
  skip(): void {
    this.#seen = this.log.length;
  }

  async stop(): Promise<void> {
    killGroup(this.#child, 'SIGINT');
    await this.#closed;
  }

  kill(): void {
    killGroup(this.#child, 'SIGKILL');
  }
}

/** A process group of its own, as a terminal makes it. */
function spawnBash(args: string[], cwd: string, env: Env, stdin: 'pipe' | 'ignore'): ChildProcess {
  const options = { cwd, env: env as NodeJS.ProcessEnv, detached: true };
  return spawn('bash', args, { ...options, stdio: [stdin, 'pipe', 'inherit'] });
}

/** Resolves when it prints something, or ends. */
async function more(child: ChildProcess): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  await Promise.race([
    once(child.stdout as NonNullable<typeof child.stdout>, 'data', { signal }),
    once(child, 'close', { signal }),
  ]);
  done.abort();
}

function killGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended.
  }
}
