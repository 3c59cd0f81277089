import type { GatewayRequest, GatewayResponse } from './gateway/integration.ts';
import type {
  FunctionError,
  Invocation,
  InvocationResult,
  Invoke,
  Throttled,
} from './lambda/invocation.ts';
import type { Report } from './report.ts';

/** A request, or another invocation of a function, as far as it has come. */
export interface Exchange {
  /** The id of the invocation, or that of the request where no function was invoked. */
  readonly id: string;
  /** When it began, in epoch milliseconds. */
  readonly time: number;
  /** The key of the function; undefined where no route matched. */
  readonly function?: string;
  /** How long it took, in milliseconds; undefined while it runs. */
  readonly ms?: number;
  readonly cold?: boolean;
  /** Of a request. */
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly request?: GatewayRequest;
  readonly response?: GatewayResponse;
  /** What the function got and returned, as JSON. */
  readonly event?: Buffer;
  readonly result?: Buffer;
  readonly error?: FunctionError;
  /** Why the function was not invoked. */
  readonly refused?: Throttled;
  /** What the function printed, and the lines of the platform. */
  readonly logs?: string;
}

/** What is kept: so many exchanges, and so many bytes of events, bodies and logs. */
const LIMIT = { exchanges: 200, bytes: 32 * 1024 * 1024 };

/** How much is kept of a streamed response, in bytes. */
const STREAM_BYTES = 64 * 1024;

/**
 * Keeps the last requests and invocations from {@link begin} on, for who looks at them. What costs
 * time, the log of an invocation and a copy of a streamed response, is kept only while somebody
 * watches.
 */
export class Traffic {
  readonly #exchanges = new Map<string, Exchange>();
  readonly #watchers = new Set<(id: string) => void>();
  #bytes = 0;
  #hasBegun = false;

  /** Keeps what happens from now on. Until then, nothing is, which costs no time. */
  begin(): void {
    this.#hasBegun = true;
  }

  /** The exchanges, the oldest one first. */
  get exchanges(): readonly Exchange[] {
    return [...this.#exchanges.values()];
  }

  find(id: string): Exchange | undefined {
    return this.#exchanges.get(id);
  }

  /** Calls back with the id of each exchange that begins or goes on, until the returned is called. */
  watch(watcher: (id: string) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  /** Wraps a function that invokes functions, so that their invocations are kept. */
  watched(invoke: Invoke): Invoke {
    const kept: Invoke = async (key, invocation) => {
      const { requestId: id, payload: event } = invocation;
      const started = performance.now();
      this.#keep({ id, time: Date.now(), function: key, event });
      const streamed: Buffer[] = [];
      const asked = this.#watchers.size === 0 ? invocation : closely(invocation, streamed);
      const result = await invoke(key, asked);
      const ms = performance.now() - started;
      this.#goOn(id, { ms, ...(typeof result === 'string' ? { refused: result } : of(result)) });
      if (streamed.length > 0) this.#goOn(id, { result: Buffer.concat(streamed) });
      if (typeof result === 'string' || invocation.wantsLogs || asked === invocation) return result;
      const { logs: _watched, ...rest } = result;
      return rest;
    };
    return (key, invocation) => (this.#hasBegun ? kept : invoke)(key, invocation);
  }

  /** Keeps the request and the response of an exchange. */
  answered(id: string, request: GatewayRequest, response: GatewayResponse): void {
    if (!this.#hasBegun) return;
    if (!this.#exchanges.has(id)) this.#keep({ id, time: request.time });
    this.#goOn(id, { request, response });
  }

  /** Takes what a request has led to. */
  report(report: Report): void {
    if (!this.#hasBegun || report.type !== 'request') return;
    const { type: _request, requestId, ...outcome } = report;
    this.#goOn(requestId, outcome);
  }

  #keep(exchange: Exchange): void {
    this.#exchanges.set(exchange.id, exchange);
    this.#bytes += sizeOf(exchange);
    this.#forget();
    this.#tell(exchange.id);
  }

  #goOn(id: string, more: Partial<Exchange>): void {
    const before = this.#exchanges.get(id);
    if (before === undefined) return;
    const size = sizeOf(before);
    // Changed in place: this is on the way of every request.
    const after = Object.assign(before, more);
    this.#bytes += sizeOf(after) - size;
    this.#forget();
    this.#tell(id);
  }

  /** Forgets the oldest ones that are too many, but for the last one. */
  #forget(): void {
    for (const [id, exchange] of this.#exchanges) {
      const { size } = this.#exchanges;
      if (size === 1 || (size <= LIMIT.exchanges && this.#bytes <= LIMIT.bytes)) return;
      this.#exchanges.delete(id);
      this.#bytes -= sizeOf(exchange);
    }
  }

  #tell(id: string): void {
    for (const watcher of this.#watchers) watcher(id);
  }
}

/** Asks for the log, and for a copy of the beginning of a streamed response. */
function closely(invocation: Invocation, streamed: Buffer[]): Invocation {
  const { onStream } = invocation;
  async function* copied(pieces: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    let size = 0;
    for await (const piece of pieces) {
      if (size < STREAM_BYTES) streamed.push(piece.subarray(0, STREAM_BYTES - size));
      size += piece.length;
      yield piece;
    }
  }
  return {
    ...invocation,
    wantsLogs: true,
    ...(onStream && { onStream: (pieces, type) => onStream(copied(pieces), type) }),
  };
}

function of(result: InvocationResult): Partial<Exchange> {
  const { payload, cold, logs } = result;
  return {
    result: payload,
    cold,
    ...(logs !== undefined && { logs }),
    ...(!result.ok && { error: result.error }),
  };
}

const sizeOf = ({ event, result, request, response, logs }: Exchange): number =>
  (event?.length ?? 0) +
  (result?.length ?? 0) +
  (request?.body.length ?? 0) +
  (response?.body.length ?? 0) +
  (logs?.length ?? 0);
