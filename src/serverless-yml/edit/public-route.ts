import type { Message } from '../../message.ts';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import type { HttpEvent } from '../../service/service.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import { formatNames } from '../../util/shell-words.ts';
import { eventsOf } from '../http-events.ts';
import { publicRoute } from './messages.ts';
import { EVENT_KEYS } from './style.ts';

/**
 * Settings of an event that a new one does not copy, with the wording for one function and for
 * several.
 */
const SETTINGS = [
  { key: 'authorizer', lacks: 'is public', has: 'has an authorizer', have: 'have an authorizer' },
  { key: 'private', lacks: 'is public', has: 'wants an API key', have: 'want an API key' },
  { key: 'cors', lacks: 'has no cors', has: 'has cors', have: 'have cors' },
] as const;

/**
 * Notes that a new route has no authorizer, API key or CORS although other routes of its API do.
 * Edits never copy these settings, because they belong to a route.
 *
 * @param functions of the configuration, before the edit
 * @param file the file that contains the functions
 */
export function publicRouteNote(
  functions: unknown,
  { key, api, method, path, cors }: NewEndpoint,
  file: string,
): Message | undefined {
  const lacking = SETTINGS.filter((setting) => !(cors && setting.key === 'cors'));
  const found = lacking.flatMap(({ key: setting, lacks, has, have }) => {
    const names = Object.entries(recordOf(functions)).flatMap(([name, definition]) =>
      settingsOf(definition, api).some((event) => Boolean(event[setting])) ? [name] : [],
    );
    if (names.length === 0) return [];
    const text = `${formatNames(names)} ${names.length === 1 ? has : have}`;
    return [{ setting, lacks, text, example: names[0] }];
  });
  if (found.length === 0) return undefined;
  return publicRoute({
    method,
    path,
    whatItLacks: [...new Set(found.map(({ lacks }) => lacks))].join(' and '),
    others: found.map(({ text }) => text).join(', '),
    keys: found.map(({ setting, example }) => `${setting} of ${example}`).join(' and '),
    function: key,
    file,
  });
}

/** Returns the settings of the events of one kind of API. */
const settingsOf = (definition: unknown, api: HttpEvent['api']): Record<string, unknown>[] =>
  eventsOf(definition).flatMap((event) =>
    isRecord(event) ? [recordOf(event[EVENT_KEYS[api]])] : [],
  );
