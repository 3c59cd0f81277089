import type { Context } from '../../context.ts';
import { CancelledError, ToolError } from '../../errors.ts';
import { removeDevAddress, writeDevAddress } from '../../local/dev-address.ts';
import type { EventSources } from '../../local/event-sources/event-sources.ts';
import type { Schedules } from '../../local/schedules/schedules.ts';
import { type LocalServer, startLocalServer } from '../../local/server.ts';
import type { LocalLambda } from '../../local-types.ts';
import type { Message } from '../../message.ts';
import type { Service } from '../../service/service.ts';
import { findService, needsPubGet } from '../../service-folder/folder.ts';
import { bootstrapCommand, dartPubGet } from '../../tools/dart/commands.ts';
import { runInForeground } from '../../tools/foreground.ts';
import { commandNotStarted } from '../../tools/messages.ts';
import { cancelledReading } from '../../util/messages.ts';
import { CompiledCode, DartCode } from './code.ts';
import type { DevEvent } from './events.ts';
import { ExplorerPages } from './explorer.ts';
import * as messages from './messages.ts';
import type { DevFlags } from './options.ts';
import { STANDBY, watchForChanges } from './reload.ts';
import { runtimeWarnings } from './runtime.ts';
import { ServedService } from './served-service.ts';
import { sourcesAddress, startSources } from './sources.ts';

/** Holds the parts of the context that serving a service needs. */
export interface DevHost extends Pick<Context, 'cwd' | 'env' | 'run' | 'signal' | 'interactive'> {
  /**
   * Returns the path of `dart` for the service in the folder.
   *
   * @throws UserError when there is none
   */
  readonly findDart: (root: string) => Promise<string>;
  readonly emit: (event: DevEvent) => void;
  /** What starts this program again, for the command lines that the explorer shows. */
  readonly program: string;
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
  const { cwd, env, run, signal } = host;
  let explorer: ExplorerPages | undefined;
  const emit = (event: DevEvent) => {
    host.emit(event);
    explorer?.report(event);
  };
  const address = sourcesAddress(settings, env);
  const { root } = findService(cwd);
  const warn = (warnings: readonly Message[]): void => {
    for (const message of warnings) emit({ type: 'service-warning', message });
  };
  const served = await ServedService.read({ root, cwd, env, settings, warn });
  warn(await runtimeWarnings(root, served.service));
  const dart = settings.bootstrap ? undefined : await host.findDart(root);
  const fetchPackages = async () => {
    if (dart !== undefined && (await needsPubGet(root))) await pubGet(host, dart, root);
  };
  await fetchPackages();
  if (signal.aborted) throw new CancelledError(cancelledReading());

  const code =
    dart === undefined
      ? new CompiledCode(root, served.service.functions, emit)
      : new DartCode({ root, dart, run, reloadable: settings.reload, emit });
  const { port, concurrency, platformLogs } = settings;
  if (settings.explorer) {
    const watched = settings.reload;
    const options = { root, env, settings, watched, emit };
    const { host: listensOn } = settings;
    explorer = new ExplorerPages(
      { ...options, host: listensOn, program: host.program },
      served.service,
    );
  }
  const server = await startLocalServer({
    ...{ service: served.service, run, env },
    ...{ host: settings.host, port, concurrency, platformLogs },
    launchOf: (fn, ahead) => code.launch(fn, ahead),
    startsAtOnce: (fn) => code.startsAtOnce(fn),
    standby: dart !== undefined && settings.reload && settings.warm > 0 ? STANDBY : 0,
    variablesFor: (fn) => served.variablesFor(fn),
    report: emit,
    ...(explorer && { pages: explorer, traffic: explorer.traffic }),
  });
  explorer?.attach(server);
  let sources: EventSources | undefined;
  let schedules: Schedules | undefined;
  const stop = async () => {
    schedules?.close();
    sources?.close();
    code.close();
    await removeDevAddress(root);
    await server.close();
  };
  try {
    await writeDevAddress(root, { host: server.host, port: server.port, pid: process.pid });
    const bootstraps = dart === undefined ? bootstrapsOf(served.service, root) : [];
    if (address !== undefined) sources = await startSources(address, server, served.service, host);
    if (settings.schedules) {
      // Loaded for those who ask for it only.
      const { Schedules } = await import('../../local/schedules/schedules.ts');
      schedules = new Schedules(server.invoke, emit);
      schedules.update(served.service);
    }
    const update = async (changed: Service) => {
      await server.update(changed);
      schedules?.update(changed);
      sources?.update(changed);
      explorer?.update(changed);
    };
    const changed = () => explorer?.changed();
    const reloading = { root, server, update, served, code, bootstraps, fetchPackages, changed };
    const watch = settings.reload ? await watchForChanges(emit, reloading) : undefined;
    // In the next turn, so that the service is reported as ready first.
    setImmediate(async () => {
      // A request that comes at once then need not wait for what is started ahead.
      if (settings.warm > 0) await code.lookUp(served.service.functions);
      void server.startAhead(settings.warm);
    });
    const restart = () => {
      // Without reloading, nothing else tells that the code has changed.
      code.invalidate();
      server.restart();
    };
    const end = async () => {
      await watch?.close();
      await stop();
    };
    return localLambda({ served, server, schedules, explorer }, restart, end);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What runs while a service is served. */
interface Parts {
  readonly served: ServedService;
  readonly server: LocalServer;
  readonly schedules: Schedules | undefined;
  readonly explorer: ExplorerPages | undefined;
}

/** Returns the handle of what is served. `end` is called once, however often it is closed. */
function localLambda(
  { served, server, schedules, explorer }: Parts,
  restart: () => void,
  end: () => Promise<void>,
): LocalLambda {
  let closed: Promise<void> | undefined;
  return {
    url: server.origin,
    get endpoints() {
      return endpointsOf(served.service, server);
    },
    get schedules() {
      return (schedules?.due ?? []).map(({ next, ...schedule }) => ({
        ...schedule,
        next: next?.toISOString() ?? null,
      }));
    },
    get explorer() {
      return explorer ? `${server.origin}${explorer.path}` : null;
    },
    restart,
    close: () => {
      closed ??= end();
      return closed;
    },
  };
}

/** Returns the executables that `build` makes, relative to the root. */
function bootstrapsOf({ functions }: Service, root: string): string[] {
  return functions.map(({ handler, architecture }) =>
    bootstrapCommand(root, handler, architecture).tool.slice(root.length + 1),
  );
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
    startError
      ? commandNotStarted({ command: 'dart pub get', code: startError })
      : messages.pubGetFailed(),
    'correct what it says above, then run the same command again',
    code ?? 1,
  );
}

function endpointsOf(service: Service, server: LocalServer): LocalLambda['endpoints'] {
  return service.functions.flatMap(({ key, events }) => {
    const own = server.functionUrl(key);
    return [
      ...events.map((event) => ({
        method: event.method,
        path: event.path,
        function: key,
        url: server.url(event),
      })),
      ...(own === undefined ? [] : [{ method: 'ANY', path: '/', function: key, url: own }]),
    ];
  });
}
