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
      this.#printed += data;
      this.#screen.write(data, () => {
        if (this.#recording) this.frames.push({ time: performance.now(), rows: this.#look() });
        this.#changed();
      });
    });
    this.exited = new Promise((resolve) => this.#pty.onExit(resolve));
  }

  /**
   * Resolves when the text was printed since the last call.
   *
   * @param {string} text
   */
  async sees(text) {
    while (!this.#printed.includes(text)) {
      await new Promise((resolve) => {
        this.#changed = () => resolve(undefined);
      });
    }
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

  /**
   * Resolves when the text was printed since the last call. Of what moves until then, a spinner,
   * only the beginning is kept.
   *
   * @param {string} text
   * @param {number} most milliseconds
   */
  async seesSoon(text, most) {
    const begun = performance.now();
    await this.sees(text);
    const last = this.frames.at(-1);
    this.frames = this.frames.filter((frame) => frame.time < begun + most || frame === last);
  }

  /** Ends the shell and what runs in it, which is not recorded. */
  async end() {
    this.#recording = false;
    this.#printed = '';
    this.#pty.write('\x03');
    await this.sees('$ ');
    this.#pty.write('exit\r');
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
