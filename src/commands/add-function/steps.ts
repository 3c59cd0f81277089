import { resolve } from 'node:path';
import type { AddedFunction, AddFunctionOptions } from '../../api-types.ts';
import { type FunctionSpec, functionFiles, payloadNoun } from '../../dart/function/files.ts';
import { loadDartParser } from '../../dart/main/parser.ts';
import type { KnownModels } from '../../dart/model/known.ts';
import { InvalidValueError, UsageError } from '../../errors.ts';
import { readFlags } from '../../options/option.ts';
import { type NewSourceFunction, planAddFunction } from '../../plan/add-function.ts';
import { eventFiles } from '../../plan/event-files.ts';
import { eventsOf } from '../../serverless-yml/http-events.ts';
import { resourcesOf } from '../../serverless-yml/source-events.ts';
import { DEFAULTS } from '../../service/defaults.ts';
import { nameOnAws } from '../../service/deployment.ts';
import { handlerFor } from '../../service/endpoint/handler.ts';
import { functionNameProblem } from '../../service/endpoint/problem.ts';
import { endpointName } from '../../service/endpoint/rules.ts';
import { EVENT_SOURCES, type EventSourceName } from '../../service/event-sources.ts';
import { NEW_SOURCES } from '../../service/new-source/sources.ts';
import { readRecord } from '../../service/record.ts';
import { type EditableService, readTexts } from '../../service-folder/editable.ts';
import { type ServiceModels, sharingModels, withImports } from '../../service-folder/models.ts';
import { type ReadService, toEdit } from '../../service-folder/read.ts';
import { requireRuntime } from '../../service-folder/runtime.ts';
import { loadTemplate } from '../../templates.ts';
import { type Argument, type Ask, answering, resolveArgument } from '../../ui/ask.ts';
import type { Surroundings } from '../../util/env.ts';
import { isUnknown, recordOf } from '../../util/json.ts';
import { type AddFlags, applyPlan, changesOf } from '../new-function/add.ts';
import { withModel } from '../new-function/named-model.ts';
import {
  openForFunction,
  openModels,
  readForFunction,
  requireAccepted,
} from '../new-function/open.ts';
import type { Plan } from '../new-function/report.ts';
import { type GivenSample, messageSample } from '../new-function/samples.ts';
import { exampleEvent } from './event.ts';
import * as messages from './messages.ts';
import { type AddFunctionFlags, addFunctionOptions } from './options.ts';
import { readSource, type SourceAnswers } from './source.ts';

/**
 * Adds a function without asking anything.
 *
 * @throws UserError when an option is invalid, the function exists, or a file cannot be edited
 * safely
 */
export async function addFunction(
  { directory = '.', name, params: param, ...given }: AddFunctionOptions,
  { cwd, env }: Surroundings,
): Promise<AddedFunction> {
  const folder = resolve(cwd, directory);
  const edited = await openForFunction(folder);
  const flags = readFlags(addFunctionOptions, { ...given, param });
  const models = await openModels(edited);
  const { reading, warnings } = await readForFunction(edited, env, flags);
  const answers = await readAnswers({ cwd: folder, models, reading }, name, flags, undefined);
  const { fn, plan } = await planFunction(edited, reading, answers, models);
  await applyPlan(edited.root, plan, flags);
  return { ...added(fn, plan, flags), warnings: [...warnings, ...plan.notes] };
}

/** Returns what was added, or would be, in the form that `--json` prints. */
export function added(
  { key, handler, source, resources = {} }: NewSourceFunction,
  plan: Plan,
  flags: AddFlags,
): Omit<AddedFunction, 'warnings'> {
  return {
    function: { function: key, handler, event: source, resources: Object.keys(resources) },
    ...changesOf(plan, flags),
  };
}

const NAME: Argument<string> = {
  name: '[name]',
  command: 'create-lambda-hello add-function',
  question: 'What is the function called?',
  suggestion: 'onOrder',
  parse: endpointName,
};

/** Specifies a function, with what calls it. */
export interface Answers extends SourceAnswers {
  readonly key: string;
  readonly payload: GivenSample | undefined;
}

/** Says where answers are checked. */
interface AnswersPlace {
  readonly cwd: string;
  readonly models: ServiceModels;
  readonly reading: ReadService;
}

/** @throws InvalidValueError when the service can have no function of that name */
function freeName(text: string, { service }: ReadService): string {
  const key = endpointName(text);
  const problem = functionNameProblem(service, { key, handler: handlerFor(key) });
  if (problem !== undefined) throw new InvalidValueError(problem.message);
  return key;
}

