import { CancelledError } from '../errors.ts';
import { type Command, type Exit, formatCommand, type Run } from './command.ts';

/** What running a command for the user needs of the world. */
export interface Host {
  readonly run: Run;
  readonly signal: AbortSignal;
  readonly interactive: boolean;
  readonly out: { note(text: string): void; readonly noteStyle: { dim(text: string): string } };
}

export interface Foreground {
  /** `stream`: what it prints is progress; `inherit`: its standard output is the result. */
  readonly output: 'stream' | 'inherit';
  /** The command as it is shown, where that is not how it is run. */
  readonly shown?: Command;
}

/** How long a terminal's Ctrl-C may take to reach the command before it is passed on. */
const TERMINAL_GRACE_MS = 500;

/**
 * Runs a command whose output the user follows and waits for its end, also when
 * it is interrupted.
 *
 * @throws CancelledError when it was interrupted
 */
export async function runInForeground(
  { run, signal, interactive, out }: Host,
  command: Command,
  { output, shown = command }: Foreground,
): Promise<Exit> {
  if (signal.aborted) throw new CancelledError('Cancelled.');
  out.note(out.noteStyle.dim(`$ ${formatCommand(shown)}`));
  // In a terminal it must stay in our group, or it could not ask for anything.
  const ownGroup = !interactive;
  const running = await run(command, { output, ownGroup });
  let timer: NodeJS.Timeout | undefined;
  const passOn = (): void => {
    // A terminal gives Ctrl-C to the whole group; a second one at once could cut its clean-up off.
    const delay = !ownGroup && signal.reason === 'SIGINT' ? TERMINAL_GRACE_MS : 0;
    timer = setTimeout(() => running.interrupt(), delay);
  };
  if (signal.aborted) passOn();
  else signal.addEventListener('abort', passOn, { once: true });
  const exit = await running.exited;
  signal.removeEventListener('abort', passOn);
  clearTimeout(timer);
  if (signal.aborted || exit.signal === 'SIGINT') throw new CancelledError('Interrupted.');
  return exit;
}
