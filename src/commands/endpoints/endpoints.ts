import { join } from 'node:path';
import { connectTo, type DeployTarget, deployTargetOf } from '../../aws/deploy-target.ts';
import { type Call, callsOf } from '../../aws/deployed-urls.ts';
import type { PlacedFunction } from '../../consistency/check.ts';
import { checkHandlers } from '../../consistency/handlers.ts';
import { readConsistency } from '../../consistency/read.ts';
import { formatPlace, requireConsistency, withPlace } from '../../consistency/report.ts';
import type { Context } from '../../context.ts';
import { withHint } from '../../errors.ts';
import { andTry } from '../../message.ts';
import type { Flags } from '../../options/option.ts';
import type { endpointsOptions } from '../../options/shared.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import { corsWarning } from '../../service-folder/cors.ts';
import { readService, requireFunctions } from '../../service-folder/read.ts';
import { formatTable } from '../../ui/report.ts';
import * as messages from './messages.ts';

type EndpointsFlags = Flags<typeof endpointsOptions>;

/** Describes an endpoint of a service and where its code is. */
interface ListedEndpoint extends Call {
  readonly function: string;
  /** The registered name: `main.hello`. */
  readonly handler: string;
  /** Where the handler is declared, or else registered; undefined if neither is known. */
  readonly file: string | undefined;
  /** Counts from 1. */
  readonly line: number | undefined;
  readonly url?: string;
}

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
  const { functions, packageName, ...checked } = await readConsistency(read);
  const ofHandlers = await checkHandlers(functions, { root, packageName });
  const problems = [...checked.problems, ...ofHandlers.problems];
  const unusual = [...checked.notes, ...ofHandlers.notes];
  const found = functions.flatMap(endpointsOf);
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
    for (const note of unusual) out.note(`note: ${withPlace(note)}`);
    if (warned) out.warn(withPlace(warned));
    for (const problem of problems) out.warn(withPlace(problem));
  }
  requireConsistency(problems, join(root, file), 'create-lambda-hello endpoints');
}

/** Lists the endpoints of a function. */
const endpointsOf = ({ fn, file, line }: PlacedFunction): ListedEndpoint[] =>
  callsOf(fn).map((call) => ({ ...call, function: fn.key, handler: fn.handler, file, line }));

/** Adds the URLs on AWS to the endpoints. */
async function withUrls(
  context: Context,
  target: DeployTarget,
  listed: readonly ListedEndpoint[],
): Promise<readonly ListedEndpoint[]> {
  const { requireDeployedEndpoints } = await import('../../aws/deployed-urls.ts');
  const looked = requireDeployedEndpoints(target, await connectTo(target, context));
  const deployed = await context.out.waitFor('Looking at what is on AWS', looked);
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
