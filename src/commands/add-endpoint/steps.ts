import { resolve } from 'node:path';
import type { AddEndpointOptions, AddedEndpoint } from '../../api-types.ts';
import type { ChangeSet } from '../../changes/change-set.ts';
import { type EndpointSpec, endpointFiles } from '../../dart/endpoint/files.ts';
import { CORS_FILE } from '../../dart/main/cors.ts';
import { loadDartParser } from '../../dart/main/parser.ts';
import { type KnownModels, libraryFor } from '../../dart/model/known.ts';
import type { Message } from '../../message.ts';
import { readFlags } from '../../options/option.ts';
import { planAddFunction } from '../../plan/add-function.ts';
import type { FindModel, NamedObject } from '../../sample/reference.ts';
import type { Sample } from '../../sample/sample.ts';
import { newFunctionApi } from '../../serverless-yml/edit/new-function-api.ts';
import { publicRouteNote } from '../../serverless-yml/edit/public-route.ts';
import { endpointProblem, type NewEndpoint } from '../../service/endpoint/problem.ts';
import { defaultPath, endpointName, takesBody } from '../../service/endpoint/rules.ts';
import { readRecord } from '../../service/record.ts';
import { textsWithCors } from '../../service-folder/cors.ts';
import { type EditableService, readTexts } from '../../service-folder/editable.ts';
import { type ServiceModels, sharingModels, withImports } from '../../service-folder/models.ts';
import { type ReadService, toEdit } from '../../service-folder/read.ts';
import { requireRuntime } from '../../service-folder/runtime.ts';
import { loadTemplate } from '../../templates.ts';
import { type Argument, type Ask, answering, resolveArgument } from '../../ui/ask.ts';
import type { Surroundings } from '../../util/env.ts';
import type { keepClient as KeepClient } from '../kept-client.ts';
import { wasKept } from '../messages.ts';
import { type AddFlags, applyPlan, changesOf } from '../new-function/add.ts';
import { forPatch, withModel } from '../new-function/named-model.ts';
import {
  openForFunction,
  openModels,
  readForFunction,
  requireAccepted,
} from '../new-function/open.ts';
import type { Plan } from '../new-function/report.ts';
import { type GivenSample, requestSample, responseSample } from '../new-function/samples.ts';
import { corsOfNew } from './cors.ts';
import { type AddEndpointFlags, addEndpointOptions } from './options.ts';

/**
 * Adds an endpoint without asking anything.
 *
 * @throws UserError when an option is invalid, the endpoint exists, or a file cannot be edited
 * safely
 */
export async function addEndpoint(
  { directory = '.', name, params: param, ...given }: AddEndpointOptions,
  { cwd, env }: Surroundings,
): Promise<AddedEndpoint> {
  const edited = await openForFunction(resolve(cwd, directory));
  const flags = readFlags(addEndpointOptions, { ...given, param });
  const models = await openModels(edited);
  const source = { cwd: resolve(cwd, directory), models };
  const { spec } = await readAnswers(source, name, flags, undefined);
  const { reading, warnings } = await readForFunction(edited, env, flags);
  const { route, plan } = await planEndpoint(edited, reading, spec, models, flags);
  await applyPlan(edited.root, plan, flags);
  return { ...added(route, plan, flags), warnings: [...warnings, ...plan.notes] };
}

/** Returns what was added, or would be, in the form that `--json` prints. */
export function added(
  { key, method, path, handler }: NewEndpoint,
  plan: Plan,
  flags: AddFlags,
): Omit<AddedEndpoint, 'warnings'> {
  return { endpoint: { function: key, method, path, handler }, ...changesOf(plan, flags) };
}

async function requestOf(
  method: string,
  given: GivenSample | undefined,
  models: ServiceModels,
  ask: Ask | undefined,
): Promise<GivenSample | undefined> {
  if (method === 'PATCH') return forPatch(given);
  return takesBody(method) ? withModel(given, models, ask) : given;
}

/** Returns a model that a sample makes, as an example of that. */
function newModel({ className, values: [value] }: Sample): NamedObject | undefined {
  if (className === undefined || value?.kind !== 'object') return undefined;
  const library = libraryFor(className);
  const model = { className, library, hasFunctions: true, key: undefined };
  return { ...value, model, described: [value] };
}

