import type { Message } from '../message.ts';
import { isRecord } from '../util/json.ts';
import { eventsOf } from './http-events.ts';
import * as messages from './messages.ts';

/** A function's key and its definition, as they are in serverless.yml. */
type Definition = readonly [key: string, definition: unknown];

/** The events that `dev` supports. */
const SUPPORTED = ['http', 'httpApi'];

/**
 * Lists what AWS does for the functions of a service and `dev` does not, in a sentence for each
 * kind. Function URLs are not events.
 */
export function unsupported(functions: readonly Definition[]): Message[] {
  const events = functions.flatMap(([key, definition]) =>
    eventsOf(definition)
      .flatMap((event) => (isRecord(event) ? Object.entries(event) : []))
      .map(([kind, settings]) => ({ key, kind, settings })),
  );
  const others = events.filter(({ kind }) => !SUPPORTED.includes(kind));
  const setting = (name: string) =>
    keysOf(events.filter(({ settings }) => isRecord(settings) && Boolean(settings[name])));
  const authorized = setting('authorizer');
  const keyed = setting('private');
  const integrated = events.flatMap(({ key, kind, settings }) => {
    const integration = kind === 'http' ? otherIntegration(settings) : undefined;
    return integration === undefined ? [] : [{ key, integration }];
  });
  const integrations = unique(integrated.map(({ integration }) => integration)).map(
    (name) =>
      `${name} (${keysOf(integrated.filter(({ integration }) => integration === name)).join(', ')})`,
  );
  const [first] = keysOf(others);
  return [
    ...(first === undefined
      ? []
      : [
          messages.eventsNotSent({
            kinds: unique(others.map(({ kind }) => kind)).join(', '),
            functions: keysOf(others).join(', '),
            function: first,
          }),
        ]),
    ...(integrations.length > 0
      ? [messages.otherIntegrations({ integrations: integrations.join(', ') })]
      : []),
    ...(authorized.length > 0 ? [messages.noAuthorizer({ functions: authorized.join(', ') })] : []),
    ...(keyed.length > 0 ? [messages.noApiKeys({ functions: keyed.join(', ') })] : []),
  ];
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

const keysOf = (events: readonly { readonly key: string }[]): string[] =>
  unique(events.map(({ key }) => key));

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
