import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { build } from '../../src/commands/build.ts';
import { deploy } from '../../src/commands/deploy/deploy.ts';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import type { Context } from '../../src/context.ts';
import type { UserError } from '../../src/errors.ts';
import { readService } from '../../src/service-folder/read.ts';
import { preflight } from '../../src/tools/preflight.ts';
import { addEndpoint } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { makeService, root, runDoctor } from '../support/doctor.ts';
import { failure } from '../support/failure.ts';
import { writeTree } from '../support/folders.ts';
import { linkNodeModules } from '../support/moto.ts';

/** A serverless.yml of some years ago, for the handlers of a new service. */
const STALE = `service: shop
frameworkVersion: '3'
provider:
  name: aws
  runtime: provided.al2
  lambdaHashingVersion: 20201221
package:
  artifact: build/bootstrap.zip
functions:
  hello:
    handler: main.hello
    events:
      - httpApi: GET hello
  postRequest:
    handler: main.postRequest
    events:
      - httpApi: POST /postRequest
`;
const KEY =
  'serverless.yml:6:25: osls knows no key lambdaHashingVersion in provider. Try: take it out';
const ROUTE =
  'serverless.yml:13:18: osls refuses the route "GET hello"; it takes a method, a space, and a path with a slash. Try: - httpApi: GET /hello';
const VERSION =
  "serverless.yml:2:19: the osls of this service is 4.3.1, and frameworkVersion asks for 3. Try: frameworkVersion: '4'";
const PLUGIN =
  'serverless.yml: the plugin ./tool/serverless-dart.mjs is not among the plugins; without it osls compiles no Dart, and has no command build. Try: plugins: [./tool/serverless-dart.mjs]';
const RUNTIME =
  'warning: serverless.yml:5:12: provided.al2 has been deprecated on AWS since 30 June 2026. Try: runtime: provided.al2023';
const ARTIFACT = /^warning: serverless\.yml:8:13: `package\.artifact` is not deployed: /;

/** What a command tells, and how it ends; no program is run. */
async function told(command: (context: Context) => Promise<void>) {
  const { context, notes, commands } = scripted({ cwd: root });
  const error = await command(context).then(
    () => undefined,
    (thrown: unknown) => thrown as UserError,
  );
  expect(commands).toEqual([]);
  return { error, warnings: notes.filter((note) => note.startsWith('warning: ')) };
}

const reasons = ({ message = '' }: Partial<Error> = {}) =>
  message.split('\n').map((line) => line.trim());

beforeEach(makeService);

describe.each([
  ['with its osls', true],
  ['before its osls is installed', false],
])('a service with options of some years ago, %s', (_, isInstalled) => {
  beforeEach(() => {
    writeTree(root, { 'serverless.yml': STALE });
    if (isInstalled) linkNodeModules(root);
  });

  it('is not built: all that osls refuses is told at once', async () => {
    const { error, warnings } = await told((context) => build(context, {}));
    expect(reasons(error)).toEqual([
      'osls would fail, for 4 reasons:',
      KEY,
      VERSION,
      PLUGIN,
      ROUTE,
    ]);
    expect(warnings).toEqual([RUNTIME, expect.stringMatching(ARTIFACT)]);
  });

  it('is not deployed, for what osls refuses; the plugin could be missing on purpose', async () => {
    const { error, warnings } = await told((context) => deploy(context, {}));
    expect(reasons(error)).toEqual(['osls would fail, for 3 reasons:', KEY, VERSION, ROUTE]);
    expect(warnings).toEqual([`warning: ${PLUGIN}`, RUNTIME, expect.stringMatching(ARTIFACT)]);
  });

  it('fails in doctor, with all that is to be corrected', async () => {
    const { output } = await runDoctor({ json: true });
    const { checks } = JSON.parse(output);
    const service = checks.find(({ id }: { id: string }) => id === 'service');
    expect(service.status).toBe('fail');
    for (const line of [KEY, ROUTE, VERSION, PLUGIN, RUNTIME.replace('warning: ', '')]) {
      const [message = '', hint = ''] = line.split(' Try: ');
      expect(service.detail).toContain(message);
      expect(service.fix).toContain(hint);
    }
  });

  it('is listed by endpoints, with what osls refuses', async () => {
    const { error, warnings } = await told((context) => endpoints(context, {}));
    expect(error).toBeUndefined();
    expect(warnings).toEqual([`warning: ${KEY}`, `warning: ${ROUTE}`]);
  });

  it('takes a new endpoint, with what osls refuses of the rest', async () => {
    const { error, warnings } = await told((context) =>
      addEndpoint(context, 'listOrders', { path: '/orders' }),
    );
    expect(error).toBeUndefined();
    expect(warnings).toEqual([`warning: ${KEY}`, `warning: ${ROUTE}`]);
    expect(readFileSync(join(root, 'serverless.yml'), 'utf8')).toContain('httpApi: GET /orders');
  });
});

describe('frameworkVersion, before osls is installed', () => {
  const check = async (wanted: string, version: string) => {
    const text = readFileSync(join(root, 'serverless.yml'), 'utf8');
    writeTree(root, {
      'package.json': JSON.stringify({ devDependencies: { osls: wanted } }),
      'serverless.yml': text.replace(/^frameworkVersion: .*$/m, `frameworkVersion: ${version}`),
    });
    const { context } = scripted({ cwd: root });
    const { service, configuration } = await readService(context);
    expect([service.name, String(configuration.value.frameworkVersion)]).toEqual([
      'shop',
      version.replaceAll("'", ''),
    ]);
    await preflight(context, root, configuration, { builds: true });
  };

  it.each([
    ['4.3.1', "'3'", 'the osls of this service is 4.3.1, and frameworkVersion asks for 3.'],
    ['^4.0.0', '^3.38.0', 'the osls of this service is ^4.0.0, and frameworkVersion asks for'],
    ['4', '4', 'frameworkVersion 4 is not a version range in quotes.'],
  ])('is refused where package.json has %s and it is %s', async (wanted, version, message) => {
    expect((await failure(check(wanted, version))).message).toContain(message);
  });

  it.each([
    ['4.3.1', "'4'"],
    ['^4.0.0', '^4.2.0'],
    ['4.x', '~4.1'],
    // Nothing is known of these without the rules of npm.
    ['4.3.1', "'>=3 <5'"],
    ['latest', "'3'"],
  ])('is accepted where package.json has %s and it is %s', async (wanted, version) => {
    await expect(check(wanted, version)).resolves.toBeUndefined();
  });
});

it('doctor reads the service with the parameters of the command line', async () => {
  const text = readFileSync(join(root, 'serverless.yml'), 'utf8');
  const memory = '$' + '{param:memory}';
  writeTree(root, { 'serverless.yml': text.replace(/memorySize: \d+/, `memorySize: ${memory}`) });
  expect((await runDoctor()).output).toMatch(/^warn Service .*\n.*param:memory/m);
  expect((await runDoctor({ param: ['memory=512'] })).output).toMatch(/^ok {3}Service /m);
});
