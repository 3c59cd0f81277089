import { isRecord } from '../util/json.ts';
import { eventsOf } from './http-events.ts';

/** A function's key and its definition, as they are in serverless.yml. */
type Definition = readonly [key: string, definition: unknown];

/** The events that `dev` supports. */
const SUPPORTED = ['http', 'httpApi'];

/**
 * Lists what AWS does for the functions of a service and `dev` does not, in a sentence for each
 * kind. Function URLs are not events.
 */
export function unsupported(functions: readonly Definition[]): string[] {
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
  return [
    ...(others.length > 0
      ? [
          `dev sends no ${unique(others.map(({ kind }) => kind)).join(', ')} events (${keysOf(others).join(', ')}); create-lambda-hello invoke ${keysOf(others)[0]} does, with --event`,
        ]
      : []),
    ...(integrations.length > 0
      ? [`dev calls the function as a Lambda proxy where AWS does not: ${integrations.join(', ')}`]
      : []),
    ...(authorized.length > 0 ? [`dev calls no authorizer (${authorized.join(', ')})`] : []),
    ...(keyed.length > 0 ? [`dev checks no API keys (${keyed.join(', ')})`] : []),
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
