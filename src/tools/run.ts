import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { execa, type Options } from 'execa';
import { errorCode } from '../errors.ts';
import type { Command, Exit, Running, RunOptions } from './command.ts';

/** The length of a line after which it is split, in characters. */
const LINE_LIMIT = 65_536;

/** Starts a command. All others go through here. */
export function run(command: Command, options: RunOptions): Running {
  const { output, ownGroup = false } = options;
  const child = execa(command.tool, command.args, {
    cwd: command.cwd,
    ...(command.env && { env: command.env, extendEnv: false }),
    // With its own group, the terminal's Ctrl-C reaches us only, and we can end the whole group.
    detached: ownGroup && process.platform !== 'win32',
    stdin: ownGroup ? 'ignore' : 'inherit',
    ...(output === 'stream' || output === 'inherit'
      ? { stdout: output === 'stream' ? process.stderr : process.stdout, stderr: process.stderr }
      : { stdout: 'pipe', stderr: output === 'capture' ? 'ignore' : 'pipe' }),
    buffer: output === 'capture',
    reject: false,
    windowsHide: true,
  } satisfies Options);

  // Left-over child processes would keep the outputs open, and `exited` waiting.
  if (ownGroup) child.once('exit', () => killTree(child.pid, true));

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
      stdout: typeof result.stdout === 'string' ? result.stdout : '',
    };
  });
  return {
    pid: child.pid,
    exited,
    kill: () => killTree(child.pid, ownGroup),
    interrupt: () => interrupt(child.pid, ownGroup),
  };
}

/**
 * Calls `onLine` with every line of a stream and resolves at its end. A line longer than
 * {@link LINE_LIMIT} is split, so that a process that prints no line breaks cannot fill the memory.
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

/** Kills a process, and its whole group where it has its own. */
function killTree(pid: number | undefined, ownGroup: boolean): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    // Windows has no process groups, but taskkill /T kills the tree.
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  signalTree(pid, ownGroup, 'SIGKILL');
}

/** Interrupts a process. On Windows the console itself passes Ctrl-C to all of its processes. */
function interrupt(pid: number | undefined, ownGroup: boolean): void {
  if (pid !== undefined && process.platform !== 'win32') signalTree(pid, ownGroup, 'SIGINT');
}

function signalTree(pid: number, ownGroup: boolean, signal: NodeJS.Signals): void {
  try {
    process.kill(ownGroup ? -pid : pid, signal);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error; // ESRCH: it has ended already
  }
}
