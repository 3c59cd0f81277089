import { PROGRAM } from './cli/program.ts';
import { runCli } from './cli/run.ts';
import type { Context } from './context.ts';
import { stackOf, UserError } from './errors.ts';
import { startedAs } from './service/package-manager.ts';
import { findServiceFile } from './service-folder/service-file.ts';
import { askInTerminal } from './ui/ask.ts';
import { listenToKeys } from './ui/keys.ts';
import { createOut } from './ui/out.ts';
import { standardStream } from './ui/stdio.ts';
import { loadStyle } from './ui/style.ts';
import { defect } from './util/messages.ts';

/** npm repeats Ctrl-C to what `npx` runs, which already received it from the terminal. */
const SAME_SIGNAL_MS = 500;

const program = startedAs(PROGRAM, import.meta.filename);
const stop = new AbortController();
let stoppedAt = Number.POSITIVE_INFINITY;
stop.signal.addEventListener('abort', () => {
  stoppedAt = performance.now();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C: the command does not react, or its clean-up hangs.
    if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(130);
    stop.abort(signal);
  });
}

const stdout = standardStream(1, () => {
  // `create-lambda-hello --help | head` closes the pipe early, which is not an error.
  return process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
});
const stderr = standardStream(2, () => process.stderr);

async function makeContext({ verbose }: { verbose: boolean }): Promise<Context> {
  const { env } = process;
  const { signal } = stop;
  const out = await createOut({ stdout, stderr }, env, verbose);
  return {
    cwd: process.cwd(),
    program,
    env,
    // A getter, because `process.stdin` opens a stream as soon as it is read.
    get interactive() {
      return !env.CI && stderr.isTTY === true && process.stdin.isTTY;
    },
    out,
    ask: askInTerminal,
    run: async (command, options) => (await import('./tools/run.ts')).run(command, options),
    dartFetcher: async () =>
      (await import('./dart-sdk/fetch.ts')).dartFetcher({ env, signal, out }),
    signal,
    stop: () => stop.abort('SIGINT'),
    onKey: (listen) =>
      listenToKeys(process.stdin, listen, () => process.kill(process.pid, 'SIGINT')),
  };
}

/*
 * Ends the program once nothing is left to do. Node would first take its heap apart, which takes
 * some milliseconds, and in which a signal ends the process by that signal: the one that npm
 * repeats made a `dev` that had ended well look killed.
 */
process.once('beforeExit', () => process.exit());

/** Resolves when the command has ended and its exit code is set. */
export const ended = main().catch(reportError);

async function main(): Promise<void> {
  const style = await loadStyle(stdout, process.env);
  await runCli(process.argv.slice(2), style, makeContext, stdout, () =>
    findServiceFile(process.cwd()),
  );
}

async function reportError(error: unknown): Promise<void> {
  const out = await createOut({ stdout, stderr }, process.env, false);
  if (error instanceof UserError) {
    out.note(`${out.noteStyle.red('error:')} ${error.message}`);
    // A hint that starts with our own name is a command to type.
    const hint = error.hint?.replace(/^create-lambda-hello(?= )/, program);
    if (hint !== undefined) out.note(`Try: ${hint}`);
    process.exitCode = error.exitCode;
  } else {
    out.note(`${out.noteStyle.red('error:')} ${defect({ error: stackOf(error) })}`);
    process.exitCode = 1;
  }
}
