import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { CancelledError, ToolError, UserError } from '../../errors.ts';
import { removeDevAddress, writeDevAddress } from '../../local/dev-address.ts';
import { type LocalLambda, startLocalLambda } from '../../local/server.ts';
import { readServerlessYml } from '../../serverless-yml/read.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import { findService, needsPubGet, readServiceFolder } from '../../service-folder/folder.ts';
import { packageNameIn } from '../../service-folder/package-name.ts';
import { openService, type Reading, requireFunctions } from '../../service-folder/read.ts';
import { type Command, formatCommand } from '../../tools/command.ts';
import { bootstrapCommand, dartPubGet, dartRun, entryPointOf } from '../../tools/dart/commands.ts';
import { requireDart } from '../../tools/dart/find.ts';
import { runInForeground } from '../../tools/foreground.ts';
import { formatTable } from '../../ui/report.ts';
import { readVariables, relativePaths, variableFiles } from './env-files.ts';
import type { DevFlags } from './options.ts';
import { keepUp } from './reload.ts';
import { newWarnings, reporter, serviceWarnings } from './report.ts';
import { runtimeWarnings } from './runtime.ts';

/** Serves the service of the current folder until it is stopped. */
export async function dev(context: Context, flags: DevFlags): Promise<void> {
  const { cwd, env, out, run, signal } = context;
  const { root } = findService(cwd);

  const added = newWarnings();
  let reading = await open(context, root, flags);
  let service = readService(context, reading, added);
  for (const warning of await runtimeWarnings(root, service)) out.warn(warning);
  const filesOf = ({ dotenv }: Reading) =>
    variableFiles(root, cwd, flags.envFile, dotenv?.variables);
  let variables = await readVariables(filesOf(reading));
  const dart = flags.bootstrap ? undefined : await requireDart(context, root);
  const fetchPackages = async () => {
    if (dart !== undefined && (await needsPubGet(root))) await pubGet(context, dart, root);
  };
  await fetchPackages();
  if (signal.aborted) throw new CancelledError('Cancelled.');

  const commandFor = ({ key, handler, architecture }: ServiceFunction): Command => {
    const command =
      dart === undefined
        ? bootstrapCommand(root, handler, architecture)
        : dartRun(dart, root, entryPointOf(handler), { reloadable: flags.reload });
    out.detail(`[${key}] $ ${formatCommand(command)}`);
    return command;
  };
  // Told now, and not at the first request.
  if (dart === undefined) service.functions.forEach(commandFor);
  const local = await startLocalLambda({
    service,
    commandFor,
    variablesFor: (fn) => ({ ...fn.environment, ...variables }),
    run,
    env,
    host: flags.host,
    port: flags.port,
    concurrency: flags.concurrency,
    platformLogs: Boolean(flags.json || flags.verbose),
    report: reporter(out, flags, {
      root,
      cwd,
      packageName: await packageNameIn(root),
      verbose: flags.verbose,
    }),
  });
  try {
    const showEndpoints = () => out.result(endpoints(service, local, flags));
    showEndpoints();
    const address = { host: local.host, port: local.port, pid: process.pid };
    await writeDevAddress(root, address);
    const watch = flags.reload
      ? await keepUp(context, {
          root,
          local,
          inputs: () => ({
            entryPoints: service.functions.map(({ handler }) => entryPointOf(handler)),
            service: [reading.file, ...reading.included],
            env: [...(reading.dotenv?.paths ?? []), ...relativePaths(root, filesOf(reading).paths)],
          }),
          bootstraps:
            dart === undefined
              ? service.functions.map(({ handler, architecture }) =>
                  bootstrapCommand(root, handler, architecture).tool.slice(root.length + 1),
                )
              : [],
          fetchPackages,
          readAgain: async () => {
            reading = await open(context, root, flags);
            const changed = readService(context, reading, added);
            variables = await readVariables(filesOf(reading));
            await local.update(changed);
            service = changed;
          },
        })
      : undefined;
    const stopListening = context.onKey((key) => {
      if (key === 'r') local.restart();
      if (key === 'e') showEndpoints();
      if (key === 'r') out.note('Restarted.');
      if (key === 'q') context.stop();
    });
    const keys = context.interactive ? ' Keys: r restart, e endpoints, q quit.' : '';
    if (!flags.json) out.note(`\nReady. Ctrl-C stops it.${keys}`);
    await stopped(signal);
    stopListening();
    await watch?.close();
  } finally {
    await removeDevAddress(root);
    await local.close();
  }
}

const open = async ({ env }: Context, root: string, flags: DevFlags): Promise<Reading> =>
  openService(await readServiceFolder(root), env, flags);

function readService(
  { out }: Context,
  { root, file, serverlessYml, options }: Reading,
  added: ReturnType<typeof newWarnings>,
): Service {
  const read = readServerlessYml(serverlessYml, options);
  for (const warning of added(serviceWarnings(file, read))) out.warn(warning);
  requireFunctions(read);
  checkEntryPoints(root, read.service);
  return read.service;
}

/** A handler without its file would fail at its first request only; it is told now. */
function checkEntryPoints(root: string, { functions }: Service): void {
  for (const { key, handler } of functions) {
    const entryPoint = entryPointOf(handler);
    if (existsSync(join(root, entryPoint))) continue;
    throw new UserError(
      `the function ${key} has the handler ${handler}, but there is no ${entryPoint}.`,
      `create ${entryPoint}, or correct the handler in serverless.yml`,
    );
  }
}

async function pubGet(context: Context, dart: string, root: string): Promise<void> {
  const command = dartPubGet(dart, root);
  const shown = { ...command, tool: 'dart' };
  const { code, startError } = await runInForeground(context, command, { output: 'stream', shown });
  if (code === 0) return;
  throw new ToolError(
    `dart pub get ${startError ? `could not be started (${startError})` : 'failed'}.`,
    'correct what it says above, then run the same command again',
    code ?? 1,
  );
}

function endpoints(service: Service, local: LocalLambda, { json }: DevFlags): string {
  const listed = service.functions.flatMap(({ key, events }) => {
    const own = local.functionUrl(key);
    return [
      ...events.map(({ method, path, ...event }) => ({
        method,
        path,
        function: key,
        url: local.url({ ...event, method, path }),
      })),
      ...(own === undefined ? [] : [{ method: 'ANY', path: '/', function: key, url: own }]),
    ];
  });
  if (json) return JSON.stringify({ type: 'ready', url: local.origin, endpoints: listed });
  if (listed.length === 0)
    return 'No function has an http or httpApi event, or a URL: there is nothing to call.';
  return formatTable([
    ['METHOD', 'PATH', 'FUNCTION', 'URL'],
    ...listed.map((row) => Object.values(row)),
  ]);
}

/** Resolves when the user wants to stop. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
