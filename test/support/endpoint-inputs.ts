import fc from 'fast-check';
import { METHODS, takesBody } from '../../src/service/endpoint/rules.ts';

/** What a user could type after `add-endpoint`. */
export interface EndpointInput {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly response: string;
}

/** Names that mean something: to Dart, to YAML, to JavaScript, to Windows or to a service. */
const AWKWARD = `
  class void null true yes async await get set switch this required late dynamic Function Object
  String List Map int toString hashCode runtimeType main hello postRequest post http io aws-api-gateway
  Runtime Context context event error request response json message constructor prototype con aux nul
  a A x1 a-b_c URL HTTPServer getHTTPResponse order_items OrderItems __proto__ toJson fromJson str data
  copyWith Optional optional JsonModel values valueOr isPresent
  decodeJson asDate asList asString asValue item items field string date index test call refusals
  expect
`
  .trim()
  .split(/\s+/);

const word = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_-]{0,15}$/) },
  { weight: 3, arbitrary: fc.constantFrom(...AWKWARD) },
);

/** Text of all kinds: what ends a Dart string, a comment or a line, and what no file can hold. */
const text = fc.oneof(
  word,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    "'''",
    "it's",
    '"',
    '\\',
    '\\n',
    ['$a ', '$', '{b}'].join(''),
    '\n',
    '\r\n',
    '\u2028',
    '\u0000',
    '\ud800',
    '*/',
    '//',
    'EUR',
    'USD',
    '1',
    '2',
    '2024-02-29',
    '2024-02-29T12:30:00Z',
    '2024-02-29T12:30:00.000Z',
    '2023-02-29',
    '0000-01-01',
    '',
    ' ',
    '  two  spaces ',
    'Zoë',
    '日本',
    '🙂',
    'a'.repeat(90),
  ),
);

const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '0',
    '-0',
    '0.0',
    '1.0',
    '1e3',
    '1E-7',
    '9007199254740993',
    '9223372036854775807',
    '-9223372036854775808',
    '9223372036854775808',
    '123456789012345678901234567890',
    '1e308',
    '5e-324',
  ),
);

const scalar = fc.oneof(
  text.map((value) => JSON.stringify(value)),
  number,
  fc.constantFrom('true', 'false', 'null'),
);

const list = (item: fc.Arbitrary<string>) =>
  fc.array(item, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`);
const object = (value: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(fc.tuple(text, value), { maxLength: 6, selector: ([name]) => name })
    .map(
      (members) => `{${members.map(([name, v]) => `${JSON.stringify(name)}: ${v}`).join(', ')}}`,
    );

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    scalar,
    object(tie('value')),
    list(tie('value')),
    // A list of objects that are alike, as real ones are.
    fc
      .tuple(fc.uniqueArray(word, { minLength: 1, maxLength: 3 }), tie('value'), scalar)
      .map(
        ([names, first, second]) =>
          `[${[first, second]
            .map((one) => `{${names.map((name) => `"${name}": ${one}`).join(', ')}}`)
            .join(', ')}, {}]`,
      ),
  ),
}));

/** JSON as a sample has it: an object, mostly, or an array. */
export const jsonSample = fc.oneof({ weight: 4, arbitrary: object(value) }, list(value));

const fieldType = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('string', 'int', 'double', 'bool', 'date', 'datetime', 'any'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'decimal',
      'enum(x,open,in transit,2,class)',
      'map<double>',
      'map<datetime?[]>',
      'map<map<enum(a,b)>>',
    ),
  },
);
const fieldList = fc
  .uniqueArray(word, { minLength: 1, maxLength: 5 })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc
          .tuple(
            fc.constantFrom('', '', '', '?'),
            fieldType,
            fc.constantFrom('', '', '[]', '?[]'),
            fc.constantFrom('', '?'),
          )
          .map(
            ([optional, type, brackets, mark]) => `${name}${optional}:${type}${brackets}${mark}`,
          ),
      ),
    ),
  )
  .map((fields) => fields.join(','));

const sample = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 5, arbitrary: jsonSample },
  { weight: 3, arbitrary: fieldList },
  { weight: 2, arbitrary: object(scalar) },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
);

const PATH_TYPES =
  ':int :double :bool :date :datetime :string :decimal :enum(x,in-transit,2)'.split(' ');
const parameter = fc
  .tuple(word, fc.constantFrom('', '', ...PATH_TYPES))
  .map(([name, type]) => `{${name}${type}}`);
const end = fc.oneof(
  { weight: 10, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: word.map((name) => `/{${name}+}`) },
  { weight: 1, arbitrary: fc.constantFrom('/', '/{a:x}', '/{proxy+}/more') },
);
const path = fc.oneof(
  {
    weight: 19,
    arbitrary: fc
      .tuple(fc.array(fc.oneof(word, parameter), { minLength: 1, maxLength: 4 }), end)
      .map(([parts, last]) => `/${parts.join('/')}${last}`),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);

const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  { weight: 5, arbitrary: object(scalar) },
  { weight: 1, arbitrary: object(list(number)) },
  { weight: 1, arbitrary: object(list(text.map((value) => JSON.stringify(value)))) },
  { weight: 3, arbitrary: fieldList },
  { weight: 1, arbitrary: sample },
);

/** A command line of which most, but not all, is acceptable. */
export const endpointInput: fc.Arbitrary<EndpointInput> = fc
  .oneof(
    { weight: 12, arbitrary: fc.constantFrom(...METHODS) },
    { weight: 1, arbitrary: fc.constantFrom('get', 'TRACE', '') },
  )
  .chain((method) =>
    fc.record({
      name: fc.oneof({ weight: 19, arbitrary: word }, { weight: 1, arbitrary: text }),
      method: fc.constant(method),
      path,
      request: takesBody(method) ? sample : query,
      response: sample,
    }),
  );
