import type { Message } from '../message.ts';
import { METHODS } from '../service/endpoint/rules.ts';
import type { HttpEvent } from '../service/service.ts';
import { isRecord, isUnknown, recordOf } from '../util/json.ts';
import { notOneOf } from '../util/messages.ts';
import { inQuotes } from '../util/text.ts';
import { withoutTrailingSlash } from './http-paths.ts';
import { eventsAreNoList, notARoute } from './messages.ts';

/** Returns the events in the definition of a function; none where they are no list. */
export function eventsOf(definition: unknown): readonly unknown[] {
  const { events } = recordOf(definition);
  return Array.isArray(events) ? events : [];
}

/**
 * Reads the `http` and `httpApi` events of a function, in every form that osls accepts: `http: GET
 * /a`, `httpApi: '*'`, or a map with `method` and `path`. Other kinds of events are skipped, and
 * so are unresolved variables; a route may still have one as its method or path.
 *
 * @param fail makes the error for a problem of the event with the given index
 * @param pass receives each unresolved part that is skipped, as it is written
 */
export function httpEvents(
  events: unknown,
  fail: (problem: Message, index: number) => Error,
  pass: (part: 'events' | 'event' | 'route', text: string) => void = () => {},
): HttpEvent[] {
  if (events === undefined || events === null) return [];
  if (isUnknown(events)) {
    pass('events', events);
    return [];
  }
  if (!Array.isArray(events)) throw fail(eventsAreNoList(), 0);
  return events.flatMap((event: unknown, index): HttpEvent[] => {
    if (isUnknown(event)) pass('event', event);
    if (!isRecord(event)) return [];
    const api = 'http' in event ? 'rest' : 'httpApi' in event ? 'http' : undefined;
    if (api === undefined) return [];
    const definition = api === 'rest' ? event.http : event.httpApi;
    if (isUnknown(definition) && !/\s/.test(definition)) {
      pass('route', definition);
      return [];
    }
    const route = readRoute(definition, api);
    if (route === undefined) {
      throw fail(notARoute({ value: JSON.stringify(definition) }), index);
    }
    if (!isUnknown(route.method) && !(METHODS as readonly string[]).includes(route.method)) {
      const value = inQuotes(route.method);
      throw fail(notOneOf({ value, values: METHODS.join(', ') }), index);
    }
    return [route];
  });
}

function readRoute(definition: unknown, api: HttpEvent['api']): HttpEvent | undefined {
  if (api === 'http' && (definition === '*' || (isRecord(definition) && isCatchAll(definition)))) {
    return { api, method: 'ANY', path: '$default' };
  }
  const [method, path] = isRecord(definition)
    ? [definition.method ?? (api === 'http' ? '*' : undefined), asWritten(definition.path)]
    : String(definition).trim().split(/\s+/, 2);
  if (typeof method !== 'string' || typeof path !== 'string') return undefined;
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return {
    api,
    method: method === '*' ? 'ANY' : method.toUpperCase(),
    path: api === 'rest' ? withoutTrailingSlash(absolute) : absolute,
    ...(api === 'rest' && restSettings(recordOf(definition))),
  };
}

/** Reads how a REST API waits for the function, and how it sends the response. */
function restSettings({
  response,
  timeoutInMillis,
}: Readonly<Record<string, unknown>>): Pick<HttpEvent, 'streams' | 'timeoutMs'> {
  const mode = recordOf(response).transferMode;
  return {
    ...(typeof mode === 'string' && mode.toUpperCase() === 'STREAM' && { streams: true }),
    ...(typeof timeoutInMillis === 'number' && { timeoutMs: timeoutInMillis }),
  };
}

/** osls also accepts `path: 1` as a string. */
const asWritten = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;

const isCatchAll = (definition: Record<string, unknown>): boolean =>
  definition.path === '*' && (definition.method === undefined || definition.method === '*');