const NAME: Argument<string> = {
  name: '[name]',
  command: 'create-lambda-hello add-endpoint',
  question: 'What is the endpoint called?',
  suggestion: 'getOrder',
  parse: endpointName,
};

/** Specifies an endpoint, with the options as they were typed. */
export interface Answers {
  readonly spec: EndpointSpec;
  readonly path: string;
  readonly request: GivenSample | undefined;
  readonly response: GivenSample | undefined;
}

/**
 * Reads the specification of an endpoint from the flags, then from answers in the terminal, then
 * from the defaults.
 */
export async function readAnswers(
  { cwd, models }: { readonly cwd: string; readonly models: ServiceModels },
  name: string | undefined,
  flags: AddEndpointFlags,
  ask: Ask | undefined,
): Promise<Answers> {
  const answer = answering(addEndpointOptions, flags, ask);
  const key = await resolveArgument(NAME, name, ask);
  const method = await answer('method');
  const { path, parameters, text } = await answer('path', { default: defaultPath(key) });
  const { find } = models;
  const body = await answer('request', requestSample(method, cwd, find));
  const request = await requestOf(method, body, models, ask);
  const named = request && newModel(request.sample);
  const findOrNew: FindModel = (name) => (name === named?.model.className ? named : find(name));
  const answered = await answer('response', responseSample(cwd, findOrNew));
  const response = await withModel(answered, models, ask);
  const samples = { request: request?.sample, response: response?.sample };
  return { spec: { key, method, path, parameters, ...samples }, path: text, request, response };
}

/**
 * Plans the changes after all checks. Edits of files with an unknown structure are returned as
 * `left`.
 *
 * @throws UserError when the endpoint is not possible
 */
export async function planEndpoint(
  { root, main, record, package: packageName }: EditableService,
  reading: ReadService,
  spec: EndpointSpec,
  { known }: ServiceModels,
  { cors = false }: Pick<AddEndpointFlags, 'cors'>,
): Promise<{ readonly route: NewEndpoint; readonly plan: Plan }> {
  const recorded = readRecord(record);
  const template = await loadTemplate('endpoint');
  const plan = (models: KnownModels) => endpointFiles(spec, packageName, template, models);
  const files = await sharingModels(root, recorded, known, plan);
  const { key, method, path } = spec;
  const { configuration } = reading;
  const api = newFunctionApi(configuration);
  const route: NewEndpoint = { key, handler: files.registration.name, api, method, path };
  const problem = endpointProblem(reading.service, route);
  if (problem) throw problem;
  const corsNote = cors ? corsOfNew(reading, route) : undefined;
  const fn = { ...route, ...(cors && api === 'rest' && { cors }) };
  const parser = await loadDartParser();
  const needed = fn.cors ? { ...files, runtimeFiles: [...files.runtimeFiles, CORS_FILE] } : files;
  await requireRuntime(root, needed, recorded, parser);
  const paths = files.files.map((file) => file.path);
  const existing = await readTexts(root, paths);
  const service = toEdit(reading, (after) => requireAccepted(after, key));
  const shared = await withImports(root, files.shared, packageName, parser);
  const corsElsewhere = fn.cors ? await textsWithCors(root) : [];
  const added = { fn, ...files, shared, corsElsewhere };
  const planned = planAddFunction(added, { service, main, record }, existing, parser);
  const client = recorded.client && (await keptClient(reading, planned.changes, record));
  const changes = client?.changes ?? planned.changes;
  const where = planned.functionFile ?? reading.functionsOrigin?.file ?? reading.file;
  const publicNote = publicRouteNote(configuration.value.functions, fn, where);
  const notes = [publicNote, corsNote, client?.note].filter((note) => note !== undefined);
  return { route: fn, plan: { ...planned, changes, fn, files, place: reading, notes } };
}

/** Adds the update of the client; loaded only for a service that has one. */
async function keptClient(...args: Parameters<typeof KeepClient>): Promise<{
  readonly changes: ChangeSet;
  readonly note: Message | undefined;
}> {
  const { keepClient } = await import('../kept-client.ts');
  const { changes, kept } = await keepClient(...args);
  return { changes, note: kept && wasKept(kept) };
}
