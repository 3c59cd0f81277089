/**
 * Exports the operations of the commands as functions. They ask nothing, print nothing and never
 * end the process; failures are thrown as a {@link UserError}. Only `dart pub get`, which runs if
 * packages are missing, writes to standard error.
 *
 * @module
 */

import { resolve } from 'node:path';
import type {
  AddEndpointOptions,
  AddedEndpoint,
  AddedFunction,
  AddFunctionOptions,
  ClientOptions,
  CreatedService,
  CreateServiceOptions,
  InstallDartOptions,
  InstalledDart,
  ListedFunctions,
  ListFunctionsOptions,
  MadeClient,
  OpenApiOptions,
} from './api-types.ts';
import type { LocalLambda, LocalLambdaOptions } from './local-types.ts';
import { readFlags } from './options/option.ts';

export type * from './api-types.ts';
export { UserError } from './errors.ts';
export type * from './local-types.ts';

/**
 * Generates a service, like `create-lambda-hello <directory> --yes --no-git`. It installs nothing
 * and changes no existing file.
 *
 * @throws UserError when an option is invalid, or when a file would be overwritten
 */
export async function createService(options: CreateServiceOptions): Promise<CreatedService> {
  const operation = await import('./commands/create/service.ts');
  return operation.createService(options, { cwd: process.cwd(), env: process.env });
}

/**
 * Adds an endpoint to a service, like `create-lambda-hello add-endpoint`: the function, its
 * handler, models and test. All of it is written, or nothing.
 *
 * @throws UserError when an option is invalid, the endpoint exists, or a file cannot be edited
 * safely
 */
export async function addEndpoint(options: AddEndpointOptions): Promise<AddedEndpoint> {
  const operation = await import('./commands/add-endpoint/steps.ts');
  return operation.addEndpoint(options, { cwd: process.cwd(), env: process.env });
}

/**
 * Adds a function to a service, like `create-lambda-hello add-function`: the function with its
 * source of events, its handler and its test. All of it is written, or nothing.
 *
 * @throws UserError when an option is invalid, the function exists, or a file cannot be edited
 * safely
 */
export async function addFunction(options: AddFunctionOptions): Promise<AddedFunction> {
  const operation = await import('./commands/add-function/steps.ts');
  return operation.addFunction(options, { cwd: process.cwd(), env: process.env });
}

/**
 * Writes the typed Dart client of a service's API, like `create-lambda-hello client`.
 *
 * @throws UserError when the service cannot be read, or when a file there was edited, or not written
 * by it
 */
export async function makeClient(options: ClientOptions = {}): Promise<MadeClient> {
  const operation = await import('./commands/client/steps.ts');
  return operation.makeClient(options, { cwd: process.cwd(), env: process.env });
}

/**
 * Lists the functions of a service with what calls them, like `create-lambda-hello functions`, and
 * what is inconsistent, which is no failure here.
 *
 * @throws UserError when serverless.yml or a Dart file cannot be read
 */
export async function listFunctions(options: ListFunctionsOptions = {}): Promise<ListedFunctions> {
  const operation = await import('./commands/functions/list.ts');
  const { directory = '.', ...given } = options;
  return operation.listFunctions(given, { cwd: resolve(directory), env: process.env });
}

/**
 * Describes the API of a service as an OpenAPI 3.1 document, like `create-lambda-hello openapi`.
 *
 * @throws UserError when serverless.yml or a Dart file cannot be read
 */
export async function openApiDocument(
  options: OpenApiOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  const operation = await import('./commands/openapi/document.ts');
  const { directory = '.', ...given } = options;
  return operation.describeApi(given, { cwd: resolve(directory), env: process.env });
}

/**
 * Serves a service on this machine, like `create-lambda-hello dev`. The first request to a
 * function compiles and starts it.
 *
 * @returns once it listens
 * @throws UserError when there is no Dart SDK, the port is taken, or serverless.yml is invalid
 */
export async function startLocalLambda(options: LocalLambdaOptions = {}): Promise<LocalLambda> {
  const { directory = '.', port = 0, reload = false, params: param, onEvent, ...given } = options;
  const { explorer = false } = options;
  const operation = await import('./commands/dev/service.ts');
  const { devOptions } = await import('./commands/dev/options.ts');
  const { documentOf } = await import('./commands/dev/events.ts');
  const { findDart } = await import('./tools/dart/find.ts');
  const { run } = await import('./tools/run.ts');
  const { env } = process;
  const settings = readFlags(devOptions, { ...given, port, reload, explorer, param });
  return operation.startLocalLambda(
    { ...settings, platformLogs: true },
    {
      ...{ cwd: resolve(directory), env, interactive: false },
      run: async (command, how) => run(command, how),
      signal: new AbortController().signal,
      findDart: (root) => findDart(env, root),
      emit: (event) => onEvent?.(documentOf(event)),
      program: 'npx create-lambda-hello',
    },
  );
}

/**
 * Fetches a Dart SDK into the user's cache unless it is there, like
 * `create-lambda-hello install-dart --yes`. Its checksum is verified, and an incomplete SDK is
 * never left in place.
 *
 * @throws UserError when the version does not exist, cannot be reached, or has a wrong checksum
 */
export async function installDart(options: InstallDartOptions = {}): Promise<InstalledDart> {
  const { installDartSdk } = await import('./dart-sdk/install.ts');
  const { signal = new AbortController().signal, ...given } = options;
  return installDartSdk({ ...given, env: process.env, signal });
}
