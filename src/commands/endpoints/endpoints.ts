import { join } from 'node:path';
import { connectTo, type DeployTarget, deployTargetOf } from '../../aws/deploy-target.ts';
import { readText } from '../../changes/text-file.ts';
import { checkConsistency, type ListedEndpoint } from '../../consistency/check.ts';
import { type EntryFile, readEntryFile } from '../../consistency/entry.ts';
import { inconsistencies, inconsistency } from '../../consistency/messages.ts';
import type { Context } from '../../context.ts';
import { type DartParser, loadDartParser } from '../../dart/main/parser.ts';
import { UserError, withHint } from '../../errors.ts';
import { andTry, at } from '../../message.ts';
import type { Flags } from '../../options/option.ts';
import type { endpointsOptions } from '../../options/shared.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import type { Service } from '../../service/service.ts';
import { corsWarning } from '../../service-folder/cors.ts';
import { requirePackageName } from '../../service-folder/package-name.ts';
import { readService, requireFunctions } from '../../service-folder/read.ts';
import { choseRuntimePackage } from '../../service-folder/runtime-choice.ts';
import { entryPointOf } from '../../tools/dart/commands.ts';
import { formatTable } from '../../ui/report.ts';
import * as messages from './messages.ts';

type EndpointsFlags = Flags<typeof endpointsOptions>;

/**
 * Lists the endpoints of the service in the current folder.
 *
 * @throws UserError when serverless.yml and the Dart files are inconsistent
 */
export async function endpoints(context: Context, flags: EndpointsFlags): Promise<void> {
  const { out } = context;
  const read = await readService(context, flags);
  const { root, file, service, warnings, configuration } = read;
  for (const warning of warnings) out.detail(`${file}: ${warning}`);
  for (const { problem } of oslsErrors(configuration)) out.warn(withHint(problem));
  requireFunctions(read);
  const parser = await loadDartParser();
  const packageName = await requirePackageName(root);
  const entries = await readEntries(root, service, packageName, parser);
  const chosePackage = await choseRuntimePackage(root);
  const {
    endpoints: found,
    problems,
    notes: unusual,
  } = checkConsistency({ ...read, chosePackage }, entries, packageName, parser);
  const cors = await corsWarning(root, service);
  const warned = cors && { file, line: undefined, message: andTry(cors.detail, cors.fix) };
  const notes = [...unusual, ...(warned ? [warned] : [])];
  const listed =
    flags.stage === undefined
      ? found
      : await withUrls(context, deployTargetOf(read, flags.awsProfile), found);
  if (flags.json) {
    out.result(JSON.stringify({ endpoints: listed, problems, notes }, undefined, 2));
  } else {
    out.result(formatEndpoints(listed));
    for (const note of unusual) out.note(`note: ${at(formatPlace(note), note.message)}`);
    if (warned) out.warn(at(formatPlace(warned), warned.message));
    for (const problem of problems) out.warn(at(formatPlace(problem), problem.message));
  }
  if (problems.length === 0) return;
  const place = join(root, file);
  throw new UserError(
    problems.length === 1
      ? inconsistency({ file: place })
      : inconsistencies({ number: problems.length, file: place }),
    'correct what is listed above, then  create-lambda-hello endpoints  again',
  );
}

/** Reads the files that register the handlers of a service, by their paths. */
async function readEntries(
  root: string,
  { functions }: Service,
  packageName: string,
  parser: DartParser,
): Promise<ReadonlyMap<string, EntryFile | undefined>> {
  const handlers = functions.map(({ handler }) => handler);
  const read = (path: string) => readText(root, path);
  return new Map(
    await Promise.all(
      [...new Set(handlers.map(entryPointOf))].map(async (path) => {
        const own = handlers.filter((handler) => entryPointOf(handler) === path);
        return [path, await readEntryFile(path, own, packageName, parser, read)] as const;
      }),
    ),
  );
}

/** Adds the URLs on AWS to the endpoints. */
async function withUrls(
  context: Context,
  target: DeployTarget,
  listed: readonly ListedEndpoint[],
): Promise<readonly ListedEndpoint[]> {
  const { findDeployedEndpoints } = await import('../../aws/deployed-urls.ts');
  const { region, stage } = target;
  const looked = findDeployedEndpoints(target, await connectTo(target, context));
  const deployed = await context.out.waitFor('Looking at what is on AWS', looked);
  if (deployed === undefined) {
    throw new UserError(
      messages.notDeployed({ stack: target.stackName, region, stage }),
      `create-lambda-hello deploy --stage ${stage}`,
    );
  }
  return listed.map((endpoint) => {
    const same = deployed.find(
      ({ key, event }) =>
        key === endpoint.function &&
        event.api === endpoint.api &&
        event.path === endpoint.path &&
        event.method === endpoint.method,
    );
    return same === undefined ? endpoint : { ...endpoint, url: same.url };
  });
}

function formatEndpoints(listed: readonly ListedEndpoint[]): string {
  if (listed.length === 0) return messages.noEndpoint();
  const rows = listed.map(({ api, method, path, function: name, handler, url, ...place }) => [
    method,
    api === 'url' ? 'function URL' : path,
    name,
    handler,
    formatPlace(place),
    ...(url === undefined ? [] : [url]),
  ]);
  return formatTable(rows);
}

function formatPlace({ file, line }: Pick<ListedEndpoint, 'file' | 'line'>): string {
  return file === undefined ? '-' : line === undefined ? file : `${file}:${line}`;
}
