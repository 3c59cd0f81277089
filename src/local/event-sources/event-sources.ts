import { setTimeout as wait } from 'node:timers/promises';
import type { FunctionSource, QueueSource, StreamSource } from '../../service/function-source.ts';
import type { Service } from '../../service/service.ts';
import { functionArn } from '../lambda/environment-variables.ts';
import type { Invoke } from '../lambda/invocation.ts';
import { type Reporter, tellingOnce } from '../report.ts';
import type { CallApi, EventSourceMapping } from './mapping.ts';
import * as messages from './messages.ts';
import { pollQueue } from './queue.ts';
import { pollStream } from './stream.ts';

export interface EventSourcesOptions {
  readonly call: CallApi;
  readonly invoke: Invoke;
  readonly report: Reporter;
  readonly region: string;
}

/** How long to wait before a source is tried again that could not be read, in milliseconds. */
const RETRY_MS = 2000;

/** The event source mappings of a service, each of which polls its source. */
export class EventSources {
  readonly #options: EventSourcesOptions;
  /** What stops each mapping that is polled, by its settings. */
  #polled = new Map<string, AbortController>();

  constructor(options: EventSourcesOptions) {
    this.#options = { ...options, report: tellingOnce(options.report) };
  }

  /** Polls the sources of this version of the service, and no others. Unchanged ones go on. */
  update(service: Service): void {
    const before = this.#polled;
    this.#polled = new Map();
    const stackName = `${service.name}-${service.stage}`;
    for (const fn of service.functions) {
      const { key, sources = [] } = fn;
      for (const source of sources.filter(isPolled)) {
        if (!source.enabled) continue;
        if (source.name === undefined && source.logicalId === undefined) {
          const message = messages.nameUnknown({ source: source.source, function: key });
          this.#options.report({ type: 'warning', function: key, message });
          continue;
        }
        const id = JSON.stringify([key, stackName, source]);
        const stop = before.get(id) ?? new AbortController();
        this.#polled.set(id, stop);
        if (before.delete(id)) continue;
        const arn = functionArn(service, fn);
        const mapping = { ...this.#options, functionKey: key, functionArn: arn, source, stackName };
        void this.#keepPolling(mapping, stop.signal);
      }
    }
    for (const stop of before.values()) stop.abort();
  }

  /** Stops polling at once. */
  close(): void {
    for (const stop of this.#polled.values()) stop.abort();
    this.#polled.clear();
  }

  /** Polls again after an error, such as one of a stand-in that was not started yet. */
  async #keepPolling(mapping: EventSourceMapping, signal: AbortSignal): Promise<void> {
    const { functionKey, source, report } = mapping;
    while (!signal.aborted) {
      try {
        await poll(mapping, signal);
      } catch (error) {
        if (signal.aborted) return;
        const { name = source.logicalId ?? '' } = source;
        const reason = reasonOf(error);
        const words = { source: source.source, name, function: functionKey, reason };
        const message = messages.cannotPoll(words);
        report({ type: 'warning', function: functionKey, message, once: message });
        await wait(RETRY_MS, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }
}

const isPolled = (source: FunctionSource): source is QueueSource | StreamSource =>
  source.source === 'sqs' || source.source === 'kinesis' || source.source === 'dynamodb';

function poll(mapping: EventSourceMapping, signal: AbortSignal): Promise<void> {
  const { source } = mapping;
  return source.source === 'sqs'
    ? pollQueue({ ...mapping, source }, signal)
    : pollStream({ ...mapping, source }, signal);
}

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  const inner = (cause as { readonly code?: string } | undefined)?.code;
  return inner ?? (name === 'Error' ? message : `${name}: ${message}`);
}
