import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { oslsFindings } from '../../src/serverless-yml/osls/findings.ts';
import { OSLS_KEYS } from '../../src/serverless-yml/osls/schema.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { oslsAt } from '../../src/tools/osls.ts';
import { permanentFolder, writeTree } from '../support/folders.ts';
import { installedOsls } from '../support/moto.ts';
import { type Printed, printByOsls, schemaOfOsls } from '../support/osls.ts';

const packageJson = join(installedOsls(), 'node_modules/osls/package.json');
const stale = readFileSync(
  new URL('../fixtures/stale-osls-options/serverless.yml', import.meta.url),
  'utf8',
);

const service = (more: { top?: string; provider?: string; fn?: string; event?: string }): string =>
  `service: shop
${more.top ?? ''}
provider:
  name: aws
  runtime: provided.al2023
${more.provider ?? ''}
functions:
  hello:
    handler: main.hello
${more.fn ?? ''}
    events:
      - ${more.event ?? 'httpApi: GET /hello'}
`;

/** Each with what osls says of it, and in what place; nothing for one that it takes. */
const CASES: readonly (readonly [name: string, yml: string, refused?: string])[] = [
  ['a plain service', service({})],
  ['stale options', stale, 'lambdaHashingVersion'],
  ['an unknown key at the top', service({ top: 'org: us' }), 'org'],
  ['an unknown key without a value', service({ top: 'org:' })],
  ['an unknown key of the provider', service({ provider: '  apiKeys: [a]' }), 'apiKeys'],
  ['an unknown key of the package', service({ top: 'package: { exclude: [a] }' }), 'exclude'],
  ['an unknown key of a function', service({ fn: '    memory: 512' }), 'memory'],
  ['an unknown key of its package', service({ fn: '    package: { include: [a] }' }), 'include'],
  ['an unknown event', service({ event: 'rest: GET /hello' }), 'event'],
  [
    'an unknown key of an event',
    service({ event: 'http: { method: get, path: /, auth: a }' }),
    'auth',
  ],
  ['REST in short without a slash', service({ event: 'http: GET hello' }), 'GET hello'],
  ['REST in short with two spaces', service({ event: 'http: GET  /hello' }), 'GET  /hello'],
  ['REST as a map without a slash', service({ event: 'http: { method: get, path: hello }' })],
  ['HTTP in short without a slash', service({ event: 'httpApi: GET hello' }), 'GET hello'],
  ['HTTP as a map without a slash', service({ event: 'httpApi: { path: hello }' }), 'hello'],
  ['HTTP as a star', service({ event: "httpApi: '*'" })],
  ['a method in lower case', service({ event: 'httpApi: get /hello' })],
  ['an architecture that is none', service({ provider: '  architecture: arm' }), 'arm'],
  ['too little memory', service({ provider: '  memorySize: 64' }), 'memorySize'],
  ['a number in quotes', service({ fn: "    timeout: '30'" })],
  ['too long a timeout', service({ fn: '    timeout: 901' }), 'timeout'],
  ['a name with an underscore', service({}).replace('shop', 'my_shop'), 'service'],
  ['a function with a dot', service({}).replace('hello:', 'a.b:'), 'a.b'],
  ['a version that it is', service({ top: "frameworkVersion: '4'" })],
  ['versions that it is one of', service({ top: "frameworkVersion: '^3 || >=4.1'" })],
  ['a version that it is not', service({ top: "frameworkVersion: '3'" }), 'frameworkVersion'],
  ['a version that is a number', service({ top: 'frameworkVersion: 4' }), 'frameworkVersion'],
  ['mode warn', service({ top: 'configValidationMode: warn\norg: us' })],
  ['mode off', service({ top: 'configValidationMode: off', event: 'http: GET hello' })],
  [
    'mode warn, with a wrong version',
    service({ top: "configValidationMode: warn\nframeworkVersion: '3'" }),
    'frameworkVersion',
  ],
  [
    'mode warn, with a version that is none',
    service({ top: 'configValidationMode: warn\nframeworkVersion: x.y' }),
  ],
];

const errorsOf = (yml: string): string[] => {
  const { configuration } = readServerlessYml(yml, { file: 'serverless.yml', env: {} });
  return oslsFindings(configuration, { osls: oslsAt(packageJson) })
    .filter(({ severity }) => severity === 'error')
    .map(({ problem }) => problem.message);
};

describe('oslsFindings', () => {
  let printed: Printed[];
  beforeAll(() => {
    const { folder, remove } = permanentFolder();
    try {
      const folders = CASES.map(([, yml], index) => {
        const path = join(folder, String(index));
        writeTree(path, { 'serverless.yml': yml });
        return path;
      });
      printed = printByOsls(folders);
    } finally {
      remove();
    }
  });

  it.each(CASES.map(([name, yml, refused], index) => ({ name, yml, refused, index })))(
    'finds what osls refuses: $name',
    ({ yml, refused, index }) => {
      const errors = errorsOf(yml);
      const { refused: said } = printed[index] as Printed;
      expect(errors.length > 0, said).toBe(said !== undefined);
      if (refused === undefined) expect(errors).toEqual([]);
      else {
        expect(errors.join('\n')).toContain(refused);
        expect(said).toContain(refused);
        for (const message of errors) expect(message).toMatch(/^serverless\.yml:\d+:\d+: /);
      }
    },
  );
});

/** The value of a map that has only one. */
// biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
const only = (map: Record<string, any>) => Object.values(map)[0];

it('the keys that are known are those of the schema of osls', () => {
  const { properties } = schemaOfOsls();
  const { properties: fn } = only(properties.functions.patternProperties);
  const events = Object.fromEntries(
    fn.events.items.anyOf
      .slice(1)
      .map((event: Record<string, object>) => Object.entries(event.properties ?? {})[0]),
  );
  const keysOf = (map: object) => Object.keys(map).sort();
  const ofMap = ({ anyOf }: { anyOf: { properties?: object }[] }) =>
    keysOf(anyOf.find((one) => one.properties)?.properties ?? {});
  expect(OSLS_KEYS).toEqual({
    root: keysOf(properties),
    provider: keysOf(properties.provider.properties),
    package: keysOf(properties.package.properties),
    function: keysOf(fn),
    functionPackage: keysOf(fn.package.properties),
    event: keysOf(events),
    http: ofMap(events.http),
    httpApi: ofMap(events.httpApi),
  });
});
