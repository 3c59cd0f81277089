import {
  type Check,
  type CheckContext,
  runCheck,
  type ServiceState,
} from '../../src/doctor/check.ts';
import type { Engines, Sdk } from '../../src/doctor/toolchain.ts';
import { UserError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import type { Exit } from '../../src/tools/command.ts';
import type { Machine } from '../../src/tools/machine.ts';
import { scripted } from './context.ts';

/** How it differs from a world in which all is well. */
export interface World {
  machine?: Partial<Machine>;
  service?: ServiceState;
  env?: Record<string, string>;
  exits?: Record<string, Partial<Exit>>;
  sdk?: Partial<Sdk>;
  engines?: Partial<Engines>;
  region?: string;
}

/** What only osls can read. */
export const SSM = '$' + '{ssm:/x}';

/** Runs a check in a world in which all is well, but for what is given. */
export function look(check: Check, world: World = {}) {
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
      reach: async () => ({ problem: quoted('ENETUNREACH'), proxy: undefined }),
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

/** A service that was found. */
export function service({
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

/** No service here. */
export const none: ServiceState = {
  kind: 'none',
  error: new UserError(quoted('no service here.'), 'create one'),
};

/** A service whose serverless.yml is broken. */
export const unreadable: ServiceState = {
  kind: 'unreadable',
  root: '/none/shop',
  error: new UserError(quoted('serverless.yml:3:1: broken.'), 'correct it'),
};

/** Where no SDK is found. */
export const noSdk: Sdk = {
  sdk: undefined,
  searched: [
    { source: 'PATH', place: 'PATH', found: 'missing', problem: 'no dart on PATH' },
    { source: 'fetched', place: '/c', found: 'missing', problem: 'none fetched into /c' },
  ],
  wrong: undefined,
};

/** Where a version of Dart is found on PATH. */
export function sdkOf(version: string): Sdk {
  const sdk = { dart: '/sdk/dart', version, source: 'PATH', why: 'on PATH' } as const;
  return { ...noSdk, sdk: { ...sdk, crossCompiles: version >= '3.8' }, searched: [] };
}
