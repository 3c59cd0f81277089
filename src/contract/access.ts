import { eventsOf, httpEvents } from '../serverless-yml/http-events.ts';
import type { ContractAuthorizer } from '../service/contract.ts';
import type { HttpEvent } from '../service/service.ts';
import { asText, isUnknown, recordOf } from '../util/json.ts';
import type { Access } from './contract.ts';

/**
 * Reads how a route is protected, of the definition of its function
 * (https://github.com/oss-serverless/osls/tree/main/docs/events, of apigateway and http-api).
 */
export function accessIn(
  definition: unknown,
  { api, method, path }: HttpEvent,
  provider: Readonly<Record<string, unknown>>,
): Access {
  for (const event of eventsOf(definition)) {
    const [route] = httpEvents([event], (problem) => new Error(problem));
    if (route?.api !== api || route.method !== method || route.path !== path) continue;
    const { http, httpApi } = recordOf(event);
    const { authorizer: asked, private: isPrivate } = recordOf(http ?? httpApi);
    const authorizer = api === 'rest' ? ofRest(asked) : ofHttp(asked, provider);
    return { ...(authorizer && { authorizer }), ...(isPrivate === true && { needsApiKey: true }) };
  }
  return {};
}

const AUTHORIZATION = { in: 'header', name: 'Authorization' } as const;

const IAM: ContractAuthorizer = { name: 'aws_iam', kind: 'iam', sources: [AUTHORIZATION] };

function ofRest(asked: unknown): ContractAuthorizer | undefined {
  const { name: given, arn, authorizerId, type, identitySource } = recordOf(asked);
  const text = asText(asked) ?? asText(given) ?? asText(arn) ?? asText(authorizerId);
  const kind = String(type ?? '').toUpperCase();
  if (text === undefined && kind !== 'AWS_IAM') return undefined;
  if (kind === 'AWS_IAM' || text?.toLowerCase() === 'aws_iam') return IAM;
  const name = nameIn(text ?? '');
  const arnText = asText(asked) ?? asText(arn) ?? '';
  const isJwt = kind === 'COGNITO_USER_POOLS' || arnText.includes(':cognito-idp:');
  const sources = sourcesOf(identitySource);
  const found = sources.length > 0 ? sources : [AUTHORIZATION];
  if (isJwt) return { name, kind: 'jwt', sources: found };
  return { name, kind: kind === 'REQUEST' ? 'request' : 'token', sources: found };
}

function ofHttp(
  asked: unknown,
  provider: Readonly<Record<string, unknown>>,
): ContractAuthorizer | undefined {
  const { name: given, id, type } = recordOf(asked);
  if (String(type ?? asked).toLowerCase() === 'aws_iam') return IAM;
  const name = asText(asked) ?? asText(given) ?? asText(id);
  if (name === undefined) return undefined;
  const defined = recordOf(recordOf(recordOf(provider.httpApi).authorizers)[name]);
  const isRequest = String(defined.type ?? type).toLowerCase() === 'request';
  const issuer = asText(defined.issuerUrl);
  const sources = sourcesOf(defined.identitySource);
  return {
    ...{ name: nameIn(name), kind: isRequest ? 'request' : 'jwt' },
    sources: sources.length > 0 || isRequest ? sources : [AUTHORIZATION],
    ...(issuer !== undefined && !isUnknown(issuer) && { issuer }),
  };
}

/** Shortens an ARN to the name at its end. */
const nameIn = (text: string): string => text.split(/[:/]/).at(-1) ?? text;

/** Reads `method.request.header.Auth, ...` and `$request.header.Auth`. */
function sourcesOf(written: unknown): ContractAuthorizer['sources'] {
  const texts = [written].flat().flatMap((text) => String(text ?? '').split(','));
  return texts.flatMap((text) => {
    const match = /request\.(header|querystring)\.([\w-]+)/.exec(text);
    if (match === null) return [];
    const [, place, name = ''] = match;
    return [{ in: place === 'header' ? 'header' : 'query', name }];
  });
}
