import type { Message } from '../message.ts';
import { isRecord, recordOf } from '../util/json.ts';
import { eventsOf } from './http-events.ts';
import * as messages from './messages.ts';
import { isSchedule } from './source-events.ts';

interface Event {
  /** The key of its function. */
  readonly key: string;
  readonly kind: string;
  readonly settings: unknown;
}

/** What AWS does for functions and `dev` does not, in a sentence. */
export interface Unsupported {
  readonly message: Message;
  /** The option with which `dev` does it. */
  readonly unless?: 'schedules' | 'sources';
}

/** The events that `dev` supports, those of queues and streams with `--sources`. */
const SUPPORTED = ['http', 'httpApi', 'sqs', 'stream'];

/**
 * Lists what AWS does for the functions of a service and `dev` does not, in a sentence for each
 * kind. Function URLs are not events.
 */
export function unsupported(functions: Readonly<Record<string, unknown>>): Unsupported[] {
  const events = Object.entries(functions).flatMap(([key, definition]) =>
    eventsOf(definition)
      .flatMap((event) => Object.entries(recordOf(event)))
      .map(([kind, settings]) => ({ key, kind, settings })),
  );
  const found: Unsupported[] = [];
  const queues = events.filter(({ kind }) => kind === 'sqs' || kind === 'stream');
  if (queues[0] !== undefined) {
    const [{ key }] = queues;
    const message = messages.queuesNotPolled({ functions: keysOf(queues), function: key });
    found.push({ message, unless: 'sources' });
  }
  const schedules = events.filter(({ kind, settings }) => isSchedule(kind, settings));
  if (schedules[0] !== undefined) {
    const [{ key }] = schedules;
    const message = messages.schedulesNotFired({ functions: keysOf(schedules), function: key });
    found.push({ message, unless: 'schedules' });
  }
  const others = events.filter(
    ({ kind, settings }) => !SUPPORTED.includes(kind) && !isSchedule(kind, settings),
  );
  if (others[0] !== undefined) {
    const kinds = unique(others.map(({ kind }) => kind)).join(', ');
    const [{ key }] = others;
    found.push({
      message: messages.eventsNotSent({ kinds, functions: keysOf(others), function: key }),
    });
  }
  const integrations = otherIntegrations(events);
  if (integrations !== '') found.push({ message: messages.otherIntegrations({ integrations }) });
  const having = (name: string) =>
    keysOf(events.filter(({ settings }) => Boolean(recordOf(settings)[name])));
  const authorized = having('authorizer');
  if (authorized !== '') found.push({ message: messages.noAuthorizer({ functions: authorized }) });
  const keyed = having('private');
  if (keyed !== '') found.push({ message: messages.noApiKeys({ functions: keyed }) });
  return found;
}

/** Lists the integrations that are no Lambda proxy, each with the functions that have it. */
function otherIntegrations(events: readonly Event[]): string {
  const integrated = events.flatMap(({ key, kind, settings }) => {
    const name = kind === 'http' ? otherIntegration(settings) : undefined;
    return name === undefined ? [] : [{ key, name }];
  });
  return unique(integrated.map(({ name }) => name))
    .map((name) => `${name} (${keysOf(integrated.filter((one) => one.name === name))})`)
    .join(', ');
}

/**
 * Returns the setting that replaces the Lambda proxy integration, as it is written, or undefined
 * if none does (`getIntegration` in
 * https://github.com/oss-serverless/osls/blob/main/lib/plugins/aws/package/compile/events/api-gateway/lib/validate.js).
 */
function otherIntegration(settings: unknown): string | undefined {
  if (!isRecord(settings)) return undefined;
  const { integration, async: isAsync } = settings;
  if (typeof integration !== 'string') return isAsync ? 'async: true' : undefined;
  const isProxy = /^(lambda|aws)[-_]proxy$/i.test(integration);
  return isProxy ? undefined : `integration: ${integration.toLowerCase()}`;
}

const keysOf = (events: readonly Pick<Event, 'key'>[]): string =>
  unique(events.map(({ key }) => key)).join(', ');

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