/** Reads the specification of a function from the flags, then from answers in the terminal. */
export async function readAnswers(
  { cwd, models, reading }: AnswersPlace,
  name: string | undefined,
  flags: AddFunctionFlags,
  ask: Ask | undefined,
): Promise<Answers> {
  const parse = (text: string) => freeName(text, reading);
  // A name that was given is checked with all else.
  const key = await resolveArgument(name === undefined ? { ...NAME, parse } : NAME, name, ask);
  const own = resourcesOf(reading.configuration.value);
  const source = await readSource({ cwd, own }, flags, ask);
  const payload = await readPayload({ cwd, models }, source.source, flags, ask);
  return { ...source, key, payload };
}

async function readPayload(
  { cwd, models }: Pick<AnswersPlace, 'cwd' | 'models'>,
  source: EventSourceName,
  flags: AddFunctionFlags,
  ask: Ask | undefined,
): Promise<GivenSample | undefined> {
  const noun = payloadNoun(source);
  if (noun === undefined) {
    if (flags.payload === undefined) return undefined;
    const sources = Object.keys(EVENT_SOURCES) as EventSourceName[];
    throw new UsageError(
      messages.noPayload({ source, sources: sources.filter(payloadNoun).join(', ') }),
      'leave out --payload',
    );
  }
  const answer = answering(addFunctionOptions, flags, ask);
  const given = await answer('payload', messageSample(noun, cwd, models.find));
  return withModel(given, models, ask);
}

/**
 * Plans the changes after all checks. Edits of files with an unknown structure are returned as
 * `left`.
 *
 * @throws UserError when the function is not possible
 */
export async function planFunction(
  { root, main, record, package: packageName }: EditableService,
  reading: ReadService,
  { key, source, kind, given, create, payload }: Answers,
  { known }: ServiceModels,
): Promise<{ readonly fn: NewSourceFunction; readonly plan: Plan }> {
  const recorded = readRecord(record);
  const { service, configuration } = reading;
  const own = resourcesOf(configuration.value);
  const { note, ...written } = NEW_SOURCES[source].write(given, {
    ...{ key, create, resources: own },
    timeout: timeoutOf(reading),
    priorities: prioritiesOf(configuration.value.functions),
  });
  const region = isUnknown(service.region) ? DEFAULTS.region : service.region;
  const event = await exampleEvent({ source, kind }, written, payload?.sample.json, {
    ...{ service: { ...service, region }, own },
    functionName: nameOnAws(service, key),
  });
  const spec: FunctionSpec = {
    ...{ key, source, event },
    ...(kind !== undefined && { kind }),
    ...(payload && { payload: payload.sample }),
  };
  const template = await loadTemplate('function');
  const plan = (models: KnownModels) => functionFiles(spec, packageName, template, models);
  const files = await sharingModels(root, recorded, known, plan);
  const fn: NewSourceFunction = { key, source, handler: files.registration.name, ...written };
  const problem = functionNameProblem(service, fn);
  if (problem) throw problem;
  const library = eventFiles(EVENT_SOURCES[source].library, await loadTemplate('event-types'));
  const parser = await loadDartParser();
  const existing = await readTexts(
    root,
    [...files.files, ...library].map(({ path }) => path),
  );
  const present = library.map(({ path }) => path).filter((path) => existing.has(path));
  const needed = { ...files, runtimeFiles: [...files.runtimeFiles, ...present] };
  await requireRuntime(root, needed, recorded, parser);
  // One that an earlier removal kept is recorded again.
  const [ours, others] = split(
    library,
    ({ path, content }) =>
      recorded.made?.files[path] === undefined && (existing.get(path) ?? content) === content,
  );
  const models = await withImports(root, files.shared, packageName, parser);
  const added = {
    ...{ fn, registration: files.registration, classes: files.classes },
    files: [...ours, ...files.files],
    shared: [...models, ...others.map(({ path }) => path)],
  };
  const before = { service: toEdit(reading, (after) => requireAccepted(after, key)), main, record };
  const planned = planAddFunction(added, before, existing, parser);
  const missing = added.files.filter(({ path }) => !existing.has(path));
  const notes = note === undefined ? [] : [note];
  return {
    fn,
    plan: { ...planned, fn, files: { ...files, files: missing }, place: reading, notes },
  };
}

function split<T>(list: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] {
  return [list.filter(isFirst), list.filter((one) => !isFirst(one))];
}

/** Returns the timeout of a new function in seconds: what all others have, or the provider's. */
function timeoutOf({ service, configuration }: ReadService): number {
  const [first, ...others] = new Set(service.functions.map(({ timeout }) => timeout));
  if (first !== undefined && others.length === 0) return first;
  const { timeout } = recordOf(configuration.value.provider);
  return typeof timeout === 'number' ? timeout : DEFAULTS.timeout;
}

/** Lists the priorities of the rules that the functions have at load balancers. */
function prioritiesOf(functions: unknown): readonly number[] {
  const events = Object.values(recordOf(functions)).flatMap((fn) => eventsOf(fn));
  return events.flatMap((event) => {
    const { priority } = recordOf(recordOf(event).alb);
    return typeof priority === 'number' ? [priority] : [];
  });
}
