import { CancelledError, InterruptedError } from '../errors.ts';
import type { Message } from '../message.ts';
import { cancelledReading } from '../util/messages.ts';
import { type Command, type Exit, formatCommand, type Run } from './command.ts';
import * as messages from './messages.ts';

/** The part of the Context that running a command needs. */
export interface Host {
  readonly run: Run;
  readonly signal: AbortSignal;
  readonly interactive: boolean;
  readonly out: { note(text: string): void; readonly noteStyle: { dim(text: string): string } };
}

export interface Foreground {
  /** `stream` where the output is progress, `inherit` where standard output is the result. */
  readonly output: 'stream' | 'inherit';
  /** The command to show, where it differs from the one that runs. */
  readonly shown?: Command;
}

/** How long to wait, in milliseconds, for Ctrl-C to reach the command through the terminal. */
const TERMINAL_GRACE_MS = 500;

/**
 * Runs a command in front of the user and waits for its end, even when it is interrupted.
 *
 * @throws CancelledError when it was interrupted before its start; InterruptedError afterwards
 */
export async function runInForeground(
  { run, signal, interactive, out }: Host,
  command: Command,
  { output, shown = command }: Foreground,
): Promise<Exit> {
  if (signal.aborted) throw new CancelledError(cancelledReading());
  out.note(out.noteStyle.dim(`$ ${formatCommand(shown)}`));
  // In a terminal it must stay in our group to be able to prompt.
  const ownGroup = !interactive;
  const running = await run(command, { output, ownGroup });
  let timer: NodeJS.Timeout | undefined;
  const passOn = (): void => {
    // The terminal sends Ctrl-C to the whole group; a second one at once could cut off a clean-up.
    const delay = !ownGroup && signal.reason === 'SIGINT' ? TERMINAL_GRACE_MS : 0;
    timer = setTimeout(() => running.interrupt(), delay);
  };
  if (signal.aborted) passOn();
  else signal.addEventListener('abort', passOn, { once: true });
  const exit = await running.exited;
  signal.removeEventListener('abort', passOn);
  clearTimeout(timer);
  if (signal.aborted || exit.signal === 'SIGINT')
    throw new InterruptedError(messages.interrupted());
  return exit;
}

/** Describes how a command failed that ran in the foreground. */
export function howItFailed(command: string, { code, signal, startError }: Exit): Message {
  if (startError !== undefined) return messages.commandNotStarted({ command, code: startError });
  if (signal !== undefined) return messages.commandEnded({ command, signal });
  return messages.commandFailed({ command, exitCode: code ?? 1 });
}
