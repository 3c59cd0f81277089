import type { Contract, ContractBody, ContractEndpoint } from '../service/contract.ts';
import { takesBody } from '../service/endpoint/rules.ts';
import { tryParseJson } from '../util/json.ts';
import { type Placed, placeEndpoints } from './openapi-paths.ts';
import { addUnique, type Json, type Schemas, schemasOf } from './schemas.ts';
import { GATEWAY_RESPONSES, type Security, securityOf } from './security.ts';

/** Where the API is served. */
export interface OpenApiServer {
  readonly url: string;
  readonly description?: string;
  /** The kind of API that it serves; both where it is absent. */
  readonly api?: ContractEndpoint['api'];
}

/**
 * Describes the API of a service as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.1.html). The same
 * contract always gives the same document, in the order of serverless.yml.
 */
export function openApiDocument(
  contract: Contract,
  { servers, version }: { readonly servers: readonly OpenApiServer[]; readonly version: string },
): Json {
  const schemas = schemasOf(contract);
  const security = securityOf(contract);
  const problem = addUnique('HttpProblem', new Set(Object.keys(schemas.components)));
  const placed = placeEndpoints(contract.endpoints);
  const ids = new Set<string>();
  const paths: Record<string, Record<string, Json>> = {};
  for (const one of placed) {
    const operation = operationOf(one, addUnique(one.id, ids), { schemas, security });
    const own = serversOf(one.endpoint, servers);
    paths[one.path] = {
      ...paths[one.path],
      [one.method]: {
        ...operation,
        ...(own.length < servers.length && { servers: own.map(plain) }),
      },
    };
  }
  const tags = [...new Set(placed.flatMap(({ path }) => tagOf(path) ?? []))];
  const { endpoints } = contract;
  const refuses = endpoints.some((one) => one.refuses);
  const responses = {
    ...(refuses && { BadRequest: badRequest(problem) }),
    ...(endpoints.some((one) => '401' in security.refusals(one)) && {
      Unauthorized: GATEWAY_RESPONSES.Unauthorized,
    }),
    ...(endpoints.some((one) => '403' in security.refusals(one)) && {
      Forbidden: GATEWAY_RESPONSES.Forbidden,
    }),
  };
  return {
    openapi: '3.1.1',
    info: { title: contract.service, version },
    ...(servers.length > 0 && { servers: servers.map(plain) }),
    ...(tags.length > 0 && { tags: tags.map((name) => ({ name })) }),
    paths,
    components: {
      schemas: { ...schemas.components, ...(refuses && { [problem]: PROBLEM }) },
      ...(Object.keys(responses).length > 0 && { responses }),
      ...(Object.keys(security.schemes).length > 0 && { securitySchemes: security.schemes }),
    },
  };
}

const plain = ({ url, description }: OpenApiServer): Json => ({
  url,
  ...(description !== undefined && { description }),
});

const serversOf = ({ api }: ContractEndpoint, servers: readonly OpenApiServer[]) =>
  servers.filter((server) => server.api === undefined || server.api === api);

/** The first part of the path, unless it is a parameter. */
const tagOf = (path: string): string | undefined => /^\/([^/{}]+)/.exec(path)?.[1];

interface With {
  readonly schemas: Schemas;
  readonly security: Security;
}

/** https://spec.openapis.org/oas/v3.1.1.html#operation-object */
function operationOf(placed: Placed, operationId: string, { schemas, security }: With): Json {
  const { endpoint, path, method } = placed;
  const tag = tagOf(path);
  const parameters = parametersOf(placed, schemas);
  const body = requestBodyOf(endpoint, method, schemas);
  const required = security.of(endpoint);
  return {
    ...(tag !== undefined && { tags: [tag] }),
    ...aboutOf(placed),
    operationId,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      [endpoint.status]: responseOf(endpoint, schemas),
      ...(endpoint.refuses && { 400: { $ref: '#/components/responses/BadRequest' } }),
      ...security.refusals(endpoint),
    },
    ...(required && { security: required }),
  };
}

/** Makes the first paragraph of the doc comment the summary, and the rest the description. */
function aboutOf({ endpoint, also }: Placed): Json {
  const [first = '', ...rest] = endpoint.about.split(/\n\s*\n/);
  const description = [
    ...rest,
    ...also.map((name) => `The other API of the service has it too, as ${name}.`),
  ];
  return {
    ...(first !== '' && { summary: first.replace(/\s*\n\s*/g, ' ') }),
    ...(description.length > 0 && { description: description.join('\n\n') }),
  };
}

function parametersOf({ endpoint, parameters }: Placed, schemas: Schemas): readonly Json[] {
  return [
    ...parameters.map(({ name, parameter, isRest }) => ({
      name,
      in: 'path',
      required: true,
      ...(isRest && { description: 'The rest of the path; it may have slashes.' }),
      schema: schemas.ofParameter(parameter),
    })),
    ...endpoint.query.map((parameter) => ({
      name: parameter.name,
      in: 'query',
      ...(!parameter.nullable && { required: true }),
      schema: schemas.ofParameter(parameter),
    })),
  ];
}

const JSON_TYPE = 'application/json';

function requestBodyOf(
  { request, file, method: of }: ContractEndpoint,
  method: string,
  schemas: Schemas,
): Json | undefined {
  const mayHaveBody = takesBody(method.toUpperCase());
  if (request !== undefined && (mayHaveBody || of !== 'ANY')) {
    return { required: true, content: contentOf(request, schemas) };
  }
  // Nothing is known of a handler that was not found.
  if (!mayHaveBody || file !== undefined) return undefined;
  return { description: 'The code does not tell what it takes.', content: { '*/*': {} } };
}

const STATUSES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
};

function responseOf({ response, status, file }: ContractEndpoint, schemas: Schemas): Json {
  const description = STATUSES[status] ?? 'Success';
  if (status === 204) return { description };
  if (file === undefined) {
    return { description: 'The code does not tell what it responds with.', content: { '*/*': {} } };
  }
  return { description, content: contentOf(response, schemas) };
}

function contentOf(body: ContractBody, schemas: Schemas): Json {
  const example = exampleOf(body.example);
  const schema = schemas.of(body);
  return { [JSON_TYPE]: { schema, ...(example !== undefined && { example }) } };
}

/** Parses a sample; undefined for one with an integer that JavaScript would change. */
function exampleOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const numbers = text.replace(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d[\d.eE+-]*/g) ?? [];
  const isExact = (raw: string) => /[.eE]/.test(raw) || Number.isSafeInteger(Number(raw));
  return numbers.every(isExact) ? tryParseJson(text) : undefined;
}

/** What lib/runtime/http_problem.dart answers: https://www.rfc-editor.org/rfc/rfc9457 */
const PROBLEM: Json = {
  type: 'object',
  description: 'Why a request is refused.',
  properties: {
    status: { type: 'integer' },
    title: { type: 'string' },
    detail: { type: 'string', description: 'What is wrong this time.' },
    field: { type: 'string', description: 'The field of the body that is wrong.' },
    parameter: { type: 'string', description: 'The parameter that is wrong.' },
  },
  required: ['status', 'title'],
};

const badRequest = (problem: string): Json => ({
  description: 'The body or a parameter is not what the endpoint takes.',
  content: { 'application/problem+json': { schema: { $ref: `#/components/schemas/${problem}` } } },
});
