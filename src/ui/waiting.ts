import type { Stream } from './stdio.ts';

/** A line that shows what the command waits for, and for how long. */
export interface WaitingLine {
  /** Hides the line for other output. It comes back by itself. */
  hide(): void;
  /** Removes the line. */
  end(): void;
}

/** How long to wait before the line is shown, in milliseconds. */
const DELAY_MS = 250;
const FRAME_MS = 100;
const FRAMES = { unicode: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'], plain: [...'|/-\\'] };
/** Returns to the first column and erases the line (ECMA-48: CR, EL). */
const CLEAR = '\r\x1b[K';

/** The text of the line, or a function that returns it each time the line is drawn. */
export type Waiting = string | ((screen: { readonly unicode: boolean }) => string);

/**
 * Shows a line in a terminal, such as `⠹ Looking at AWS (3 s)`, until it is ended. The line never
 * wraps. It leaves the modes of the terminal alone and does not keep the process running, so that
 * Ctrl-C works as usual.
 */
export function startWaitingLine(
  screen: Stream,
  what: Waiting,
  { unicode, dim }: { readonly unicode: boolean; readonly dim: (text: string) => string },
): WaitingLine {
  const frames = unicode ? FRAMES.unicode : FRAMES.plain;
  const start = performance.now();
  let shown = false;
  const hide = (): void => {
    if (shown) screen.write(CLEAR);
    shown = false;
  };
  const draw = (): void => {
    const ms = performance.now() - start;
    const frame = frames[Math.floor(ms / FRAME_MS) % frames.length];
    const text =
      typeof what === 'string' ? `${what} (${Math.floor(ms / 1000)} s)` : what({ unicode });
    const line = `${frame} ${text}`;
    // A terminal wraps once its last column is filled.
    const room = Math.max(0, (screen.columns ?? 80) - 1);
    screen.write(`${CLEAR}${dim(line.slice(0, room))}`);
    shown = true;
  };
  let timer = setTimeout(() => {
    draw();
    timer = setInterval(draw, FRAME_MS).unref();
  }, DELAY_MS).unref();
  return {
    hide,
    end: () => {
      clearTimeout(timer);
      hide();
    },
  };
}
