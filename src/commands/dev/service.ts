import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalLambda } from '../../api-types.ts';
import type { Context } from '../../context.ts';
import { CancelledError, ToolError, UserError } from '../../errors.ts';
import { removeDevAddress, writeDevAddress } from '../../local/dev-address.ts';
import { type LocalServer, startLocalServer } from '../../local/server.ts';
import { readServerlessYml } from '../../serverless-yml/read.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import { findService, needsPubGet, readServiceFolder } from '../../service-folder/folder.ts';
import { openService, type Reading, requireFunctions } from '../../service-folder/read.ts';
import { type Command, formatCommand } from '../../tools/command.ts';
import { bootstrapCommand, dartPubGet, dartRun, entryPointOf } from '../../tools/dart/commands.ts';
import { runInForeground } from '../../tools/foreground.ts';
import { readVariables, relativePaths, variableFiles } from './env-files.ts';
import type { DevEvent } from './events.ts';
import type { DevFlags } from './options.ts';
import { watchForChanges } from './reload.ts';
import { newWarnings, serviceWarnings } from './report.ts';
import { runtimeWarnings } from './runtime.ts';

/** Holds the parts of the context that serving a service needs. */
export interface DevHost extends Pick<Context, 'cwd' | 'env' | 'run' | 'signal' | 'interactive'> {
  /**
   * Returns the path of `dart` for the service in the folder.
   *
   * @throws UserError when there is none
   */
  readonly findDart: (root: string) => Promise<string>;
  readonly emit: (event: DevEvent) => void;
}

/** Configures how a service is served. */
export interface DevSettings extends Omit<DevFlags, 'json' | 'quiet' | 'verbose'> {
  /** Whether to report the platform's own log lines. */
  readonly platformLogs: boolean;
}

/**
 * Serves the service in the folder until it is closed. It asks nothing, and reports events.
 *
 * @throws UserError when the service is invalid, there is no Dart SDK, or the port is taken
 */
export async function startLocalLambda(settings: DevSettings, host: DevHost): Promise<LocalLambda> {
  const { cwd, env, run, signal, emit } = host;
  const { root } = findService(cwd);

  const added = newWarnings();
  const warn = (warnings: readonly string[]): void => {
    for (const message of warnings) emit({ type: 'service-warning', message });
  };
  const open = async (): Promise<Reading> =>
    openService(await readServiceFolder(root), env, settings);
  const read = ({ file, serverlessYml, options }: Reading): Service => {
    const result = readServerlessYml(serverlessYml, options);
    warn(added(serviceWarnings(file, result)));
    requireFunctions(result);
    checkEntryPoints(root, result.service);
    return result.service;
  };
  let reading = await open();
  let service = read(reading);
  warn(await runtimeWarnings(root, service));
  const filesOf = ({ dotenv }: Reading) =>
    variableFiles(root, cwd, settings.envFile, dotenv?.variables);
  let variables = await readVariables(filesOf(reading));
  const dart = settings.bootstrap ? undefined : await host.findDart(root);
  const fetchPackages = async () => {
    if (dart !== undefined && (await needsPubGet(root))) await pubGet(host, dart, root);
  };
  await fetchPackages();
  if (signal.aborted) throw new CancelledError('Cancelled.');

  const commandFor = ({ key, handler, architecture }: ServiceFunction): Command => {
    const command =
      dart === undefined
        ? bootstrapCommand(root, handler, architecture)
        : dartRun(dart, root, entryPointOf(handler), { reloadable: settings.reload });
    emit({ type: 'process', function: key, line: formatCommand(command) });
    return command;
  };
  // Fail now, not at the first request.
  if (dart === undefined) service.functions.forEach(commandFor);
  const { port, concurrency, platformLogs } = settings;
  const server = await startLocalServer({
    ...{ service, commandFor, run, env, host: settings.host, port, concurrency, platformLogs },
    variablesFor: (fn) => ({ ...fn.environment, ...variables }),
    report: emit,
  });
  const stop = async () => {
    await removeDevAddress(root);
    await server.close();
  };
  const follow = () =>
    watchForChanges(emit, {
      root,
      server,
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
        reading = await open();
        const changed = read(reading);
        variables = await readVariables(filesOf(reading));
        await server.update(changed);
        service = changed;
      },
    });
  try {
    await writeDevAddress(root, { host: server.host, port: server.port, pid: process.pid });
    const watch = settings.reload ? await follow() : undefined;
    let closed: Promise<void> | undefined;
    const close = async () => {
      await watch?.close();
      await stop();
    };
    return {
      url: server.origin,
      get endpoints() {
        return endpointsOf(service, server);
      },
      restart: () => server.restart(),
      close: () => {
        closed ??= close();
        return closed;
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Checks that the file of every handler exists, or else it would fail only at its first request.
 */
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

async function pubGet({ emit, ...host }: DevHost, dart: string, root: string): Promise<void> {
  const command = dartPubGet(dart, root);
  const shown = { ...command, tool: 'dart' };
  const out = {
    note: (line: string) => emit({ type: 'command', line }),
    noteStyle: { dim: (text: string) => text },
  };
  const { code, startError } = await runInForeground({ ...host, out }, command, {
    output: 'stream',
    shown,
  });
  if (code === 0) return;
  throw new ToolError(
    `dart pub get ${startError ? `could not be started (${startError})` : 'failed'}.`,
    'correct what it says above, then run the same command again',
    code ?? 1,
  );
}

function endpointsOf(service: Service, server: LocalServer): LocalLambda['endpoints'] {
  return service.functions.flatMap(({ key, events }) => {
    const own = server.functionUrl(key);
    return [
      ...events.map(({ method, path, ...event }) => ({
        method,
        path,
        function: key,
        url: server.url({ ...event, method, path }),
      })),
      ...(own === undefined ? [] : [{ method: 'ANY', path: '/', function: key, url: own }]),
    ];
  });
}
