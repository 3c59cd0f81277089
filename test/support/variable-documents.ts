import fc from 'fast-check';

/** A service with variables, and how it is read. */
export interface VariableDocument {
  /** The texts of its files. */
  readonly files: Readonly<Record<string, string>>;
  readonly stage: string | undefined;
  readonly region: string | undefined;
  /** Each `name=value`. */
  readonly params: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The properties of `custom`: each refers to later ones only, so that few lead in a circle. */
const PROPERTIES = ['a', 'b', 'c', 'd', 'e', 'f'];

const PARAMS = ['given', 'both', 'inDefault', 'ofStage', 'map'];

const FILES = {
  'config.yml': [
    'name: table',
    'limits: [1, 2.5, "3"]',
    'nested:',
    '  stage: v-@{sls:stage}',
    '  deep: { flag: true, none: null, text: "@{file(data.json):name}" }',
    'whole: "@{file(data.json)}"',
    'arn: !Sub "arn:@{AWS::Region}"',
    '',
  ].join('\n'),
  'data.json': JSON.stringify({
    name: 'from json',
    list: ['x', { y: '@{self:custom.last}' }],
    number: 0,
    empty: '',
  }),
  'plain.txt': 'plain @{sls:stage} text\n',
  'dev.yaml': 'size: 128\n',
  'prod.yaml': 'size: 1024\n',
};

const ENV = { NAME: 'value', INNER: 'is-@{sls:stage}', EMPTY: '', TRUE: 'true' };
const DOTENV = 'FIRST=one\nSECOND=$FIRST-two\nNAME=other\nTHIRD="@{SECOND} 3" # three\n';

const v = (text: string): string => text.replaceAll('@', '$');

const plain = fc.constantFrom('x', '-', ' ', '/a/{id}', '.', ',', 'é', "it's", '"', '{', '}');
const word = fc.oneof(plain, fc.constantFrom('$', '\\'));
/** What only looks like a variable. */
const lookalike = fc.constantFrom(
  '@{AWS::Region}',
  '@{}',
  '@{ a }',
  '@{word}',
  '@{Outer @{sls:stage}}',
);

/**
 * What a backslash makes no variable. It stands neither in a parameter nor beside one: osls
 * takes it away once or twice, depending on when it comes to know the others in that text.
 */
const escaped = fc.constantFrom(
  '\\@{self:custom.last}',
  '\\\\@{sls:stage}',
  '\\\\\\@{sls:stage}',
  '@@{sls:stage}',
  '@\\@{sls:stage}',
);

/** A literal that ends the alternatives of a variable. */
const literal = fc.constantFrom(
  ...["'text'", "''", "'a, b'", '"double"', '"\\u00e9 \\"q\\""', '1', '-1.5', '007', '0x10'],
  ...['true', 'false', 'null', "'@{sls:stage}-x'", "'{id}'"],
);

/** What a property may refer to; a parameter that needs itself keeps osls at work for ever. */
interface Reach {
  /** Of `custom`. */
  readonly later: readonly string[];
  readonly params: readonly string[];
}

/** Of a parameter. */
const IN_PARAMS: Reach = { later: [], params: ['none'] };

/** A source with its address, for a property with that in its reach. */
function source(reach: Reach, depth: number): fc.Arbitrary<string> {
  const nested = (plain: readonly string[]): fc.Arbitrary<string> =>
    depth === 0
      ? fc.constantFrom(...plain)
      : fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...plain) },
          { weight: 1, arbitrary: variable(reach, depth - 1) },
        );
  const inCustom = reach.later.flatMap((name) => [
    `custom.${name}`,
    ...[`custom.${name}.x`, `custom.${name}.1`, `custom.${name}.x.0`, `custom.${name}.length`],
  ]);
  return fc.oneof(
    nested([...inCustom, 'service', 'provider.name', 'provider.runtime', 'custom.none']).map(
      (address) => `self:${address}`,
    ),
    nested(['stage', 'region', 'none', 'toString']).map((address) => `opt:${address}`),
    nested([...Object.keys(ENV), 'FIRST', 'SECOND', 'THIRD', 'NONE']).map(
      (address) => `env:${address}`,
    ),
    nested([...reach.params, 'none']).map((address) => `param:${address}`),
    fc
      .tuple(
        fc.constantFrom(
          ...Object.keys(FILES),
          './config.yml',
          'sub/../data.json',
          'none.yml',
          "'data.json'",
          '@{sls:stage}.yaml',
          "@{opt:none, 'dev'}.yaml",
        ),
        nested([
          ...['', 'name', 'limits', 'limits.1', 'nested.stage', 'nested.deep', 'nested.deep.text'],
          ...[
            'whole.name',
            'whole.list.1.y',
            'list.0',
            'number',
            'empty',
            'none.none',
            'size',
            'arn',
          ],
        ]),
      )
      .map(([path, address]) => `file(${path})${address && `:${address}`}`),
    fc.constantFrom('sls:stage', 'aws:region', 'sls: stage'),
    nested(['true', "'false'", '1', "'0'", " 'TRUE' ", '@{env:TRUE}']).map(
      (text) => `strToBool(${text})`,
    ),
  );
}

