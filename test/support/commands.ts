import * as addEndpointCommand from '../../src/commands/add-endpoint/add-endpoint.ts';
import { addEndpointOptions } from '../../src/commands/add-endpoint/options.ts';
import * as addFunctionCommand from '../../src/commands/add-function/add-function.ts';
import { addFunctionOptions } from '../../src/commands/add-function/options.ts';
import * as addModelCommand from '../../src/commands/add-model.ts';
import * as createCommand from '../../src/commands/create/create.ts';
import { createOptions } from '../../src/commands/create/options.ts';
import * as deployCommand from '../../src/commands/deploy/deploy.ts';
import * as devCommand from '../../src/commands/dev/dev.ts';
import { devOptions } from '../../src/commands/dev/options.ts';
import * as endpointsCommand from '../../src/commands/endpoints/endpoints.ts';
import * as installDartCommand from '../../src/commands/install-dart/install-dart.ts';
import { installDartOptions } from '../../src/commands/install-dart/options.ts';
import * as invokeCommand from '../../src/commands/invoke/invoke.ts';
import { invokeOptions } from '../../src/commands/invoke/options.ts';
import * as removeModelCommand from '../../src/commands/remove-model.ts';
import type { Context } from '../../src/context.ts';
import { type Given, readFlags } from '../../src/options/option.ts';
import { addModelOptions, deployOptions, removeModelOptions } from '../../src/options/shared.ts';
import { scripted } from './context.ts';

/* Commands as a command line calls them: with texts, which are read as it reads them. */

export type CreateGiven = Given<typeof createOptions>;
export type AddEndpointGiven = Given<typeof addEndpointOptions>;
export type AddFunctionGiven = Given<typeof addFunctionOptions>;
export type InstallDartGiven = Given<typeof installDartOptions>;
export type InvokeGiven = Given<typeof invokeOptions>;

export async function create(
  context: Context,
  directory: string | undefined,
  given: CreateGiven,
  platform?: string,
): Promise<void> {
  await createCommand.create(context, directory, readFlags(createOptions, given), platform);
}

export async function addEndpoint(
  context: Context,
  name: string | undefined,
  given: AddEndpointGiven,
): Promise<void> {
  await addEndpointCommand.addEndpoint(context, name, readFlags(addEndpointOptions, given));
}

export async function addFunction(
  context: Context,
  name: string | undefined,
  given: AddFunctionGiven,
): Promise<void> {
  await addFunctionCommand.addFunction(context, name, readFlags(addFunctionOptions, given));
}

export async function addModel(
  context: Context,
  name: string | undefined,
  sample: string | undefined,
  given: Given<typeof addModelOptions> = {},
): Promise<void> {
  const both = { ...(name !== undefined && { name }), ...(sample !== undefined && { sample }) };
  await addModelCommand.addModel(context, both, readFlags(addModelOptions, given));
}

export async function removeModel(
  context: Context,
  name: string | undefined,
  given: Given<typeof removeModelOptions> = {},
): Promise<void> {
  await removeModelCommand.removeModel(context, name, readFlags(removeModelOptions, given));
}

export async function dev(context: Context, given: Given<typeof devOptions>): Promise<void> {
  await devCommand.dev(context, readFlags(devOptions, given));
}

export async function invoke(
  context: Context,
  name: string | undefined,
  given: InvokeGiven,
): Promise<void> {
  await invokeCommand.invoke(context, name, readFlags(invokeOptions, given));
}

export async function deploy(context: Context, given: Given<typeof deployOptions>): Promise<void> {
  await deployCommand.deploy(context, readFlags(deployOptions, given));
}

export async function installDart(context: Context, given: InstallDartGiven): Promise<void> {
  await installDartCommand.installDart(context, readFlags(installDartOptions, given));
}

/** What `endpoints --json` prints of a service, and whether it fails. */
export async function listed(cwd: string) {
  const { context, results } = scripted({ cwd });
  const failed = await endpointsCommand.endpoints(context, { json: true }).then(
    () => false,
    () => true,
  );
  return { ...JSON.parse(results.join('\n')), failed };
}
