import type { ServerResponse } from 'node:http';
import type { Traffic } from '../local/traffic.ts';
import { summaryOf } from './describe.ts';

/** How long changes are collected until a page gets them, in milliseconds. */
const COLLECTED_MS = 50;

/** How much a page may be behind until it gets no more for now, in bytes. */
const BEHIND_BYTES = 1024 * 1024;

/** The pages that are open, and what they are told, as server-sent events. */
export class Live {
  readonly #traffic: Traffic;
  readonly #pages = new Set<ServerResponse>();
  readonly #changed = new Set<string>();
  #unwatch: (() => void) | undefined;

  constructor(traffic: Traffic) {
    this.#traffic = traffic;
  }

  /** Tells a page of all that happens, until it is closed. The response has been begun. */
  open(page: ServerResponse): void {
    this.#pages.add(page);
    this.#unwatch ??= this.#traffic.watch((id) => this.#collect(id));
    const { exchanges } = this.#traffic;
    page.write(event('exchanges', exchanges.map(summaryOf)));
    page.on('close', () => {
      this.#pages.delete(page);
      if (this.#pages.size > 0) return;
      this.#unwatch?.();
      this.#unwatch = undefined;
    });
  }

  /** Tells every page something. */
  tell(name: string, data: unknown): void {
    const text = event(name, data);
    for (const page of this.#pages) if (page.writableLength < BEHIND_BYTES) page.write(text);
  }

  #collect(id: string): void {
    const isCollecting = this.#changed.size > 0;
    this.#changed.add(id);
    if (isCollecting) return;
    setTimeout(() => {
      const changed = [...this.#changed].flatMap((each) => this.#traffic.find(each) ?? []);
      this.#changed.clear();
      if (changed.length > 0) this.tell('exchanges', changed.map(summaryOf));
    }, COLLECTED_MS).unref();
  }
}

const event = (name: string, data: unknown): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
