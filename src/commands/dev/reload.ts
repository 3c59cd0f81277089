import { pathToFileURL } from 'node:url';
import type { Context } from '../../context.ts';
import { CancelledError, UserError } from '../../errors.ts';
import { type Inputs, neededFor, SOURCES } from '../../local/reload/needed.ts';
import type { ReloadOutcome } from '../../local/reload/vm-service.ts';
import { type Watch, watch } from '../../local/reload/watch.ts';
import type { LocalLambda } from '../../local/server.ts';

export interface Reloading {
  readonly root: string;
  readonly local: LocalLambda;
  /** The files as they were read last. */
  readonly inputs: () => Inputs;
  /** The executable that is run instead of the sources, relative to the root; with `--bootstrap`. */
  readonly bootstraps: readonly string[];
  /** Reads serverless.yml and the variables again, and serves what they say. */
  readonly readAgain: () => Promise<void>;
  /** Fetches other packages. */
  readonly fetchPackages: () => Promise<void>;
}

/**
 * Keeps what is served up with the files: reloads code into the running processes,
 * and restarts or re-routes only what must be. What is wrong is shown, and what was
 * served before is served on.
 */
export async function keepUp(context: Context, reloading: Reloading): Promise<Watch> {
  const { root, inputs, bootstraps } = reloading;
  const code = bootstraps.length > 0 ? bootstraps : SOURCES;
  const settings = () => [...inputs().service, ...inputs().env];
  // One change after the other: a reload sees the files as they are when it runs.
  let last: Promise<void> = Promise.resolve();
  const running = await watch(root, [...code, ...settings()], (changed) => {
    let began = 0;
    last = last
      .then(() => {
        began = Date.now();
        return onChange(context, reloading, changed);
      })
      .catch((error: unknown) => {
        if (error instanceof CancelledError) return;
        if (!(error instanceof UserError)) throw error;
        context.out.warn(`${error.message}${error.hint ? ` Try: ${error.hint}` : ''}`);
      })
      // serverless.yml may name other files now, which may be what is wrong.
      .then(() => running.add(settings(), began));
  });
  return running;
}

async function onChange(
  context: Context,
  reloading: Reloading,
  changed: readonly string[],
): Promise<void> {
  const { out } = context;
  const { local, inputs, bootstraps, readAgain, fetchPackages } = reloading;
  const { files, ...needed } = neededFor(changed, inputs());
  const artifacts = changed.filter((path) => bootstraps.includes(path));
  const what = [...files, ...artifacts].join(', ');
  if (needed.service) {
    await readAgain();
    if (!needed.restart && !needed.reload) out.note(`Read again: ${what}`);
  }
  if (needed.packages) await fetchPackages();
  if (needed.restart || artifacts.length > 0) {
    // Code that does not compile would leave nothing to serve: it is tried in the old processes first.
    if (needed.reload) {
      const rejected = rejection(await local.reload());
      if (rejected !== undefined) return showRejection(context, reloading, rejected);
    }
    local.restart();
    out.note(`Restarted: ${what}`);
  } else if (needed.reload) {
    const isFollowed = await reload(context, reloading, what);
    // No process runs that could be told of.
    if (needed.service && !isFollowed) out.note(`Read again: ${what}`);
  }
}

/** Returns false, with nothing told, where no process runs. */
async function reload(context: Context, reloading: Reloading, what: string): Promise<boolean> {
  const { out } = context;
  const started = performance.now();
  const outcomes = await reloading.local.reload();
  const rejected = rejection(outcomes);
  if (rejected !== undefined) {
    showRejection(context, reloading, rejected);
    return true;
  }
  const restart = outcomes.find((outcome) => outcome.kind === 'restart');
  if (restart !== undefined) {
    out.note(`Restarted: ${what}. A running process cannot take that: ${restart.reason}`);
  } else if (outcomes.length > 0) {
    out.note(`Reloaded in ${(performance.now() - started).toFixed(0)} ms: ${what}`);
  }
  return outcomes.length > 0;
}

/** What the compiler says, if it has refused the code. */
function rejection(outcomes: readonly ReloadOutcome[]): string | undefined {
  return outcomes.find((outcome) => outcome.kind === 'rejected')?.message;
}

function showRejection({ out }: Context, { root }: Reloading, message: string): void {
  const relative = message.replaceAll(`${pathToFileURL(root).href}/`, '');
  const title = out.noteStyle.red('The code does not compile; the old one is served on:');
  out.note(`${title}\n${relative}`);
}
