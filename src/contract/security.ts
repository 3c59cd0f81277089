import type { Contract, ContractAuthorizer, ContractEndpoint } from '../service/contract.ts';
import { addUnique, type Json } from './schemas.ts';

/** How requests are authorized, as an OpenAPI document has it. */
export interface Security {
  /** https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object */
  readonly schemes: Json;
  /** What an endpoint requires; undefined for nothing. */
  readonly of: (endpoint: ContractEndpoint) => readonly Json[] | undefined;
  /** The responses of API Gateway to a request that is not allowed, by status. */
  readonly refusals: (endpoint: ContractEndpoint) => Json;
}

const API_KEY = 'apiKey';

/** Describes the authorizers of a service. */
export function securityOf({ authorizers, endpoints }: Contract): Security {
  const taken = new Set<string>();
  const schemes: Record<string, Json> = {};
  const required = new Map<string, readonly string[]>();
  for (const authorizer of authorizers.values()) {
    const names = schemesOf(authorizer).map((scheme) => {
      const name = addUnique(authorizer.name.replace(/[^\w.-]/g, '_'), taken);
      schemes[name] = scheme;
      return name;
    });
    required.set(authorizer.name, names);
  }
  const apiKey = addUnique(API_KEY, taken);
  if (endpoints.some(({ needsApiKey }) => needsApiKey)) {
    schemes[apiKey] = { type: 'apiKey', in: 'header', name: 'x-api-key' };
  }
  const namesOf = ({ authorizer, needsApiKey }: ContractEndpoint): readonly string[] => [
    ...(required.get(authorizer ?? '') ?? []),
    ...(needsApiKey ? [apiKey] : []),
  ];
  return {
    schemes,
    of: (endpoint) => {
      const names = namesOf(endpoint);
      return names.length === 0 ? undefined : [Object.fromEntries(names.map((one) => [one, []]))];
    },
    refusals: ({ authorizer, needsApiKey }) => {
      const kind = authorizers.get(authorizer ?? '')?.kind;
      const asksWho = kind !== undefined && kind !== 'iam';
      return {
        ...(asksWho && { 401: { $ref: '#/components/responses/Unauthorized' } }),
        ...((kind || needsApiKey) && { 403: { $ref: '#/components/responses/Forbidden' } }),
      };
    },
  };
}

function schemesOf({ kind, sources, issuer, name }: ContractAuthorizer): readonly Json[] {
  if (kind === 'iam') {
    return [
      {
        type: 'apiKey',
        description: 'A signature of AWS, version 4 (AWS4-HMAC-SHA256).',
        in: 'header',
        name: 'Authorization',
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
    ];
  }
  const isBearer = sources.every((one) => one.in === 'header' && one.name === 'Authorization');
  if (kind === 'jwt' && isBearer) {
    return [
      {
        ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        ...(issuer !== undefined && { description: `A token of ${issuer}.` }),
      },
    ];
  }
  return sources.map((source) => ({
    type: 'apiKey',
    description: `What the authorizer ${name} looks at.`,
    in: source.in,
    name: source.name,
  }));
}

/** What API Gateway answers itself. */
const gatewayResponse = (description: string): Json => ({
  description,
  content: {
    'application/json': {
      schema: { type: 'object', properties: { message: { type: 'string' } } },
    },
  },
});

export const GATEWAY_RESPONSES = {
  Unauthorized: gatewayResponse('Nobody knows who the caller is.'),
  Forbidden: gatewayResponse('The caller may not do this.'),
} as const;
