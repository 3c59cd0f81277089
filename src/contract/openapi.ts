import type { Contract, ContractEndpoint, ValueType } from '../service/contract.ts';

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

function schemaOf(type: ValueType): object {
  switch (type.kind) {
    case 'model':
    case 'enum':
      return { $ref: `#/components/schemas/${type.name}` };
    case 'list':
      return { type: 'array', items: schemaOf(type.of) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(type.of) };
    case 'any':
      return {};
    case 'integer':
    case 'number':
    case 'boolean':
      return { type: type.kind };
    default:
      return { type: 'string' };
  }
}
