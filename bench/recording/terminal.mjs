// A shell in a real terminal, of which each look of the screen is kept.

import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

/** @typedef {{ text: string, colour: string | undefined, bold: boolean, dim: boolean, column: number }} Run */
/** @typedef {{ runs: Run[], cursor: number | undefined }} Row */
/** @typedef {{ time: number, rows: Row[] }} Frame */

/** How fast somebody types who knows what. */
const KEY_MS = 45;
const BEFORE_ENTER_MS = 350;
const BEFORE_ANSWER_MS = 500;
/** A text that is not there by then will not come. */
const LONGEST_STEP_MS = 60_000;

/** The eight colours of ECMA-48, as on a dark background. */
const COLOURS = [
  '#6e7681',
  '#ff7b72',
  '#7ee787',
  '#e3b341',
  '#79c0ff',
  '#d2a8ff',
  '#56d4dd',
  '#e6edf3',
];

const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class RecordedTerminal {
  /** @type {Frame[]} */
  frames = [];
  /** All that was printed, as it came: a text is whole in it where lines wrap. */
  output = '';
  rows;
  #pty;
  #screen;
  #printed = '';
  #recording = true;
  #changed = () => {};

  /** @param {{ cwd: string, env: Record<string, string>, columns: number, rows: number }} options */
  constructor({ cwd, env, columns, rows }) {
    this.rows = rows;
    this.#screen = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
    this.#pty = spawn('bash', ['--noprofile', '--norc'], { cwd, env, cols: columns, rows });
    this.#pty.onData((data) => {
      this.output += data;
      this.#printed += data;
      this.#screen.write(data, () => {
        if (this.#recording) this.frames.push({ time: performance.now(), rows: this.#look() });
        this.#changed();
      });
    });
    this.exited = new Promise((resolve) => this.#pty.onExit(resolve));
  }

  /**
   * Resolves when the text was printed since the last call; throws when it does not come.
   *
   * @param {string} text
   */
  async sees(text) {
    const late = AbortSignal.timeout(LONGEST_STEP_MS);
    while (!this.#printed.includes(text)) {
      await new Promise((resolve, reject) => {
        this.#changed = () => resolve(undefined);
        late.onabort = () => reject(new Error(`"${text}" did not come after:\n${this.#printed}`));
      });
    }
    late.onabort = null;
    this.#printed = this.#printed.slice(this.#printed.indexOf(text) + text.length);
  }

  /** @param {string} keys typed one by one, Enter after a look at them */
  async types(keys) {
    for (const key of keys) {
      await pause(key === '\r' ? BEFORE_ENTER_MS : KEY_MS);
      this.#pty.write(key);
    }
  }

  /** @param {string} key pressed after a look at the question */
  async presses(key) {
    await pause(BEFORE_ANSWER_MS);
    this.#pty.write(key);
  }

  /** Ends the shell and what runs in it, which is not recorded. */
  async end() {
    this.#recording = false;
    this.#pty.kill();
    await this.exited;
  }

  /** @returns {Row[]} */
  #look() {
    const buffer = this.#screen.buffer.active;
    return Array.from({ length: this.rows }, (_, index) => {
      const line = buffer.getLine(buffer.viewportY + index);
      /** @type {Run[]} */
      const runs = [];
      for (let column = 0; column < (line?.length ?? 0); column++) {
        const cell = line?.getCell(column);
        const text = cell?.getChars() || ' ';
        const colour =
          cell?.isFgPalette() && cell.getFgColor() < 16
            ? COLOURS[cell.getFgColor() % 8]
            : undefined;
        const style = { colour, bold: cell?.isBold() === 1, dim: (cell?.isDim() ?? 0) !== 0 };
        const last = runs.at(-1);
        const same =
          last?.colour === style.colour && last?.bold === style.bold && last?.dim === style.dim;
        if (last && (same || text === ' ')) last.text += text;
        else runs.push({ text, ...style, column });
      }
      const shown = runs
        .map((run) => {
          const text = run.text.trimStart();
          return {
            ...run,
            text: text.trimEnd(),
            column: run.column + run.text.length - text.length,
          };
        })
        .filter(({ text }) => text !== '');
      // Where somebody types; programs hide it.
      const typing = buffer.cursorY === index && shown[0]?.text.startsWith('$');
      return { runs: shown, cursor: typing ? buffer.cursorX : undefined };
    });
  }
}
