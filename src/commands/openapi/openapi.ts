import { mkdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { connectTo, deployTargetOf } from '../../aws/deploy-target.ts';
import { applyEdit } from '../../changes/apply-edit.ts';
import { change } from '../../changes/change-set.ts';
import { unifiedDiff } from '../../changes/diff.ts';
import { explained } from '../../changes/target.ts';
import { readText } from '../../changes/text-file.ts';
import type { Context } from '../../context.ts';
import type { OpenApiServer } from '../../contract/openapi.ts';
import { writeYaml } from '../../contract/yaml.ts';
import { UsageError, UserError } from '../../errors.ts';
import type { Contract } from '../../service/contract.ts';
import { type ReadService, readService } from '../../service-folder/read.ts';
import { formatChanges } from '../../ui/report.ts';
import { formatWords } from '../../util/shell-words.ts';
import { describeService, LOCAL_SERVERS } from './document.ts';
import * as messages from './messages.ts';
import type { OpenApiFlags } from './options.ts';

/**
 * Describes the API of the service in the current folder as OpenAPI.
 *
 * @throws UserError when the file of `--check` is not what the service says
 */
export async function openapi(context: Context, flags: OpenApiFlags): Promise<void> {
  const { out, cwd } = context;
  const { out: file, check } = flags;
  if (flags.json && flags.yaml) throw new UsageError(messages.twoFormats());
  if (check && file === undefined) {
    throw new UsageError(messages.checkNeedsFile(), '--out openapi.yaml --check');
  }
  const read = await readService(context, flags);
  for (const warning of read.warnings) out.detail(`${read.file}: ${warning}`);
  const servers = flags.stage === undefined ? LOCAL_SERVERS : await deployed(context, read, flags);
  const { contract, document } = await describeService(read, servers);
  const isJson = flags.json || (!flags.yaml && file?.endsWith('.json'));
  const text = isJson ? `${JSON.stringify(document, undefined, 2)}\n` : writeYaml(document);
  if (file === undefined) {
    out.result(text.trimEnd());
  } else {
    const path = resolve(cwd, file);
    const before = await readText(dirname(path), basename(path));
    if (check) checkFile(context, flags, file, { before, after: text });
    else await writeFile(context, path, { before, after: text });
  }
  noteUnknown(context, contract);
}

interface Texts {
  readonly before: string | undefined;
  readonly after: string;
}

/** @throws UserError unless the file is what would be written */
function checkFile({ out }: Context, flags: OpenApiFlags, file: string, texts: Texts): void {
  const { before, after } = texts;
  const hint = formatWords([
    ...['create-lambda-hello', 'openapi', '--out', file],
    ...(flags.json ? ['--json'] : []),
    ...(flags.yaml ? ['--yaml'] : []),
    ...(flags.stage === undefined ? [] : ['--stage', flags.stage]),
  ]);
  if (before === undefined) throw new UserError(messages.noFile({ file }), hint);
  // Git may have changed the ends of the lines on Windows.
  const [changed] = change(file, before.replaceAll('\r\n', '\n'), after);
  if (changed === undefined) {
    out.note(`${file} is what the service says.`);
    return;
  }
  out.result(unifiedDiff([changed]).trimEnd());
  throw new UserError(messages.differs({ file }), hint);
}

async function writeFile({ out }: Context, path: string, { before, after }: Texts): Promise<void> {
  const folder = dirname(path);
  const changes = change(basename(path), before, after);
  await explained(folder, () => mkdir(folder, { recursive: true }));
  await applyEdit(folder, changes);
  if (changes.length === 0) out.note(`${path} is up to date.`);
  else out.result(formatChanges(changes));
}

/** Finds the addresses of a deployed stage. */
async function deployed(
  context: Context,
  read: ReadService,
  flags: OpenApiFlags,
): Promise<readonly OpenApiServer[]> {
  const { baseOf, requireDeployedEndpoints } = await import('../../aws/deployed-urls.ts');
  const target = deployTargetOf(read, flags.awsProfile);
  const looked = requireDeployedEndpoints(target, await connectTo(target, context));
  const endpoints = await context.out.waitFor('Looking at what is on AWS', looked);
  return (['rest', 'http'] as const).flatMap((api) => {
    const found = endpoints.find(({ event }) => event.api === api);
    return found === undefined ? [] : [{ url: baseOf(found), description: target.stage, api }];
  });
}

/** Tells which endpoints are described without types. */
function noteUnknown({ out }: Context, { endpoints }: Contract): void {
  const names = endpoints.flatMap(({ name, file }) => (file === undefined ? name : []));
  if (names.length === 0) return;
  out.note(
    `note: the handlers of these were not found, so that their data has no types: ${names.join(', ')}`,
  );
}
