import { at } from '../../message.ts';
import type { HttpEvent } from '../../service/service.ts';
import { recordOf } from '../../util/json.ts';
import { httpEvents } from '../http-events.ts';
import type { OslsConfiguration } from '../osls/finding.ts';

/**
 * Chooses the kind of API for a new function: the one that most events of the service use, or that
 * of the last event in a tie.
 *
 * @throws UserError when an event is written in a form that osls does not know
 */
export function newFunctionApi({ value, fail }: OslsConfiguration): HttpEvent['api'] {
  const { functions, provider } = value;
  const apis = Object.entries(recordOf(functions)).flatMap(([key, definition]) =>
    httpEvents(recordOf(definition).events, (problem, index) =>
      fail(
        ['functions', key, 'events', index],
        at(`the function ${key}`, problem),
        '- http: GET /hello',
      ),
    ),
  );
  const rest = apis.filter(({ api }) => api === 'rest').length;
  if (rest * 2 !== apis.length) return rest * 2 > apis.length ? 'rest' : 'http';
  return apis.at(-1)?.api ?? ('httpApi' in recordOf(provider) ? 'http' : 'rest');
}
