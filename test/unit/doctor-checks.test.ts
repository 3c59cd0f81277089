import { describe, expect, it } from 'vitest';
import { credentialsCheck, regionCheck } from '../../src/doctor/aws.ts';
import {
  type Check,
  type CheckContext,
  runCheck,
  type ServiceState,
} from '../../src/doctor/check.ts';
import { containerCheck } from '../../src/doctor/container.ts';
import { dartCheck } from '../../src/doctor/dart.ts';
import { nodeCheck, npmCheck, oslsCheck } from '../../src/doctor/node.ts';
import { serviceCheck } from '../../src/doctor/service.ts';
import { diskCheck, makeCheck, portCheck } from '../../src/doctor/system.ts';
import type { Engines, Sdk } from '../../src/doctor/toolchain.ts';
import { UserError } from '../../src/errors.ts';
import type { Exit } from '../../src/tools/command.ts';
import type { Machine } from '../../src/tools/machine.ts';
import { scripted } from '../support/context.ts';

interface World {
  machine?: Partial<Machine>;
  service?: ServiceState;
  env?: Record<string, string>;
  exits?: Record<string, Partial<Exit>>;
  sdk?: Partial<Sdk>;
  engines?: Partial<Engines>;
  region?: string;
}

/** What only osls can read. */
const SSM = '$' + '{ssm:/x}';

/** Runs a check in a world in which all is well, but for what is given. */
function look(check: Check, world: World = {}) {
  const { context } = scripted({ cwd: '/none', env: world.env ?? {}, exits: world.exits ?? {} });
  const subject: CheckContext = {
    ...context,
    machine: {
      nodeVersion: '22.13.0',
      platform: 'linux',
      architecture: 'x64',
      terminal: false,
      freeBytes: async () => 5e9,
      portProblem: async () => undefined,
      ...world.machine,
    },
    service: world.service ?? service(),
    stage: undefined,
    region: world.region,
    profile: undefined,
    toolchain: {
      sdk: async () => ({ ...noSdk, ...world.sdk }),
      engines: async () => ({ engine: undefined, tried: [], ...world.engines }),
    },
    connectAws: () => Promise.reject(new Error('AWS is not in the script')),
  };
  return runCheck(check, subject);
}

function service({
  region = 'eu-west-1',
  architectures = ['arm64'],
  warnings = [] as string[],
} = {}) {
  return {
    kind: 'found',
    root: '/none/shop',
    service: { name: 'shop', stage: 'dev', region },
    deployment: { profile: undefined, architectures },
    warnings,
  } satisfies ServiceState;
}
const none: ServiceState = { kind: 'none', error: new UserError('no service here.', 'create one') };
const unreadable: ServiceState = {
  kind: 'unreadable',
  root: '/none/shop',
  error: new UserError('serverless.yml:3:1: broken.', 'correct it'),
};

const noSdk: Sdk = {
  dart: undefined,
  searched: ['/a', '/b'],
  version: undefined,
  crossCompiles: false,
};
const newSdk: Sdk = { ...noSdk, dart: '/sdk/dart', version: '3.9.1', crossCompiles: true };
const oldSdk: Sdk = { ...noSdk, dart: '/sdk/dart', version: '3.7.3' };
const docker = { engine: { name: 'docker', path: '/bin/docker' } };
const asleep = {
  tried: [{ name: 'docker', problem: 'installed, but its daemon does not answer' }],
};
const absent = { tried: [{ name: 'docker', problem: 'not installed' }] };
const onX64 = service({ architectures: ['x86_64'] });

const CHECKS = {
  node: nodeCheck,
  npm: npmCheck,
  service: serviceCheck,
  osls: oslsCheck,
  make: makeCheck,
  disk: diskCheck,
};
type Row = [
  status: string,
  check: keyof typeof CHECKS,
  detail: RegExp,
  world?: World,
  fix?: RegExp,
];

