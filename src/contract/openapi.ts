import type { Contract, ContractBody, ContractEndpoint } from '../service/contract.ts';
import { takesBody } from '../service/endpoint/rules.ts';
import { tryParseJson } from '../util/json.ts';
import { type Placed, placeEndpoints } from './openapi-paths.ts';
import { addUnique, type Json, type Schemas, schemasOf } from './schemas.ts';
import { GATEWAY_RESPONSES, type Security, securityOf } from './security.ts';

/** Describes a service in OpenAPI 3.1, as a JSON object. */
export function openApiDocument(
  contract: Contract,
  { servers, version }: { readonly servers: readonly { url: string }[]; readonly version: string },
): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of contract.endpoints) {
    const path = endpoint.path.replaceAll('+}', '}');
    paths[path] ??= {};
    const methods = endpoint.method === 'ANY' ? ['get', 'post'] : [endpoint.method.toLowerCase()];
    for (const method of methods) paths[path][method] = operationOf(endpoint);
  }
  const schemas = [...contract.types.values()].map((type) => [
    type.name,
    type.kind === 'enum'
      ? { type: 'string', enum: type.values }
      : {
          type: 'object',
          properties: Object.fromEntries(
            type.fields.map((field) => [field.jsonName, schemaOf(field.type)]),
          ),
        },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: contract.service, version },
    servers,
    paths,
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function operationOf({ name, about, parameters, query, request, response }: ContractEndpoint) {
  const json = (schema: object) => ({ content: { 'application/json': { schema } } });
  return {
    operationId: name,
    summary: about,
    tags: ['endpoints'],
    parameters: [
      ...parameters.map((one) => ({
        ...{ name: one.name, in: 'path', required: true },
        schema: schemaOf(one.type),
      })),
      ...query.map((one) => ({ name: one.name, in: 'query', schema: schemaOf(one.type) })),
    ],
    ...(request && { requestBody: json(schemaOf(request.type)) }),
    responses: { 200: { description: 'OK', ...json(schemaOf(response.type)) } },
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
}
