import type { AuthorizerSource } from '../service/function-source.ts';
import { asText, recordOf } from '../util/json.ts';
import { eventsOf } from './http-events.ts';

/** A function that authorizes a route of another one. */
interface Use extends Pick<AuthorizerSource, 'kind'> {
  /** The key of the function that authorizes. */
  readonly authorizer: string;
  /** The key of the function with the route. */
  readonly of: string;
}

/** Maps the keys of the functions that authorize requests to what asks them. */
export function authorizerSources(
  root: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, readonly AuthorizerSource[]> {
  const found = new Map<string, AuthorizerSource[]>();
  for (const { authorizer, kind, of } of usesIn(root)) {
    const sources = found.get(authorizer) ?? [];
    const same = sources.find((source) => source.kind === kind);
    const others = sources.filter((source) => source !== same);
    const keys = [...new Set([...(same?.of ?? []), of])];
    found.set(authorizer, [...others, { source: 'authorizer', kind, of: keys }]);
  }
  return found;
}

/**
 * Lists which route asks which function
 * (https://github.com/oss-serverless/osls/tree/main/docs/events, of apigateway, http-api, websocket).
 */
function usesIn(root: Readonly<Record<string, unknown>>): Use[] {
  const ofHttpApi = recordOf(recordOf(recordOf(root.provider).httpApi).authorizers);
  return Object.entries(recordOf(root.functions)).flatMap(([of, definition]) =>
    eventsOf(definition)
      .flatMap((event) => Object.entries(recordOf(event)))
      .flatMap(([event, settings]): Use[] => {
        const asked = recordOf(settings).authorizer;
        const name = nameOf(asked);
        if (name === undefined) return [];
        switch (event) {
          case 'http': {
            const isRequest = /^request$/i.test(String(recordOf(asked).type));
            return [{ authorizer: name, kind: isRequest ? 'request' : 'token', of }];
          }
          case 'websocket':
            return [{ authorizer: name, kind: 'request', of }];
          case 'httpApi': {
            const { functionName, payloadVersion } = recordOf(ofHttpApi[name]);
            const authorizer = asText(functionName);
            const kind = String(payloadVersion) === '1.0' ? 'request' : 'http';
            return authorizer === undefined ? [] : [{ authorizer, kind, of }];
          }
        }
        return [];
      }),
  );
}

/** Returns the name of an authorizer, unless it is one elsewhere or of IAM. */
function nameOf(asked: unknown): string | undefined {
  const { name, arn, authorizerId, id } = recordOf(asked);
  if (arn || authorizerId || id) return undefined;
  const text = asText(asked) ?? asText(name);
  return text?.includes(':') ? undefined : text;
}