function variable(reach: Reach, depth: number): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(source(reach, depth), { minLength: 1, maxLength: 3 }),
      fc.option(literal, { nil: undefined, freq: 40 }),
      fc.constantFrom(',', ', '),
    )
    .map(([sources, end, comma]) => `@{${[...sources, ...(end ? [end] : [])].join(comma)}}`);
}

function text(reach: Reach): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: variable(reach, 2) },
    {
      weight: 2,
      arbitrary: fc
        .array(
          reach === IN_PARAMS
            ? fc.oneof(plain, lookalike, variable(reach, 1))
            : fc.oneof(word, escaped, lookalike, variable(reach, 1)),
          { maxLength: 5 },
        )
        .map((parts) => parts.join(''))
        .filter((joined) => !(joined.includes('\\') && joined.includes('param:'))),
    },
  );
}

/** The value of a property, with the later ones in reach. */
function value(reach: Reach): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(
    { weight: 4, arbitrary: text(reach) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(0, 1.5, true, null, 'plain') },
  );
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: fc.record({ x: leaf, y: fc.array(leaf, { maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }) },
  );
}

const custom = fc
  .tuple(
    ...PROPERTIES.map((_, index) =>
      value({ later: [...PROPERTIES.slice(index + 1), 'last'], params: PARAMS }),
    ),
  )
  .map((values) => ({
    ...Object.fromEntries(PROPERTIES.map((name, index) => [name, values[index]])),
    last: 'the last',
  }));

const params = fc.record({
  default: fc.record({
    inDefault: value(IN_PARAMS),
    both: value(IN_PARAMS),
    map: fc.constant({ x: 1 }),
  }),
  prod: fc.record({ ofStage: value(IN_PARAMS), both: value(IN_PARAMS) }),
});

/** Services whose `custom`, parameters and provider are full of variables. */
export const variableDocuments: fc.Arbitrary<VariableDocument> = fc
  .record({
    custom,
    params,
    stage: fc.constantFrom(undefined, undefined, 'prod', 'dev'),
    region: fc.constantFrom(undefined, 'eu-west-1'),
    providerStage: fc.constantFrom(undefined, 'dev', "@{opt:stage, 'prod'}", '@{env:NONE, "qa"}'),
    given: fc.subarray(['given=1', 'both=a=b ', 'map=@{sls:stage}']),
    environment: fc.dictionary(
      fc.constantFrom('A', 'B'),
      text({ later: [...PROPERTIES, 'last'], params: PARAMS }),
    ),
    useDotenv: fc.boolean(),
    dotenvOfStage: fc.boolean(),
    json: fc.boolean(),
  })
  .map(({ useDotenv, json, given, stage, region, ...written }) => {
    const service = {
      service: 'shop',
      ...(useDotenv && { useDotenv }),
      params: written.params,
      provider: {
        name: 'aws',
        runtime: 'provided.al2023',
        ...(written.providerStage && { stage: written.providerStage }),
        environment: { ...written.environment, SIZE: '@{file(@{sls:stage}.yaml):size, 1}' },
      },
      custom: written.custom,
      functions: { hello: { handler: 'main.hello' } },
    };
    const files = {
      [json ? 'serverless.json' : 'serverless.yml']: JSON.stringify(service, undefined, 1),
      ...FILES,
      '.env': DOTENV,
      ...(written.dotenvOfStage && { '.env.prod': 'FIRST=prod\n' }),
    };
    return {
      files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, v(content)])),
      stage,
      region,
      params: given.map(v),
      env: Object.fromEntries(Object.entries(ENV).map(([name, set]) => [name, v(set)])),
    };
  });
