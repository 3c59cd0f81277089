import type { Context } from '../context.ts';
import { loadDartParser } from '../dart/main/parser.ts';
import { MAIN_FILE } from '../dart/main/read.ts';
import { foreignRuntime, MIGRATE, runtimePackageOf } from '../dart/main/runtime-package.ts';
import { CancelledError, UserError } from '../errors.ts';
import { andTry } from '../message.ts';
import type { Flags } from '../options/option.ts';
import type { removeEndpointOptions } from '../options/shared.ts';
import { type NamedFunction, renamedTo } from '../plan/recorded-function.ts';
import { planRemoveFunction } from '../plan/remove-function.ts';
import { type RemovalCommand, removalCommand } from '../serverless-yml/edit/functions.ts';
import { functionUses } from '../serverless-yml/function-uses.ts';
import { handlerFor, isOfMain } from '../service/endpoint/handler.ts';
import { readRecord } from '../service/record.ts';
import type { ServiceFunction } from '../service/service.ts';
import { readDartFiles } from '../service-folder/dart-files.ts';
import { type EditableService, readEditableService } from '../service-folder/editable.ts';
import {
  type ReadService,
  readServiceIn,
  requireFunctions,
  toEdit,
} from '../service-folder/read.ts';
import { isOnRuntimePackage } from '../service-folder/runtime-choice.ts';
import { type Argument, type Ask, askUnless, resolveArgument } from '../ui/ask.ts';
import { cancelled } from '../util/messages.ts';
import { inQuotes } from '../util/text.ts';
import type { keepClient as KeepClient } from './kept-client.ts';
import { makeChanges } from './make-changes.ts';
import * as messages from './messages.ts';

type RemovalFlags = Flags<typeof removeEndpointOptions>;

/** Removes an endpoint from the service in the current folder. */
export const removeEndpoint = (
  context: Context,
  name: string | undefined,
  flags: RemovalFlags,
): Promise<void> => remove('remove-endpoint', context, name, flags);

/** Removes a function from the service in the current folder, whatever its events are. */
export const removeFunction = (
  context: Context,
  name: string | undefined,
  flags: RemovalFlags,
): Promise<void> => remove('remove-function', context, name, flags);

async function remove(
  command: RemovalCommand,
  context: Context,
  givenName: string | undefined,
  flags: RemovalFlags,
): Promise<void> {
  const { out, cwd, env } = context;
  const service = await readEditableService(cwd);
  await noteRuntimePackage(service, out);
  const reading = await readServiceIn(service, env, { param: flags.param });
  requireFunctions(reading);
  const { functions } = reading.service;
  const { ask } = askUnless(flags.yes, context);
  const name = await resolveArgument(nameArgument(command, functions), givenName, ask);
  const parser = await loadDartParser();
  const all = allFunctions(reading);
  const { client } = readRecord(service.record);
  const sources = await sourcesOf(service, client !== undefined);
  const before = { ...service, service: toEdit(reading), functions: all, sources };
  const now = renamedTo(name, before, parser);
  const key = now.length === 0 ? name : await chooseRenamed(command, name, now, ask);
  const handler = all.find((fn) => fn.key === key)?.handler ?? handlerFor(key);
  if (!isOfMain(handler)) {
    throw new UserError(messages.notInMain({ name: key, handler }), 'remove that function by hand');
  }
  const usesOf = (names: readonly string[]) => functionUses(reading, names);
  const removed = { key, handler, force: flags.force ?? false, usesOf };
  const plan = planRemoveFunction(removed, before, parser);
  if (plan === undefined) throw unknownFunction(command, key, functions);
  const { changes, kept } = client
    ? await withClient(reading, plan.changes, service.record)
    : { changes: plan.changes };
  await makeChanges(context, flags, service.root, {
    changes,
    kept: [...plan.kept, ...(kept ? [kept] : [])],
  });
}

/** Reads the Dart files, without the client if it will be made again: it uses nothing for itself. */
async function sourcesOf(
  { root, record }: EditableService,
  hasClient: boolean,
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map(await readDartFiles(root));
  if (!hasClient) return sources;
  const { isUnedited } = await import('../plan/client.ts');
  const { CLIENT_FILE } = await import('../dart/client/client.ts');
  if (isUnedited(sources.get(CLIENT_FILE) ?? '', record)) sources.delete(CLIENT_FILE);
  return sources;
}

/** Adds the update of the client; loaded only for a service that has one. */
async function withClient(...args: Parameters<typeof KeepClient>): ReturnType<typeof KeepClient> {
  const { keepClient } = await import('./kept-client.ts');
  return keepClient(...args);
}

/**
 * Edits the rest of a service whose `Runtime` comes from a package, and says so, because that part
 * is the user's own.
 */
async function noteRuntimePackage(service: EditableService, out: Context['out']): Promise<void> {
  const found = await runtimePackageOf(service.main, () => service.package);
  if (found === undefined || isOnRuntimePackage(readRecord(service.record))) return;
  out.warn(andTry(foreignRuntime(MAIN_FILE, found), MIGRATE));
}

/** Lists the functions of a service, with those that could not be read as far as they are known. */
function allFunctions({ service, leftOut, configuration }: ReadService): readonly NamedFunction[] {
  // Any handler could belong to an unresolved function.
  const notKnown = configuration.unknownFunctions.map((text) => ({ key: text, handler: text }));
  return [...service.functions, ...leftOut, ...notKnown];
}

function nameArgument(
  command: RemovalCommand,
  functions: readonly ServiceFunction[],
): Argument<string> {
  return {
    name: '[name]',
    command: `create-lambda-hello ${command}`,
    question: command === 'remove-endpoint' ? 'Which endpoint?' : 'Which function?',
    suggestion: functions.at(-1)?.key ?? 'hello',
    choices: functions.map(({ key, events }) => ({
      value: key,
      title: [key, ...events.map(({ method, path }) => `${method} ${path}`)].join('  '),
    })),
    parse: (text) => text,
  };
}

/**
 * Asks which function is meant if the one of that name was renamed to several since it was added.
 *
 * @throws UserError when no question can be asked and the user named none of them
 */
async function chooseRenamed(
  command: RemovalCommand,
  name: string,
  now: readonly string[],
  ask: Ask | undefined,
): Promise<string> {
  const names = now.join(' and ');
  if (ask === undefined) {
    throw new UserError(
      messages.renamed({ name, names }),
      now.map((key) => removalCommand(command, key)).join('  or  '),
    );
  }
  const chosen = await ask({
    type: 'select',
    message: `${name} is now ${names} in serverless.yml; remove ${now.length === 1 ? 'that' : 'which'}?`,
    initial: '',
    choices: [
      ...now.map((key) => ({ value: key, title: `remove ${key}` })),
      { value: '', title: 'remove nothing' },
    ],
  });
  if (chosen === '') throw new CancelledError(cancelled());
  return chosen;
}

function unknownFunction(
  command: RemovalCommand,
  key: string,
  functions: readonly ServiceFunction[],
): UserError {
  const names = functions.map((fn) => fn.key).join(', ');
  const unknown = command === 'remove-endpoint' ? messages.noSuchEndpoint : messages.notAFunction;
  return new UserError(unknown({ name: inQuotes(key) }), `one of: ${names}`);
}
