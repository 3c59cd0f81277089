import { fileURLToPath } from 'node:url';
import { PROGRAM } from './cli/program.ts';
import { runCli } from './cli.ts';
import type { Context } from './context.ts';
import { UserError } from './errors.ts';
import { startedAs } from './service/package-manager.ts';
import { askInTerminal } from './ui/ask.ts';
import { listenToKeys } from './ui/keys.ts';
import { createOut } from './ui/out.ts';
import { loadStyle } from './ui/style.ts';

/** npm passes Ctrl-C on to what `npx` runs, which the terminal has told already. */
const SAME_SIGNAL_MS = 500;

const program = startedAs(PROGRAM, fileURLToPath(import.meta.url));
const stop = new AbortController();
let stoppedAt = Number.POSITIVE_INFINITY;
stop.signal.addEventListener('abort', () => {
  stoppedAt = performance.now();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // The second time: the command does not listen, or its clean-up hangs.
    if (performance.now() - stoppedAt > SAME_SIGNAL_MS) process.exit(130);
    stop.abort(signal);
  });
}

// `create-lambda-hello --help | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

async function makeContext({ verbose }: { verbose: boolean }): Promise<Context> {
  const { env } = process;
  const { signal } = stop;
  const out = await createOut(process, env, verbose);
  return {
    cwd: process.cwd(),
    program,
    env,
    interactive: process.stdin.isTTY && process.stderr.isTTY && !env.CI,
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

/** Resolves when the command has ended, as the exit code and the terminal tell. */
export const ended = main().catch(tell);

async function main(): Promise<void> {
  const style = await loadStyle(process.stdout, process.env);
  await runCli(process.argv.slice(2), style, makeContext);
}

async function tell(error: unknown): Promise<void> {
  const out = await createOut(process, process.env, false);
  if (error instanceof UserError) {
    out.note(`${out.noteStyle.red('error:')} ${error.message}`);
    // Hints that begin with our own name are for typing again.
    const hint = error.hint?.replace(/^create-lambda-hello(?= )/, program);
    if (hint !== undefined) out.note(`Try: ${hint}`);
    process.exitCode = error.exitCode;
  } else {
    out.note(`${out.noteStyle.red('error:')} a defect of create-lambda-hello, please report it:`);
    out.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
}
