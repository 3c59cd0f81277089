import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { CancelledError, ToolError, UsageError, UserError } from '../errors.ts';
import { type LocalLambda, startLocalLambda } from '../local/server.ts';
import { readServerlessYml } from '../service/serverless-yml.ts';
import type { Service } from '../service/service.ts';
import { formatCommand } from '../tools/command.ts';
import { dartPubGet, dartRun, entryPointOf, requireDart } from '../tools/dart.ts';
import { needsPubGet, readServiceFolder } from '../tools/service-folder.ts';
import { formatTable } from '../ui/report.ts';
import { reporter } from './dev-report.ts';

/** The command line of `dev`, as it was given. */
export interface DevFlags {
  readonly port?: string;
  readonly host?: string;
  readonly stage?: string;
}

/** Serves the service of the current folder until it is stopped. */
export async function dev(context: Context, flags: DevFlags): Promise<void> {
  const { cwd, env, out, run, signal } = context;
  const port = parsePort(flags.port ?? '3000');
  const { root, serverlessYml } = await readServiceFolder(cwd);
  const options = { file: join(root, 'serverless.yml'), stage: flags.stage, env };
  const { service, warnings } = readServerlessYml(serverlessYml, options);
  for (const warning of warnings) out.warn(`serverless.yml: ${warning}`);
  checkEntryPoints(root, service);
  const dart = await requireDart(env);
  if (await needsPubGet(root)) await pubGet(context, dart, root);
  if (signal.aborted) throw new CancelledError('Cancelled.');

  const local = await startLocalLambda({
    service,
    commandFor: ({ key, handler }) => {
      const command = dartRun(dart, root, entryPointOf(handler));
      out.detail(`[${key}] $ ${formatCommand(command)}`);
      return command;
    },
    run,
    env,
    host: flags.host ?? '127.0.0.1',
    port,
    report: reporter(out),
  });
  out.result(endpointTable(service, local));
  out.note('\nReady. Ctrl-C stops it.');
  await stopped(signal);
  await local.close();
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new UsageError(`--port: "${text}" is not a port, 0 to 65535.`, '--port 3000');
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

async function pubGet({ out, run }: Context, dart: string, root: string): Promise<void> {
  const command = dartPubGet(dart, root);
  out.note(out.noteStyle.dim(`$ ${formatCommand(command)}`));
  const { code, startError } = await (await run(command, { output: 'stream' })).exited;
  if (code === 0) return;
  throw new ToolError(
    `dart pub get ${startError ? `could not be started (${startError})` : 'failed'}.`,
    'correct what it says above, then run the same command again',
    code ?? 1,
  );
}

function endpointTable(service: Service, local: LocalLambda): string {
  const rows = service.functions.flatMap(({ key, events }) =>
    events.map((event) => [event.method, event.path, key, local.url(event)]),
  );
  if (rows.length === 0)
    return 'No function has an http or httpApi event: there is nothing to call.';
  return formatTable([['METHOD', 'PATH', 'FUNCTION', 'URL'], ...rows]);
}

/** Resolves when the user wants to stop. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