describe('the checks', () => {
  it.each<Row>([
    ['ok', 'node', /^22\.13\.0$/],
    ['ok', 'node', /20\.19/, { machine: { nodeVersion: '20.19.0' } }],
    ['warn', 'node', /osls 4/, { machine: { nodeVersion: '23.1.0' } }, /LTS/],
    ['warn', 'node', /osls 4/, { machine: { nodeVersion: '22.1.0' } }, /LTS/],
    ['ok', 'node', /^24/, { machine: { nodeVersion: '24.0.0' } }],
    ['fail', 'node', /too old/, { machine: { nodeVersion: '20.18.9' } }, /20\.19 or newer/],

    ['ok', 'npm', /^10\.9\.2$/, { exits: { 'npm --version': { stdout: '10.9.2\n' } } }],
    ['fail', 'npm', /PATH/, { exits: { 'npm --version': { startError: 'ENOENT' } } }, /nodejs/],
    ['fail', 'npm', /exit code 7/, { exits: { 'npm --version': { code: 7 } } }, /nodejs/],
    ['fail', 'npm', /the check itself failed.*not in the script/],

    ['ok', 'service', /^shop, stage dev, in \/none\/shop$/],
    [
      'warn',
      'service',
      /^shop, .*; \$\{ssm:\/x\} is not known$/,
      { service: service({ warnings: [`${SSM} is not known`] }) },
    ],
    ['warn', 'service', /no service here/, { service: none }, /create one/],
    ['fail', 'service', /serverless\.yml:3:1/, { service: unreadable }, /correct it/],
    ['warn', 'osls', /belongs to a service/, { service: none }],

    [
      'ok',
      'make',
      /^GNU Make 4\.3$/,
      { exits: { 'make --version': { stdout: 'GNU Make 4.3\nx' } } },
    ],
    [
      'warn',
      'make',
      /PATH/,
      { exits: { 'make --version': { startError: 'ENOENT' } } },
      /create-lambda-hello dev/,
    ],
    [
      'warn',
      'make',
      /does not work/,
      { exits: { 'make --version': { code: 1 } } },
      /create-lambda-hello dev/,
    ],

    ['ok', 'disk', /^5\.0 GB free for \/none\/shop$/],
    ['ok', 'disk', /for \/none$/, { service: none }],
    ['warn', 'disk', /^999 MB/, { machine: { freeBytes: async () => 999_900_000 } }, /space/],
    ['fail', 'disk', /^99 MB/, { machine: { freeBytes: async () => 99_900_000 } }, /space/],
  ])('%s: %s %s', async (status, check, detail, world = {}, fix = undefined) => {
    const result = await look(CHECKS[check], world);
    expect(result).toMatchObject({ status, detail: expect.stringMatching(detail) });
    expect(result.fix ?? '').toMatch(fix ?? /^$/);
  });
});

describe('port', () => {
  const ss = "ss -H -l -t -n -p 'sport = :3000'";
  const taken = { machine: { portProblem: async () => 'EADDRINUSE' } };

  it('is fine when it is free', async () => {
    expect(await look(portCheck)).toMatchObject({ id: 'port', status: 'ok' });
  });

  it('names who has it', async () => {
    const exits = { [ss]: { stdout: 'LISTEN users:(("node",pid=12,fd=20))' } };
    const result = await look(portCheck, { ...taken, exits });
    expect(result).toMatchObject({ status: 'warn', detail: 'in use by node (process 12)' });
    expect(result.fix).toBe('create-lambda-hello dev --port 3001');
  });

  it('does without the name', async () => {
    const result = await look(portCheck, { ...taken, exits: { [ss]: { startError: 'ENOENT' } } });
    expect(result).toMatchObject({ status: 'warn', detail: 'in use by another program' });
  });

  it('tells of any other reason', async () => {
    const result = await look(portCheck, { machine: { portProblem: async () => 'EACCES' } });
    expect(result).toMatchObject({ status: 'warn', detail: 'dev cannot listen there (EACCES)' });
  });
});

