import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryFields } from '../../src/dart/endpoint/query.ts';
import { inferShape } from '../../src/dart/model/infer.ts';
import type { Shape } from '../../src/dart/model/shape.ts';
import { InvalidValueError, UserError } from '../../src/errors.ts';
import type { Sample } from '../../src/sample/sample.ts';
import type { Contract, Parameter, Value, ValueType } from '../../src/service/contract.ts';
import { takesBody } from '../../src/service/endpoint/rules.ts';
import { added, contractIn, contractWith } from '../support/contract.ts';
import { endpointInput } from '../support/endpoint-inputs.ts';
import { seed } from '../support/injection.ts';

/** The types of an endpoint with everything, as `add-endpoint` writes it. */
const CHANGE_ORDER = {
  name: 'changeOrder',
  method: 'PUT',
  path: '/orders/{id:int}/{day:date}/{state:enum(open,paid)}',
  request: 'sku:string,count:int?,status:enum(open,paid),price:decimal,at:datetime,tags:string[]?',
  response: '{"id": 1, "items": [{"sku": "a", "note": null}, {"sku": "b"}], "rates": {"EUR": 1.5}}',
};

describe('the contract of endpoints as add-endpoint writes them', () => {
  it('has parameters, bodies, samples and types', async () => {
    const { endpoints, types } = await contractWith(CHANGE_ORDER);
    await expect(
      JSON.stringify({ endpoints, types: [...types.values()] }, undefined, 2),
    ).toMatchFileSnapshot('../fixtures/contract/change-order.json');
  });

  it('has the parameters of a query, of which those with a default may be missing', async () => {
    const { endpoints } = await contractWith({
      name: 'listOrders',
      path: '/orders',
      request: 'limit:int?,after:datetime,tags:string[]?,ids:int[],state:enum(open,paid)',
    });
    const list = (kind: 'string' | 'integer') => ({ kind: 'list', of: { kind }, nullable: false });
    expect(endpoints[0]?.query).toEqual([
      { name: 'limit', type: { kind: 'integer' }, nullable: true },
      { name: 'after', type: { kind: 'dateTime' }, nullable: false },
      { name: 'state', type: { kind: 'string' }, nullable: false, oneOf: ['open', 'paid'] },
      { name: 'tags', type: list('string'), nullable: true },
      { name: 'ids', type: list('integer'), nullable: false },
    ]);
  });

  it('tells a list of dates from one of dates with times', async () => {
    const { endpoints } = await contractWith({
      ...{ name: 'days', method: 'POST', path: '/days' },
      ...{ request: '["2024-02-29"]', response: '["2024-02-29T12:30:00Z"]' },
    });
    const [days] = endpoints;
    expect(days?.request?.type).toMatchObject({ kind: 'list', of: { kind: 'date' } });
    expect(days?.response.type).toMatchObject({ kind: 'list', of: { kind: 'dateTime' } });
  });
});

/** A type with the fields of its models, without their names. */
type Expanded = unknown;

const expandType = (contract: Contract, type: ValueType): Expanded => {
  switch (type.kind) {
    case 'list':
    case 'map':
      return { [type.kind]: expandType(contract, type.of), nullable: type.nullable };
    case 'enum':
    case 'model': {
      const found = contract.types.get(type.name);
      if (found?.kind === 'enum') return { enum: found.values, open: found.open };
      const fields = found?.fields.map(({ jsonName, nullable, optional, type: of }) => [
        jsonName,
        { of: expandType(contract, of), nullable, optional },
      ]);
      return { fields: new Map(fields as [string, unknown][]) };
    }
    default:
      return type.kind;
  }
};

const KINDS: Readonly<Record<string, string>> = {
  int: 'integer',
  double: 'number',
  num: 'number',
  bool: 'boolean',
};

const expandShape = (shape: Shape): Expanded => {
  switch (shape.kind) {
    case 'list':
      return {
        list: expandShape(shape.item),
        nullable: shape.nullable || shape.item.kind === 'any',
      };
    case 'map':
      return {
        map: expandShape(shape.value),
        nullable: shape.nullable || shape.value.kind === 'any',
      };
    case 'enum':
      return { enum: shape.values.map(({ text }) => text), open: shape.open };
    case 'object': {
      const fields = shape.fields.map(({ jsonName, shape: of, nullable, optional, wrapped }) => {
        const isNull = nullable || of.kind === 'any' || (optional && !wrapped);
        return [jsonName, { of: expandShape(of), nullable: isNull, optional: optional || wrapped }];
      });
      return { fields: new Map(fields as [string, unknown][]) };
    }
    case 'dateTime':
      return shape.format === 'date' ? 'date' : 'dateTime';
    default:
      return KINDS[shape.kind] ?? shape.kind;
  }
};

const shapeOf = ({ values }: Sample, options: Parameters<typeof inferShape>[2]) =>
  expandShape(inferShape(values, { root: 'Root', prefix: 'Root', taken: new Set() }, options));

const plain = ({ name, type, nullable, oneOf }: Parameter) => ({ name, type, nullable, oneOf });

/** What the endpoint's own sample says of it. */
function wanted({ spec }: Awaited<ReturnType<typeof added>>) {
  const { method, parameters, request, response } = spec;
  const scalar = (kind: string): ValueType => ({ kind: KINDS[kind] ?? kind }) as ValueType;
  const kindOf = ({ kind, ...rest }: { kind: string; format?: string }) =>
    kind === 'dateTime' && rest.format === 'date' ? 'date' : kind;
  const body = takesBody(method) ? request : undefined;
  return {
    parameters: parameters.map(({ name, type, oneOf }) => ({
      ...{ name, type: scalar(type === 'datetime' ? 'dateTime' : type), nullable: false, oneOf },
    })),
    query: (takesBody(method) || request === undefined ? [] : queryFields(request)).map(
      ({ key, shape, nullable, items, oneOf }) => {
        const of = scalar(kindOf(shape));
        const type = items === undefined ? of : { kind: 'list', of, nullable: false };
        return { name: key, type, nullable, oneOf };
      },
    ),
    request: body && shapeOf(body, { patch: method === 'PATCH' }),
    response: response === undefined ? 'any' : shapeOf(response, { openEnums: true }),
    samples: { request: body?.json, response: response?.json },
  };
}

const parsed = (json: string | undefined) => (json === undefined ? undefined : JSON.parse(json));

const byName = <T extends { readonly name: string }>(all: readonly T[]): T[] =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1));

const expandBody = (contract: Contract, body: Value | undefined) =>
  body && expandType(contract, body.type);

it('has exactly what any endpoint that can be added has', async () => {
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(endpointInput, async (input) => {
      let endpoint: Awaited<ReturnType<typeof added>>;
      try {
        endpoint = await added(input);
      } catch (error) {
        if (error instanceof InvalidValueError || error instanceof UserError) return;
        throw error;
      }
      checked++;
      const contract = contractIn([endpoint.handled], endpoint.files);
      const [found] = contract.endpoints;
      const { parameters, query, request, response, samples } = wanted(endpoint);
      expect(found?.parameters.map(plain)).toEqual(parameters);
      expect(byName(found?.query.map(plain) ?? [])).toEqual(byName(query));
      expect(expandBody(contract, found?.request)).toEqual(request);
      expect(expandBody(contract, found?.response)).toEqual(response);
      expect(parsed(found?.response.example)).toEqual(parsed(samples.response));
      expect(parsed(found?.request?.example)).toEqual(parsed(samples.request));
    }),
    { seed, numRuns: 300 },
  );
  expect(checked).toBeGreaterThan(30);
}, 120_000);
