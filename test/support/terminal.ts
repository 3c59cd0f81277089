import { delimiter } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { inject } from 'vitest';
import type { Env } from '../../src/util/env.ts';
import { OFFLINE } from './offline.ts';

export const ENTER = '\r';
export const TAB = '\t';
export const DOWN = '\x1b[B';
export const CTRL_C = '\x03';

export interface TerminalOptions {
  readonly cwd: string;
  readonly env?: Env;
  readonly cols?: number;
  readonly rows?: number;
}

/** A program in a real terminal, of which the screen can be waited for. */
export class Terminal {
  readonly exited: Promise<number>;
  /** All that was printed since the last wait. */
  screen = '';
  #printed = '';
  #changed = () => {};
  readonly #pty: IPty;

  constructor(program: string, args: string[], options: TerminalOptions) {
    const { cwd, env = {}, cols = 100, rows = 40 } = options;
    const { CI: _, NO_COLOR: __, ...inherited } = process.env;
    const given = { ...inherited, HOME: cwd, ...env };
    this.#pty = spawn(program, args, {
      cwd,
      env: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      cols,
      rows,
    });
    this.#pty.onData((data) => {
      this.screen += data;
      this.#printed += data;
      this.#changed();
    });
    this.exited = new Promise((resolve) => this.#pty.onExit(({ exitCode }) => resolve(exitCode)));
  }

  /** Resolves when the text has been printed since the last wait, with what came before it. */
  async sees(text: string): Promise<string> {
    while (!this.screen.includes(text)) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    const before = this.screen.slice(0, this.screen.indexOf(text));
    this.screen = this.screen.slice(before.length + text.length);
    return before;
  }

  /** The rows that a user sees now or by scrolling back, without those that are empty. */
  async rows(): Promise<string[]> {
    const { cols, rows } = this.#pty;
    const screen = new headless.Terminal({ cols, rows, allowProposedApi: true });
    await new Promise<void>((resolve) => screen.write(this.#printed, resolve));
    const { active } = screen.buffer;
    return Array.from({ length: active.length }, (_, row) =>
      active.getLine(row)?.translateToString(true),
    ).flatMap((text) => text || []);
  }

  types(keys: string): void {
    this.#pty.write(keys);
  }
}

/** The packed command in a terminal, with the Dart VM for tests on its PATH. */
export function cliTerminal(
  args: string[],
  cwd: string,
  options: Partial<TerminalOptions> = {},
): Terminal {
  const PATH = `${inject('dartBin')}${delimiter}${process.env.PATH}`;
  return new Terminal(inject('cli'), args, {
    ...options,
    cwd,
    env: { PATH, ...OFFLINE, ...options.env },
  });
}
