import type { ServiceFunction } from '../../service/service.ts';
import type { Reporter } from '../report.ts';
import type { Invocation } from './invocation.ts';
import { endLines, maxMemoryUsed, startLine } from './platform-log.ts';

export interface InvocationLogOptions {
  readonly fn: ServiceFunction;
  readonly invocation: Invocation;
  readonly report: Reporter;
  /** Whether Lambda's own lines are reported. */
  readonly platformLogs: boolean;
}

/** What an environment knows when an invocation has ended. */
export interface Ending {
  /** Milliseconds, of the first invocation of an environment. */
  readonly initDuration: number | undefined;
  readonly pid: number | undefined;
  /** The error that ended the environment with it. */
  readonly endedBy: string | undefined;
}

/** The log of one invocation: the function's lines, between those of Lambda itself. */
export class InvocationLog {
  readonly #options: InvocationLogOptions;
  readonly #lines: string[] = [];
  #started = 0;

  constructor(options: InvocationLogOptions) {
    this.#options = options;
  }

  /** The event is handed out. */
  start(): void {
    this.#started = performance.now();
    if (this.#isRead) this.#platform(startLine(this.#options.invocation.requestId));
  }

  /** The function has printed a line. */
  add(line: string): void {
    if (this.#options.invocation.wantsLogs) this.#lines.push(line);
  }

  /** The function has answered, or cannot any more. */
  end({ initDuration, pid, endedBy }: Ending): void {
    if (!this.#isRead) return;
    const { fn, invocation } = this.#options;
    const lines = endLines({
      requestId: invocation.requestId,
      duration: performance.now() - this.#started,
      initDuration,
      memorySize: fn.memory,
      maxMemoryUsed: maxMemoryUsed(pid),
      endedBy,
    });
    for (const line of lines) this.#platform(line);
  }

  /** All of it, as text. */
  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join('');
  }

  /** Lambda's own lines cost some time, so they are made only where somebody reads them. */
  get #isRead(): boolean {
    return this.#options.platformLogs || this.#options.invocation.wantsLogs === true;
  }

  #platform(line: string): void {
    const { fn, report } = this.#options;
    this.add(line);
    report({ type: 'platform', function: fn.key, line });
  }
}
