import { applyEdit } from '../../changes/apply-edit.ts';
import { unifiedDiff } from '../../changes/diff.ts';
import type { Context } from '../../context.ts';
import { type EndpointFiles, type EndpointSpec, endpointFiles } from '../../dart/endpoint/files.ts';
import { lackIn } from '../../dart/endpoint/runtime-needs.ts';
import { type DartParser, loadDartParser } from '../../dart/main/parser.ts';
import { MAIN_FILE } from '../../dart/main/read.ts';
import { foreignRuntime, MIGRATE, runtimePackageOf } from '../../dart/main/runtime-package.ts';
import { CancelledError, UserError } from '../../errors.ts';
import { planAddEndpoint } from '../../plan/add-endpoint.ts';
import { newFunctionApi } from '../../serverless-yml/edit/new-function-api.ts';
import { publicRouteNote } from '../../serverless-yml/edit/public-route.ts';
import type { NewFunction } from '../../serverless-yml/edit/style.ts';
import type { OslsConfiguration } from '../../serverless-yml/osls/finding.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import { endpointProblem } from '../../service/endpoint/problem.ts';
import { defaultPath, endpointName } from '../../service/endpoint/rules.ts';
import { areAsRecorded, type MadeService, readRecord } from '../../service/record.ts';
import {
  type EditableService,
  readEditableService,
  readTexts,
} from '../../service-folder/editable.ts';
import { readServiceIn, requireFunctions, toEdit } from '../../service-folder/read.ts';
import { loadTemplate } from '../../templates.ts';
import { withHint } from '../../tools/preflight.ts';
import { type Argument, answering, askUnless, resolveArgument } from '../../ui/ask.ts';
import { formatChanges } from '../../ui/report.ts';
import { formatWords } from '../../util/shell-words.ts';
import { VERSION } from '../../version.ts';
import { type AddEndpointFlags, addEndpointOptions } from './options.ts';
import {
  blocksToPaste,
  formatBlocks,
  leftError,
  leftToPaste,
  type Plan,
  toJson,
} from './report.ts';
import { requestSample, responseSample } from './samples.ts';

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
  const planned = await plan(context, service, fn, files, flags.partial ?? false);
  const { changes, kept } = planned;
  const left = leftToPaste(fn, files, planned);

  const report = (diff?: string): string => toJson(fn, { changes, kept, left, diff });
  const tellRest = (): void => {
    if (planned.note !== undefined) out.note(planned.note);
    for (const path of kept) out.note(`${path} was there already, and stays as it is.`);
    if (left.length > 0) out.note(`Left to paste:\n\n${formatBlocks(left)}`);
  };
  if (flags.dryRun) {
    const diff = unifiedDiff(changes);
    out.result(flags.json ? report(diff) : diff.trimEnd());
    tellRest();
    out.note('Dry run: nothing was written.');
    if (left.length > 0) throw leftError(planned.left, 'would be');
    return;
  }
  if (context.signal.aborted) throw new CancelledError();
  await applyEdit(service.root, changes);
  if (again !== undefined) out.note(`The same again: ${again}`);
  out.result(flags.json ? report() : formatChanges(changes));
  tellRest();
  if (left.length > 0) throw leftError(planned.left, 'was');
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
    `${foreignRuntime(MAIN_FILE, found)} What add-endpoint writes does not compile with it. Nothing was written.`,
    MIGRATE,
  );
}

const NAME: Argument<string> = {
  name: '[name]',
  command: 'create-lambda-hello add-endpoint',
  question: 'What is the endpoint called?',
  suggestion: 'getOrder',
  parse: endpointName,
};

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
  const answer = answering(addEndpointOptions, flags, ask);
  const key = await resolveArgument(NAME, givenName, ask);
  const method = await answer('method');
  const { path, parameters, text } = await answer('path', { default: defaultPath(key) });
  const { cwd } = context;
  const request = await answer('request', requestSample(method, cwd));
  const response = await answer('response', responseSample(cwd));
  const args = [
    ...['add-endpoint', key, '--method', method, '--path', text],
    ...(request === undefined ? [] : ['--request', request.text]),
    ...(response === undefined ? [] : ['--response', response.text]),
    ...(flags.partial ? ['--partial'] : []),
    '--yes',
  ];
  return {
    spec: { key, method, path, parameters, request: request?.sample, response: response?.sample },
    again: prompted() ? `${context.program} ${formatWords(args)}` : undefined,
  };
}

/**
 * The changes, once everything has been checked.
 *
 * @throws NotUnderstoodError where a file cannot be edited, unless `partial` is set
 */
async function plan(
  context: Context,
  edited: EditableService,
  fn: NewFunction,
  files: EndpointFiles,
  partial: boolean,
): Promise<Plan> {
  const { root, main, record } = edited;
  const reading = await readServiceIn(edited, context.env);
  requireFunctions(reading);
  const { service, configuration } = reading;
  for (const { problem } of oslsErrors(configuration)) context.out.warn(withHint(problem));
  const api = newFunctionApi(configuration);
  const problem = endpointProblem(service, { ...fn, api });
  if (problem) throw problem;
  const parser = await loadDartParser();
  await checkRuntime(root, files, readRecord(record).made, parser);
  const paths = files.files.map(({ path }) => path);
  const requireAccepted = (after: OslsConfiguration): void => {
    const refused = oslsErrors(after).find(({ path }) => path[1] === fn.key);
    if (refused) throw refused.problem;
  };
  const planned = planAddEndpoint(
    { fn, registration: files.registration, files: files.files },
    { service: toEdit(reading, requireAccepted), main, record },
    await readTexts(root, paths),
    parser,
  );
  const [left] = planned.left;
  if (left !== undefined && !partial) {
    context.out.note(blocksToPaste(fn, files, api, reading));
    throw left.reason;
  }
  const where = planned.functionFile ?? reading.functionsOrigin?.file ?? reading.file;
  const note = publicRouteNote(configuration.value.functions, fn, api, where);
  return { ...planned, api, place: reading, note };
}

/** Throws a UserError where lib/runtime/ lacks what the new files need, or has it as it once was. */
async function checkRuntime(
  root: string,
  { files, runtimeFiles }: EndpointFiles,
  made: MadeService | undefined,
  parser: DartParser,
): Promise<void> {
  const present = await readTexts(root, runtimeFiles);
  const missing = runtimeFiles.find((path) => !present.has(path));
  const hint = 'create-lambda-hello upgrade';
  if (missing !== undefined) {
    throw new UserError(
      `${missing} is missing, and the new handler needs it. Nothing was written.`,
      hint,
    );
  }
  // Parsing it is needless where it is known: that takes a tenth of the time of this command.
  if (made?.version === VERSION && areAsRecorded(present, made.files)) return;
  const lack = lackIn(
    files.map(({ content }) => content),
    present,
    parser,
  );
  if (lack === undefined) return;
  throw new UserError(
    `${lack.path} is older than the new code, which needs ${lack.name} as it is today. Nothing was written.`,
    hint,
  );
}
