import { formatBytes } from '../util/shell-words.ts';

/** The period over which the speed is measured, in milliseconds. */
const WINDOW_MS = 5000;
const BAR = 20;
const PARTS = { unicode: ['━', '─'], plain: ['#', '-'] } as const;

/** Formats the progress of a download as a line. */
export class TransferLine {
  readonly #samples: { readonly at: number; readonly done: number }[] = [];
  readonly #now: () => number;
  #done = 0;
  #total: number | undefined;

  /** @param now a clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#samples.push({ at: now(), done: 0 });
  }

  /** Updates the progress, in bytes. */
  update({ done, total }: { readonly done: number; readonly total: number | undefined }): void {
    // A download starts again after a broken connection.
    if (done < this.#done) this.#samples.splice(0, this.#samples.length);
    this.#done = done;
    this.#total = total;
    const at = this.#now();
    const last = this.#samples.at(-1);
    if (last === undefined || at - last.at >= 100) this.#samples.push({ at, done });
    while ((this.#samples[1]?.at ?? at) < at - WINDOW_MS) this.#samples.shift();
  }

  /** Returns the line: `━━━━━━━━━━────────── 105 MB of 210 MB, 12 MB/s, 9 s left`. */
  text(unicode: boolean): string {
    const speed = this.#speed();
    const perSecond = speed > 0 ? `, ${formatBytes(speed)}/s` : '';
    const total = this.#total;
    if (total === undefined) return `${formatBytes(this.#done)}${perSecond}`;
    const left = speed > 0 ? `, ${formatTime((total - this.#done) / speed)} left` : '';
    const amount = `${formatBytes(this.#done)} of ${formatBytes(total)}`;
    return `${bar(this.#done / total, unicode)} ${amount}${perSecond}${left}`;
  }

  /** Returns the speed in bytes per second. */
  #speed(): number {
    const first = this.#samples[0];
    if (first === undefined) return 0;
    const ms = this.#now() - first.at;
    return ms < 500 ? 0 : ((this.#done - first.done) / ms) * 1000;
  }
}

/** Draws a bar for a share from 0 to 1. */
export function bar(share: number, unicode: boolean): string {
  const [full, empty] = unicode ? PARTS.unicode : PARTS.plain;
  const filled = Math.floor(Math.min(1, share) * BAR);
  return full.repeat(filled) + empty.repeat(BAR - filled);
}

function formatTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 120 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
