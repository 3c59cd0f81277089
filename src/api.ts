/**
 * What other programs can import of this package: the commands as functions.
 * They ask nothing, print nothing and never end the process; what goes wrong is
 * thrown as a {@link UserError}. Only `dart pub get`, where packages are missing,
 * writes to standard error.
 *
 * @module
 */

import { resolve } from 'node:path';
import type {
  AddEndpointOptions,
  AddedEndpoint,
  CreatedService,
  CreateServiceOptions,
  LocalLambda,
  LocalLambdaOptions,
} from './api-types.ts';
import { readFlags } from './options/option.ts';

export type {
  AddEndpointOptions,
  AddedEndpoint,
  CreatedService,
  CreateServiceOptions,
  LocalLambda,
  LocalLambdaOptions,
} from './api-types.ts';
export { UserError } from './errors.ts';

/**
 * Generates a service, as `create-lambda-hello <directory> --yes --no-git` does. Nothing is
 * installed, and no file that is there is changed.
 *
 * @throws UserError when an option is wrong, or when a file would be overwritten
 */
export async function createService(options: CreateServiceOptions): Promise<CreatedService> {
  const operation = await import('./commands/create/service.ts');
  return operation.createService(options, { cwd: process.cwd(), env: process.env });
}

/**
 * Adds an endpoint to a service, as `create-lambda-hello add-endpoint` does: the
 * function, its handler, models and test. All of it is written, or nothing.
 *
 * @throws UserError when an option is wrong, the endpoint exists, or a file cannot be edited safely
 */
export async function addEndpoint(options: AddEndpointOptions): Promise<AddedEndpoint> {
  const operation = await import('./commands/add-endpoint/steps.ts');
  return operation.addEndpoint(options, { cwd: process.cwd(), env: process.env });
}

/**
 * Serves a service on this machine, as `create-lambda-hello dev` does. A
 * function is compiled and started by its first request.
 *
 * @returns once it listens
 * @throws UserError when there is no Dart SDK, the port is taken, or serverless.yml is wrong
 */
export async function startLocalLambda(options: LocalLambdaOptions = {}): Promise<LocalLambda> {
  const { directory = '.', port = 0, reload = false, params: param, onEvent, ...given } = options;
  const operation = await import('./commands/dev/service.ts');
  const { devOptions } = await import('./commands/dev/options.ts');
  const { documentOf } = await import('./commands/dev/events.ts');
  const { findDart } = await import('./tools/dart/find.ts');
  const { run } = await import('./tools/run.ts');
  const { env } = process;
  const settings = readFlags(devOptions, { ...given, port, reload, param });
  return operation.startLocalLambda(
    { ...settings, platformLogs: true },
    {
      ...{ cwd: resolve(directory), env, interactive: false },
      run: async (command, how) => run(command, how),
      signal: new AbortController().signal,
      findDart: (root) => findDart(env, root),
      tell: (event) => onEvent?.(documentOf(event)),
    },
  );
}

/** Which Dart SDK to fetch, and how. */
export interface InstallDartOptions {
  /** `3.10.1` for example, or `latest`, the default: the newest stable one; `beta` or `dev`: the newest of these. */
  readonly version?: string;
  /** How long nothing may come from the archive until it is given up, in milliseconds; a minute by default. */
  readonly stallMs?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Called often: at most the bytes of the file, then the number of files that are unpacked. */
  readonly onProgress?: (
    step: 'fetch' | 'unpack',
    progress: { readonly done: number; readonly total: number | undefined },
  ) => void;
}

export interface InstalledDart {
  readonly version: string;
  /** The absolute path of its folder: `bin/` and `lib/` are in it. */
  readonly folder: string;
  /** The absolute path of the program `dart`. */
  readonly dart: string;
  /** False where it was there already. */
  readonly fetched: boolean;
}

/**
 * Fetches a Dart SDK into the user's cache, unless it is there, as `create-lambda-hello
 * install-dart --yes` does: its checksum is checked, and it is there as a whole or not at all.
 *
 * @throws UserError when there is no such version, it cannot be reached, or its checksum is wrong
 */
export async function installDart(options: InstallDartOptions = {}): Promise<InstalledDart> {
  const { installDartSdk } = await import('./dart-sdk/install.ts');
  const { signal = new AbortController().signal, ...given } = options;
  return installDartSdk({ ...given, env: process.env, signal });
}