describe('toolchain', () => {
  it.each<readonly [dart: string, container: string, name: string, World]>([
    ['ok', 'ok', 'a new SDK and an engine', { sdk: newSdk, engines: docker }],
    ['ok', 'ok', 'a new SDK alone', { sdk: newSdk, engines: absent }],
    ['ok', 'warn', 'a new SDK, an engine that sleeps', { sdk: newSdk, engines: asleep }],
    ['warn', 'ok', 'an engine alone', { engines: docker }],
    ['fail', 'fail', 'nothing', { engines: absent }],
    ['fail', 'fail', 'an engine that sleeps', { engines: asleep }],
    ['warn', 'ok', 'an old SDK, same processor', { sdk: oldSdk, engines: absent, service: onX64 }],
    ['warn', 'ok', 'an old SDK, no service', { sdk: oldSdk, engines: absent, service: none }],
    ['fail', 'fail', 'an old SDK, other processor', { sdk: oldSdk, engines: absent }],
    ['warn', 'ok', 'an old SDK, other processor, an engine', { sdk: oldSdk, engines: docker }],
    [
      'fail',
      'fail',
      'an old SDK on a Mac',
      { sdk: oldSdk, engines: absent, service: onX64, machine: { platform: 'darwin' } },
    ],
    ['fail', 'fail', 'a dart that is none', { sdk: { dart: '/bin/dart' }, engines: absent }],
  ])('Dart %s, engine %s: %s', async (dart, container, _, world) => {
    const results = [await look(dartCheck, world), await look(containerCheck, world)];
    expect(results.map(({ status }) => status)).toEqual([dart, container]);
    for (const { status, fix } of results) expect(fix !== undefined).toBe(status !== 'ok');
  });

  it('says what was found, and where was searched', async () => {
    const details = async (check: Check, world: World) => (await look(check, world)).detail;
    expect(await details(dartCheck, { sdk: newSdk })).toBe(
      '3.9.1 at /sdk/dart, compiles for Linux',
    );
    expect(await details(dartCheck, {})).toMatch(
      /^no dart in \/a, \/b; no container engine either/,
    );
    expect(await details(dartCheck, { sdk: oldSdk })).toMatch(/3\.7\.3 .*too old .* Linux arm64/);
    expect(await details(containerCheck, { engines: docker })).toBe(
      'docker at /bin/docker, answers',
    );
    expect(await details(containerCheck, { engines: asleep })).toMatch(/docker: .*does not answer/);
  });

  it('warns of a CONTAINER_ENGINE that is not there', async () => {
    const env = { CONTAINER_ENGINE: 'docker' };
    const result = await look(containerCheck, { sdk: newSdk, engines: absent, env });
    expect(result).toMatchObject({ status: 'warn', fix: 'install it, or unset CONTAINER_ENGINE' });
  });

  it.each([
    ['docker', 'linux', 'sudo systemctl start docker'],
    ['docker', 'darwin', 'start Docker Desktop'],
    ['podman', 'darwin', 'podman machine start'],
    ['finch', 'darwin', 'finch vm start'],
    ['nerdctl', 'linux', 'nerdctl info  says more'],
  ])('knows how %s is started on %s', async (name, platform, fix) => {
    const engines = { tried: [{ name, problem: 'installed, but its daemon does not answer' }] };
    expect(await look(containerCheck, { engines, machine: { platform } })).toMatchObject({ fix });
  });
});

describe('region', () => {
  it.each<readonly [status: string, detail: string, World]>([
    ['ok', 'eu-west-1, where serverless.yml deploys to', {}],
    ['ok', 'eu-west-1, where serverless.yml deploys to', { env: { AWS_REGION: 'eu-west-1' } }],
    ['ok', 'eu-north-1, from --region', { region: 'eu-north-1' }],
    ['fail', '"europe", from --region, is not an AWS region', { region: 'europe' }],
    [
      'warn',
      'eu-west-1, where serverless.yml deploys to; AWS_DEFAULT_REGION is us-east-2, which osls passes over',
      { env: { AWS_DEFAULT_REGION: 'us-east-2' } },
    ],
    ['warn', `serverless.yml says ${SSM}: not known here`, { service: service({ region: SSM }) }],
    ['warn', 'not known while serverless.yml cannot be read', { service: unreadable }],
    [
      'ok',
      'ap-south-1, from AWS_REGION; a new service takes it',
      { service: none, env: { AWS_REGION: 'ap-south-1' } },
    ],
    [
      'ok',
      'us-east-1, from the AWS configuration, or the default; a new service takes it',
      { service: none },
    ],
  ])('%s: %s', async (status, detail, world) => {
    expect(await look(regionCheck, world)).toMatchObject({ status, detail });
  });
});

describe('credentials outside of a service', () => {
  it.each<readonly [detail: RegExp, env: Record<string, string>]>([
    [/^none in the environment/, {}],
    [/^none in the environment/, { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }],
    [/^from AWS_ACCESS_KEY_ID and/, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }],
    [/^from AWS_WEB_IDENTITY_TOKEN_FILE/, { AWS_WEB_IDENTITY_TOKEN_FILE: '/x' }],
  ])('are looked for, not tried: %s', async (detail, env) => {
    const result = await look(credentialsCheck, { service: none, env });
    expect(result).toMatchObject({ status: 'warn', detail: expect.stringMatching(detail) });
    expect(result.detail).toMatch(/AWS was not asked/);
  });
});
