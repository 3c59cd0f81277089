import type { Context } from '../../context.ts';
import type { LocalLambda } from '../../local-types.ts';
import { findService } from '../../service-folder/folder.ts';
import { packageNameIn } from '../../service-folder/package-name.ts';
import { requireDart } from '../../tools/dart/find.ts';
import { formatTable } from '../../ui/report.ts';
import { nothingToCall } from './messages.ts';
import { openInBrowser } from './open.ts';
import type { DevFlags } from './options.ts';
import { reporter } from './report.ts';
import { startLocalLambda } from './service.ts';

/** Serves the service in the current folder until it is stopped. */
export async function dev(context: Context, flags: DevFlags): Promise<void> {
  const { cwd, env, run, out, signal } = context;
  const { root } = findService(cwd);
  const { json, verbose } = flags;
  const packageName = await packageNameIn(root);
  const local = await startLocalLambda(
    { ...flags, platformLogs: Boolean(json || verbose) },
    {
      ...{ cwd, env, run, signal, program: context.program },
      // A getter, because reading it opens standard input.
      get interactive() {
        return context.interactive;
      },
      findDart: (folder) => requireDart(context, folder),
      emit: reporter(out, flags, { root, cwd, packageName, verbose }),
    },
  );
  try {
    const open = local.explorer === null ? '' : 'o open the explorer, ';
    const showEndpoints = () => out.result(endpoints(local, flags));
    showEndpoints();
    const stopListening = context.onKey((key) => {
      if (key === 'r') {
        local.restart();
        out.note('Restarted.');
      }
      if (key === 'e') showEndpoints();
      if (key === 'o' && local.explorer !== null) void openInBrowser(context, local.explorer);
      if (key === 'q') context.stop();
    });
    const keys = context.interactive ? ` Keys: r restart, e endpoints, ${open}q quit.` : '';
    if (!json) out.note(`\nReady. Ctrl-C stops it.${keys}`);
    await stopped(signal);
    stopListening();
  } finally {
    await local.close();
  }
}

function endpoints(local: LocalLambda, { json }: DevFlags): string {
  const { url, endpoints: listed, schedules, explorer } = local;
  if (json) {
    const more = {
      ...(schedules.length > 0 && { schedules }),
      ...(explorer !== null && { explorer }),
    };
    return JSON.stringify({ type: 'ready', url, endpoints: listed, ...more });
  }
  const table = formatTable([
    ['METHOD', 'PATH', 'FUNCTION', 'URL'],
    ...listed.map((row) => Object.values(row)),
  ]);
  const due = formatTable([
    ['SCHEDULE', 'FUNCTION', 'NEXT'],
    ...schedules.map(({ expression, function: key, next }) => [expression, key, next ?? 'never']),
  ]);
  const parts = [
    listed.length > 0 || schedules.length > 0 ? '' : nothingToCall(),
    listed.length > 0 ? table : '',
    schedules.length > 0 ? due : '',
    explorer === null ? '' : `Explorer: ${explorer}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** Resolves when the user wants to stop. */
function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
