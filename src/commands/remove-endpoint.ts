import type { Context } from '../context.ts';
import { loadDartParser } from '../dart/main/parser.ts';
import { MAIN_FILE } from '../dart/main/read.ts';
import { foreignRuntime, MIGRATE, runtimePackageOf } from '../dart/main/runtime-package.ts';
import { CancelledError, UserError } from '../errors.ts';
import { andTry } from '../message.ts';
import type { Flags } from '../options/option.ts';
import type { removeEndpointOptions } from '../options/shared.ts';
import { type NamedFunction, renamedTo } from '../plan/recorded-function.ts';
import { planRemoveEndpoint } from '../plan/remove-function.ts';
import { removalCommand } from '../serverless-yml/edit/functions.ts';
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
import { makeChanges } from './make-changes.ts';
import * as messages from './messages.ts';

type RemoveEndpointFlags = Flags<typeof removeEndpointOptions>;

/** Removes an endpoint from the service in the current folder. */
export async function removeEndpoint(
  context: Context,
  givenName: string | undefined,
  flags: RemoveEndpointFlags,
): Promise<void> {
  const { out, cwd, env } = context;
  const service = await readEditableService(cwd);
  await noteRuntimePackage(service, out);
  const reading = await readServiceIn(service, env, { param: flags.param });
  requireFunctions(reading);
  const { functions } = reading.service;
  const { ask } = askUnless(flags.yes, context);
  const name = await resolveArgument(nameArgument(functions), givenName, ask);
  const parser = await loadDartParser();
  const all = allFunctions(reading);
  const sources = await readDartFiles(service.root);
  const before = { ...service, service: toEdit(reading), functions: all, sources };
  const now = renamedTo(name, before, parser);
  const key = now.length === 0 ? name : await chooseRenamed(name, now, ask);
  const handler = all.find((fn) => fn.key === key)?.handler ?? handlerFor(key);
  if (!isOfMain(handler)) {
    throw new UserError(messages.notInMain({ name: key, handler }), 'remove that function by hand');
  }
  const usesOf = (names: readonly string[]) => functionUses(reading, names);
  const endpoint = { key, handler, force: flags.force ?? false, usesOf };
  const plan = planRemoveEndpoint(endpoint, before, parser);
  if (plan === undefined) throw unknownEndpoint(key, functions);
  await makeChanges(context, flags, service.root, plan);
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

function nameArgument(functions: readonly ServiceFunction[]): Argument<string> {
  return {
    name: '[name]',
    command: 'create-lambda-hello remove-endpoint',
    question: 'Which endpoint?',
    suggestion: functions.at(-1)?.key ?? 'hello',
    choices: functions.map(({ key, events }) => ({
      value: key,
      title: [key, ...events.map(({ method, path }) => `${method} ${path}`)].join('  '),
    })),
    parse: (text) => text,
  };
}

/**
 * Asks which function is meant if the endpoint was renamed to several since it was added.
 *
 * @throws UserError when no question can be asked and the user named none of them
 */
async function chooseRenamed(
  name: string,
  now: readonly string[],
  ask: Ask | undefined,
): Promise<string> {
  const names = now.join(' and ');
  if (ask === undefined) {
    throw new UserError(
      messages.renamed({ name, names }),
      now.map((key) => removalCommand(key)).join('  or  '),
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

function unknownEndpoint(key: string, functions: readonly ServiceFunction[]): UserError {
  const names = functions.map((fn) => fn.key).join(', ');
  return new UserError(messages.noSuchEndpoint({ name: inQuotes(key) }), `one of: ${names}`);
}
