/** Where the line is drawn: standard error, as it is a terminal. */
export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

/** A line that tells what is waited for, and for how long. */
export interface WaitingLine {
  /** Takes it away, so that other text can be written; it comes back. */
  hide(): void;
  /** Takes it away for good. */
  end(): void;
}

/** What is ready sooner needs no line; what takes longer than a moment does. */
const DELAY_MS = 250;
const FRAME_MS = 100;
const FRAMES = { unicode: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'], plain: [...'|/-\\'] };
/** Back to the first column, and delete to the end of the line (ECMA-48: CR, EL). */
const CLEAR = '\r\x1b[K';

/** What is waited for: words, or what tells how far it is each time that the line is drawn. */
export type Waiting = string | ((screen: { readonly unicode: boolean }) => string);

/**
 * Shows a line in a terminal, such as `⠹ Looking at AWS (3 s)`, until it is ended.
 * It never wraps. It changes nothing of the terminal that would have to be put
 * back, and keeps no process running: Ctrl-C works as without it.
 */
export function startWaitingLine(
  screen: Screen,
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
    // A terminal wraps when its last column is filled.
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
