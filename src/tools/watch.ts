import { stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** How long nothing may change until a change counts as whole, in milliseconds: editors write in steps. */
const QUIET_MS = 15;

/** chokidar drops what follows a change of the same file within 50 ms: it is looked at again after that. */
const THROTTLED_MS = 60;

/** A watch that runs. */
export interface Watch {
  close(): Promise<void>;
}

/**
 * Watches files and folders of a service.
 *
 * @param paths relative to the root; what is missing now is seen when it comes
 * @param onChange gets what has changed since the last call, relative to the root with `/`
 */
export async function watch(
  root: string,
  paths: readonly string[],
  onChange: (changed: readonly string[]) => void,
): Promise<Watch> {
  const { watch: start } = await import('chokidar');
  const changed = new Set<string>();
  const timers = new Set<NodeJS.Timeout>();
  let quiet: NodeJS.Timeout | undefined;

  const later = (ms: number, action: () => void): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
    return timer;
  };
  const note = (path: string, modified: number | undefined): void => {
    changed.add(path.split(sep).join('/'));
    if (quiet !== undefined) clearTimeout(quiet);
    quiet = later(QUIET_MS, () => {
      const all = [...changed];
      changed.clear();
      onChange(all);
    });
    later(THROTTLED_MS, async () => {
      const now = await modifiedAt(join(root, path));
      if (now !== modified) note(path, now);
    });
  };
  const watcher = start([...paths], {
    cwd: root,
    ignoreInitial: true,
    atomic: false,
    alwaysStat: true,
  });
  watcher.on('all', (event, path, stats) => {
    if (event !== 'addDir' && event !== 'unlinkDir') note(path, stats?.mtimeMs);
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    async close() {
      await watcher.close();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Undefined for a file that is not there. */
function modifiedAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
