import { applyEdit } from '../changes/apply-edit.ts';
import type { ChangeSet } from '../changes/change-set.ts';
import { unifiedDiff } from '../changes/diff.ts';
import type { Context } from '../context.ts';
import { type EndpointFiles, type EndpointSpec, endpointFiles } from '../dart/endpoint-files.ts';
import { registrationBlock } from '../dart/main-edit.ts';
import { loadDartParser } from '../dart/parser.ts';
import { MIGRATE, runtimePackageMessage, runtimePackageOf } from '../dart/runtime-package.ts';
import { CancelledError, NotUnderstoodError, UserError } from '../errors.ts';
import { MAIN_FILE, planAddEndpoint } from '../plan/add-endpoint.ts';
import { endpointProblem } from '../service/endpoint-problem.ts';
import { functionBlock, functionJson, type NewFunction } from '../service/function-style.ts';
import { functionApi } from '../service/functions-edit.ts';
import type { ServiceSpec } from '../service/service.ts';
import { loadTemplate } from '../templates.ts';
import { type EditableService, readEditableService, readTexts } from '../tools/editable-service.ts';
import {
  type ReadService,
  readEdited,
  readService,
  requireFunctions,
} from '../tools/read-service.ts';
import { askUnless, resolveOption } from '../ui/ask.ts';
import { formatChanges } from '../ui/report.ts';
import { formatWords } from '../words.ts';
import {
  methodOption,
  nameOption,
  pathOption,
  requestOption,
  responseOption,
} from './add-endpoint-options.ts';

/** The command line of `add-endpoint`, as it was given. */
export interface AddEndpointFlags {
  readonly method?: string;
  readonly path?: string;
  readonly request?: string;
  readonly response?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds an endpoint to the service of the current folder: function, handler, models and test. */
export async function addEndpoint(
  context: Context,
  name: string | undefined,
  flags: AddEndpointFlags,
): Promise<void> {
  const { out, cwd } = context;
  const service = await readEditableService(cwd);
  await refuseRuntimePackage(service);
  const { spec, again } = await readAnswers(context, name, flags);
  const files = await endpointFiles(spec, service.package, await loadTemplate('endpoint'));
  const fn: NewFunction = {
    key: spec.key,
    handler: files.registration.name,
    method: spec.method,
    path: spec.path,
  };
  const changes = await plan(context, service, fn, files);

  if (flags.dryRun) {
    const diff = unifiedDiff(changes);
    out.result(flags.json ? toJson(fn, changes, diff) : diff.trimEnd());
    out.note('Dry run: nothing was written.');
    return;
  }
  if (context.signal.aborted) throw new CancelledError();
  await applyEdit(service.root, changes);
  if (again !== undefined) out.note(`The same again: ${again}`);
  out.result(flags.json ? toJson(fn, changes) : formatChanges(changes));
  out.note(`Added ${fn.method} ${fn.path}. Its code: ${files.handlerPath}`);
}

/** A handler for lib/runtime/ does not compile with the `Runtime` of a package. */
async function refuseRuntimePackage({
  main,
  package: packageName,
}: EditableService): Promise<void> {
  const found = await runtimePackageOf(main, () => packageName);
  if (found === undefined) return;
  throw new UserError(
    `${MAIN_FILE}:${found.line}: ${runtimePackageMessage(found)} What add-endpoint writes does not compile with it. Nothing was written.`,
    MIGRATE,
  );
}

interface Answers {
  readonly spec: EndpointSpec;
  /** The command that does the same without a question, where there was one. */
  readonly again: string | undefined;
}

async function readAnswers(
  context: Context,
  givenName: string | undefined,
  flags: AddEndpointFlags,
): Promise<Answers> {
  const { ask, prompted } = askUnless(flags.yes, context);
  const key = await resolveOption(nameOption, givenName, ask);
  const method = await resolveOption(methodOption, flags.method, ask);
  const { path, parameters, text } = await resolveOption(pathOption(key), flags.path, ask);
  const { cwd } = context;
  const request = await resolveOption(requestOption(method, cwd), flags.request, ask);
  const response = await resolveOption(responseOption(cwd), flags.response, ask);
  const args = [
    ...['add-endpoint', key, '--method', method, '--path', text],
    ...(request === undefined ? [] : ['--request', request.text]),
    ...(response === undefined ? [] : ['--response', response.text]),
    '--yes',
  ];
  return {
    spec: { key, method, path, parameters, request: request?.sample, response: response?.sample },
    again: prompted() ? `${context.program} ${formatWords(args)}` : undefined,
  };
}

/** The changes, once everything has been checked. */
async function plan(
  context: Context,
  service: EditableService,
  fn: NewFunction,
  files: EndpointFiles,
): Promise<ChangeSet> {
  const { root, file, serverlessYml, main } = service;
  const reading = await readService(context);
  requireFunctions(reading);
  let api = reading.service.functions.flatMap(({ events }) => events).at(-1)?.api ?? 'rest';
  try {
    api = functionApi(serverlessYml, { file });
    const problem = endpointProblem(reading.service, { ...fn, api });
    if (problem) throw problem;
    await checkRuntime(root, files);
    const existing = await readTexts(
      root,
      files.files.map(({ path }) => path),
    );
    const parser = await loadDartParser();
    const { registration } = files;
    return planAddEndpoint(
      { fn, registration, files: files.files, read: (text) => readEdited(reading, text) },
      { file, serverlessYml, main, record: service.record },
      existing,
      parser,
    );
  } catch (error) {
    if (error instanceof NotUnderstoodError)
      context.out.note(blocksToPaste(fn, files, api, reading));
    throw error;
  }
}

/** What the new files import of lib/runtime/ has to be there. */
async function checkRuntime(root: string, { runtimeFiles }: EndpointFiles): Promise<void> {
  const present = await readTexts(root, runtimeFiles);
  const missing = runtimeFiles.find((path) => !present.has(path));
  if (missing === undefined) return;
  throw new UserError(
    `${missing} is missing, and the new handler needs it. Nothing was written.`,
    'create a new service beside this one, and copy its lib/runtime/',
  );
}

/** For whoever has to make the edit himself. */
function blocksToPaste(
  fn: NewFunction,
  { registration, files }: EndpointFiles,
  api: ServiceSpec['api'],
  reading: ReadService,
): string {
  const blocks = [
    functionToPaste(fn, api, reading),
    ['lib/main.dart:', registrationBlock(registration)],
    ...files.map(({ path, content }) => [`${path}, a new file:`, content]),
  ];
  const shown = blocks.map(([title, text]) => `${title}\n\n${text?.trimEnd()}\n`).join('\n');
  return `Nothing was written. To add the endpoint yourself:\n\n${shown}`;
}

/** The function, and where it belongs. */
function functionToPaste(
  fn: NewFunction,
  api: ServiceSpec['api'],
  { file: own, functionsOrigin }: ReadService,
): readonly [string, string] {
  const { file, path } = functionsOrigin ?? { file: own, path: ['functions'] };
  const below = path.length === 0 ? 'beside its other functions' : `below ${path.join('.')}`;
  const isJson = file.endsWith('.json');
  const text = isJson ? functionJson(fn, api) : functionBlock(fn, api, 2 * path.length);
  return [`${file}, ${below}:`, text];
}

function toJson(fn: NewFunction, changes: ChangeSet, diff?: string): string {
  const { key, method, path, handler } = fn;
  const listed = changes.map(({ kind, path: file }) => ({ kind, path: file }));
  return JSON.stringify(
    { endpoint: { function: key, method, path, handler }, changes: listed, diff },
    undefined,
    2,
  );
}
