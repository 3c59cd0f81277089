import { EventEmitter, once } from 'node:events';

/** What a test is told of, so that it can wait for what has to hold then. */
export class News {
  readonly #heard = new EventEmitter();

  tell(): void {
    this.#heard.emit('news');
  }

  /** Resolves with the first true value; it is asked for at once, and whenever there is news. */
  async until<T>(value: () => T | false | undefined): Promise<T> {
    for (;;) {
      const found = value();
      if (found) return found;
      await once(this.#heard, 'news');
    }
  }
}
