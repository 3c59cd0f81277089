import type {
  Contract,
  ContractEnum,
  ContractField,
  ContractModel,
  Parameter,
  Value,
  ValueType,
} from '../service/contract.ts';

/** A JSON Schema, or another object of an OpenAPI document. */
export type Json = Readonly<Record<string, unknown>>;

/** Writes the JSON Schemas of values: https://spec.openapis.org/oas/v3.1.1.html#schema-object */
export interface Schemas {
  readonly of: (value: Value) => Json;
  readonly ofParameter: (parameter: Parameter) => Json;
  /** Those of the models and enums, by the names that `$ref` has. */
  readonly components: Json;
}

const SCALARS: Readonly<Record<string, Json>> = {
  string: { type: 'string' },
  integer: { type: 'integer', format: 'int64' },
  number: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  dateTime: { type: 'string', format: 'date-time' },
  // The same that lib/runtime/json_texts.dart takes.
  decimal: { type: 'string', pattern: '^-?(0|[1-9]\\d*)(\\.\\d+)?$' },
  any: {},
};

export function schemasOf({ types, endpoints }: Pick<Contract, 'types' | 'endpoints'>): Schemas {
  const taken = typesIn(
    endpoints.flatMap(({ request }) => request?.type ?? []),
    types,
  );
  const names = namesOf([...types.keys()]);

  const ofType = (type: ValueType): Json => {
    switch (type.kind) {
      case 'list':
        return { type: 'array', items: of({ type: type.of, nullable: type.nullable }) };
      case 'map':
        return {
          type: 'object',
          additionalProperties: of({ type: type.of, nullable: type.nullable }),
        };
      case 'enum':
      case 'model':
        return { $ref: `#/components/schemas/${names.get(type.name) ?? type.name}` };
      default:
        return SCALARS[type.kind] ?? {};
    }
  };

  const of = ({ type, nullable }: Value): Json => {
    const schema = ofType(type);
    if (!nullable || type.kind === 'any') return schema;
    if (typeof schema.type === 'string') return { ...schema, type: [schema.type, 'null'] };
    return { anyOf: [schema, { type: 'null' }] };
  };

  const property = (field: ContractField) => [field.jsonName, of(field)] as const;

  const ofDeclared = (declared: ContractModel | ContractEnum): Json => {
    if (declared.kind === 'enum') return enumSchema(declared);
    const { about, fields } = declared;
    // What is read by a method ...OrNull may be missing; what is written has it as null.
    const mayLack = (field: ContractField) =>
      field.optional || (field.nullable && taken.has(declared.name));
    const required = fields.filter((one) => !mayLack(one)).map(({ jsonName }) => jsonName);
    return {
      type: 'object',
      ...(about !== '' && { description: about }),
      properties: Object.fromEntries(fields.map(property)),
      ...(required.length > 0 && { required }),
    };
  };

  return {
    of,
    ofParameter: ({ type, oneOf }) => {
      const texts = oneOf && { type: 'string', enum: oneOf };
      if (texts === undefined) return ofType(type);
      return type.kind === 'list' ? { type: 'array', items: texts } : texts;
    },
    components: Object.fromEntries(
      [...types.values()].map((one) => [names.get(one.name) ?? one.name, ofDeclared(one)]),
    ),
  };
}

/** Lists the names of the models in types, and of those in them. */
function typesIn(found: readonly ValueType[], types: Contract['types']): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (type: ValueType): void => {
    if (type.kind === 'list' || type.kind === 'map') add(type.of);
    if (type.kind !== 'model' || names.has(type.name)) return;
    names.add(type.name);
    const declared = types.get(type.name);
    if (declared?.kind === 'model') for (const field of declared.fields) add(field.type);
  };
  for (const type of found) add(type);
  return names;
}

function enumSchema({ values, open }: ContractEnum): Json {
  if (!open) return { type: 'string', enum: values };
  return {
    type: 'string',
    description: `One of ${values.join(', ')}, or a text that a later version has added.`,
    examples: values,
  };
}

/** Maps names to ones that a component may have, each to another one. */
function namesOf(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  return new Map(
    names.map((name) => {
      const plain = name.replace(/[^\w.-]/g, '_');
      return [name, addUnique(plain, taken)];
    }),
  );
}

/** Adds a name to those that are taken, with a number where it is taken already. */
export function addUnique(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
  taken.add(free);
  return free;
}
