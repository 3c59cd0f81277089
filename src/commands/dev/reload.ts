import { availableParallelism } from 'node:os';
import { CancelledError, UserError, withHint } from '../../errors.ts';
import { neededFor, SOURCES } from '../../local/reload/needed.ts';
import type { ReloadOutcome } from '../../local/reload/vm-service.ts';
import { type Watch, watch } from '../../local/reload/watch.ts';
import type { LocalServer } from '../../local/server.ts';
import type { Service } from '../../service/service.ts';
import type { ServedCode } from './code.ts';
import type { DevEvent } from './events.ts';
import type { ServedService } from './served-service.ts';

/**
 * Of how many functions, those that were used last, a process stands by that compiles changes
 * itself: it takes five times the memory of one that runs what was compiled for all.
 */
export const STANDBY = availableParallelism();

type Emit = (event: DevEvent) => void;

export interface Reloading {
  readonly root: string;
  readonly server: Pick<LocalServer, 'reload' | 'restart' | 'standBy'>;
  /** Has a changed service served. */
  readonly update: (service: Service) => Promise<void>;
  readonly served: ServedService;
  readonly code: ServedCode;
  /** The executables that `--bootstrap` runs instead of the sources, relative to the root. */
  readonly bootstraps: readonly string[];
  /** Fetches changed packages. */
  readonly fetchPackages: () => Promise<void>;
  /** Called after a change, applied or not. */
  readonly changed: () => void;
}

/**
 * Watches the files and applies changes: reloads code into running processes, and restarts
 * processes or updates routes only if necessary. After an error it keeps serving the previous
 * state.
 */
export async function watchForChanges(emit: Emit, reloading: Reloading): Promise<Watch> {
  const { root, served, bootstraps } = reloading;
  const code = bootstraps.length > 0 ? bootstraps : SOURCES;
  const settings = () => {
    const { service, env } = served.inputs;
    return [...service, ...env];
  };
  // Handle one change after the other, so that a reload sees the files as they are when it runs.
  let last: Promise<void> = Promise.resolve();
  const running = await watch(root, [...code, ...settings()], (changed) => {
    let began = 0;
    last = last
      .then(() => {
        began = Date.now();
        return onChange(emit, reloading, changed);
      })
      .then(() => served.checkCode())
      .catch((error: unknown) => {
        if (error instanceof CancelledError) return;
        if (!(error instanceof UserError)) throw error;
        emit({ type: 'service-warning', message: withHint(error) });
      })
      // Watch the files that serverless.yml names now, even after an error, as one of them may be
      // its cause.
      .then(() => running.add(settings(), began))
      .then(reloading.changed);
  });
  return running;
}

async function onChange(
  emit: Emit,
  reloading: Reloading,
  changed: readonly string[],
): Promise<void> {
  const { server, update, served, code, bootstraps, fetchPackages } = reloading;
  const { files: sources, ...needed } = neededFor(changed, served.inputs);
  const artifacts = changed.filter((path) => bootstraps.includes(path));
  const files = [...sources, ...artifacts];
  if (needed.service) {
    await served.readAgain(update);
    if (!needed.restart && !needed.reload) emit({ type: 'read-again', files });
  }
  if (needed.reload || needed.restart) code.invalidate();
  if (needed.packages) await fetchPackages();
  if (needed.restart || artifacts.length > 0) {
    // Try the code in the old processes first: if it does not compile, they can still serve.
    if (needed.reload) {
      const rejected = rejection(await server.reload());
      if (rejected !== undefined) return emit({ type: 'compile-error', message: rejected });
    }
    server.restart();
    emit({ type: 'restarted', files });
  } else if (needed.reload) {
    const effect = await reload(emit, reloading, files);
    if (effect === 'rejected') return;
    if (needed.service && effect === 'none') emit({ type: 'read-again', files });
  }
  if (needed.reload || needed.restart) {
    // The next change is then compiled by these processes themselves, and that is just what changed.
    void server.standBy(STANDBY);
    code.compileLater();
  }
}

/** Returns `none`, without reporting anything, if no process runs. */
async function reload(
  emit: Emit,
  reloading: Reloading,
  files: readonly string[],
): Promise<'reloaded' | 'rejected' | 'none'> {
  const started = performance.now();
  const outcomes = await reloading.server.reload();
  const rejected = rejection(outcomes);
  if (rejected !== undefined) {
    emit({ type: 'compile-error', message: rejected });
    return 'rejected';
  }
  const restart = outcomes.find((outcome) => outcome.kind === 'restart');
  if (restart !== undefined) {
    emit({ type: 'restarted', files, reason: restart.reason });
  } else if (outcomes.length > 0) {
    emit({ type: 'reloaded', files, ms: performance.now() - started });
  }
  return outcomes.length > 0 ? 'reloaded' : 'none';
}

/** Returns the message of the compiler, if it refused the code. */
function rejection(outcomes: readonly ReloadOutcome[]): string | undefined {
  return outcomes.find((outcome) => outcome.kind === 'rejected')?.message;
}
