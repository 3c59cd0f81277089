import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { applyEdit } from '../changes/apply-edit.ts';
import { unifiedDiff } from '../changes/diff.ts';
import type { Context } from '../context.ts';
import { usualFiles } from '../dart/endpoint-files.ts';
import { loadDartParser } from '../dart/parser.ts';
import { CancelledError, errorCode, UserError } from '../errors.ts';
import { planRemoveEndpoint } from '../plan/remove-endpoint.ts';
import { readServerlessYml } from '../service/serverless-yml.ts';
import type { ServiceFunction } from '../service/service.ts';
import { type EditableService, readEditableService, readTexts } from '../tools/editable-service.ts';
import { askUnless, type Option, resolveOption } from '../ui/ask.ts';
import { formatChanges } from '../ui/report.ts';

/** The command line of `remove-endpoint`, as it was given. */
export interface RemoveEndpointFlags {
  readonly force?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Takes an endpoint out of the service of the current folder. */
export async function removeEndpoint(
  context: Context,
  givenName: string | undefined,
  flags: RemoveEndpointFlags,
): Promise<void> {
  const { out, cwd, env } = context;
  const service = await readEditableService(cwd);
  const options = { file: 'serverless.yml', env };
  const { functions } = readServerlessYml(service.serverlessYml, options).service;
  const { ask } = askUnless(flags.yes, context);
  const key = await resolveOption(nameOption(functions), givenName, ask);
  const handler = functions.find((fn) => fn.key === key)?.handler ?? `main.${key}`;
  if (!handler.startsWith('main.')) {
    throw new UserError(
      `the handler of ${key} is ${handler}, which is not registered in lib/main.dart.`,
      'remove that function by hand',
    );
  }
  const plan = planRemoveEndpoint(
    {
      key,
      handler,
      package: service.package,
      usualFiles: usualFiles(key),
      force: flags.force ?? false,
    },
    service,
    await readDartFiles(service),
    await loadDartParser(),
  );
  if (plan === undefined) throw unknownEndpoint(key, functions);
  const { changes, kept } = plan;

  if (flags.dryRun) {
    const diff = unifiedDiff(changes);
    out.result(
      flags.json
        ? JSON.stringify({ changes: listed(changes), kept, diff }, undefined, 2)
        : diff.trimEnd(),
    );
    out.note('Dry run: nothing was written.');
    return;
  }
  if (context.signal.aborted) throw new CancelledError();
  await applyEdit(service.root, changes);
  out.result(
    flags.json
      ? JSON.stringify({ changes: listed(changes), kept }, undefined, 2)
      : formatChanges(changes),
  );
  for (const { path, reason } of kept) out.warn(`${path} was kept: ${reason}.`);
}

function nameOption(functions: readonly ServiceFunction[]): Option<string> {
  return {
    flag: '[name]',
    command: 'create-lambda-hello remove-endpoint',
    message: 'Which endpoint?',
    suggestion: functions.at(-1)?.key ?? 'hello',
    choices: functions.map(({ key, events }) => ({
      value: key,
      title: [key, ...events.map(({ method, path }) => `${method} ${path}`)].join('  '),
    })),
    parse: (text) => text,
  };
}

function unknownEndpoint(key: string, functions: readonly ServiceFunction[]): UserError {
  const names = functions.map((fn) => fn.key).join(', ');
  return new UserError(`there is no endpoint ${JSON.stringify(key)}.`, `one of: ${names}`);
}

const listed = (changes: readonly { kind: string; path: string }[]) =>
  changes.map(({ kind, path }) => ({ kind, path }));

/** Every Dart file that may import another one of the package. */
async function readDartFiles({ root }: EditableService): Promise<ReadonlyMap<string, string>> {
  const folders = ['bin', 'example', 'integration_test', 'lib', 'test', 'tool'];
  const found = await Promise.all(folders.map((folder) => listDartFiles(root, folder)));
  return readTexts(root, found.flat());
}

/** Links are not followed: they may lead in a circle, or out of the service. */
async function listDartFiles(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.dart'))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
