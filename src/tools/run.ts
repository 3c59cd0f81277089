import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { execa, type Options } from 'execa';
import { errorCode } from '../errors.ts';
import type { Command, Exit, Running, RunOptions } from './command.ts';

/** What is kept of a line that has not ended, in characters. */
const LINE_LIMIT = 65_536;

/** Starts an outside command. The only place that does. */
export function run(command: Command, options: RunOptions): Running {
  const { output } = options;
  const child = execa(command.tool, command.args, {
    cwd: command.cwd,
    env: command.env ?? {},
    extendEnv: !options.cleanEnv,
    // Our own group: a terminal's Ctrl-C reaches us only, and we can end the whole group.
    detached: options.ownGroup === true && process.platform !== 'win32',
    stdin: options.ownGroup ? 'ignore' : 'inherit',
    ...(output === 'stream' || output === 'inherit'
      ? { stdout: output === 'stream' ? process.stderr : process.stdout, stderr: process.stderr }
      : { stdout: 'pipe', stderr: 'pipe' }),
    buffer: output === 'capture',
    reject: false,
    windowsHide: true,
  } satisfies Options);

  // What it leaves running would hold its outputs open, and `exited` would wait for them.
  if (options.ownGroup) child.once('exit', () => killTree(child.pid, true));

  const drained =
    typeof output === 'function'
      ? [child.stdout, child.stderr].map((stream) => eachLine(stream as Readable, output))
      : [];

  const exited = child.then(async (result): Promise<Exit> => {
    await Promise.all(drained);
    return {
      code: result.exitCode,
      signal: result.signal,
      startError: result.exitCode === undefined && !result.signal ? result.code : undefined,
      stdout: text(result.stdout),
    };
  });
  const ownGroup = options.ownGroup === true;
  return {
    pid: child.pid,
    exited,
    kill: () => killTree(child.pid, ownGroup),
    interrupt: () => interrupt(child.pid, ownGroup),
  };
}

/**
 * Calls `onLine` with every line of the stream and resolves when it has ended.
 * A line longer than {@link LINE_LIMIT} is given in pieces: a child that never
 * ends its line must not fill our memory.
 */
async function eachLine(stream: Readable, onLine: (line: string) => void): Promise<void> {
  let rest = '';
  stream.setEncoding('utf8');
  for await (const chunk of stream) {
    rest += chunk;
    let end = rest.indexOf('\n');
    let start = 0;
    for (; end !== -1; end = rest.indexOf('\n', start)) {
      onLine(rest.slice(start, end).replace(/\r$/, ''));
      start = end + 1;
    }
    rest = rest.slice(start);
    for (; rest.length > LINE_LIMIT; rest = rest.slice(LINE_LIMIT)) {
      onLine(rest.slice(0, LINE_LIMIT));
    }
  }
  if (rest !== '') onLine(rest);
}

/** Ends a process and, where it has a group of its own, all that it started. */
function killTree(pid: number | undefined, ownGroup: boolean): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // Windows has no process groups; taskkill /T walks the tree.
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  signalTree(pid, ownGroup, 'SIGKILL');
}

/** Windows has no signals: there the console itself passes Ctrl-C to all of its processes. */
function interrupt(pid: number | undefined, ownGroup: boolean): void {
  if (pid !== undefined && process.platform !== 'win32') signalTree(pid, ownGroup, 'SIGINT');
}

function signalTree(pid: number, ownGroup: boolean, signal: NodeJS.Signals): void {
  try {
    process.kill(ownGroup ? -pid : pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error; // ESRCH: gone already
  }
}

function text(output: unknown): string {
  return typeof output === 'string' ? output : '';
}
