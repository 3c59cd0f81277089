import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { errorCode } from '../../errors.ts';
import { withSlashes } from '../../util/paths.ts';

/** The pause after which changes are reported, in milliseconds: editors write in steps. */
const QUIET_MS = 15;

/**
 * When to check all files after a change, in milliseconds: chokidar drops a second change of a file
 * within 50 ms, and sometimes the replacement of a file.
 */
const SECOND_LOOK_MS = 60;

/** How often to check all files in case chokidar reports nothing, in milliseconds. */
const EVERY_LOOK_MS = 1000;

/** How far modification times lag behind the clock, in milliseconds: systems count in ticks. */
const CLOCK_TICK_MS = 10;

/** A running watch. */
export interface Watch {
  /**
   * Watches more files and folders.
   *
   * @param since when they were read, in epoch milliseconds; later modifications are reported
   */
  add(paths: readonly string[], since: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Watches files and folders of a service.
 *
 * @param paths relative to the root; a missing file is reported once it appears
 * @param onChange gets the paths changed since the last call, relative to the root with `/`
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
  let lookSoon: NodeJS.Timeout | undefined;
  let closed = false;

  const later = (ms: number, action: () => void): NodeJS.Timeout => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timers.add(timer);
    return timer;
  };
  const watched = new Set(paths);
  const known = await modifiedTimes(root, watched);
  const note = (path: string, modified: number | undefined): void => {
    if (modified === undefined) known.delete(path);
    else known.set(path, modified);
    changed.add(path);
    if (quiet !== undefined) clearTimeout(quiet);
    quiet = later(QUIET_MS, () => {
      const all = [...changed];
      changed.clear();
      onChange(all);
    });
    if (lookSoon !== undefined) return;
    lookSoon = later(SECOND_LOOK_MS, () => {
      lookSoon = undefined;
      void look();
    });
  };
  const look = async (): Promise<void> => {
    const now = await modifiedTimes(root, watched);
    for (const path of new Set([...known.keys(), ...now.keys()])) {
      if (now.get(path) === known.get(path)) continue;
      // It may have been reported meanwhile, or be in a linked folder, which readdir does not enter.
      const modified = await modifiedAt(join(root, path));
      if (modified !== known.get(path) && !closed) note(path, modified);
    }
  };
  const watcher = start([...watched], {
    cwd: root,
    ignoreInitial: true,
    atomic: false,
    alwaysStat: true,
  });
  watcher.on('all', (event, path, stats) => {
    if (event !== 'addDir' && event !== 'unlinkDir') {
      note(withSlashes(path), stats?.mtimeMs);
    }
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  const interval = setInterval(look, EVERY_LOOK_MS);
  return {
    async add(more, since) {
      const others = more.filter((path) => !watched.has(path));
      for (const path of others) watched.add(path);
      watcher.add(others);
      for (const [path, modified] of await modifiedTimes(root, others)) {
        if (modified + CLOCK_TICK_MS > since) note(path, modified);
        else known.set(path, modified);
      }
    },
    async close() {
      closed = true;
      clearInterval(interval);
      await watcher.close();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** Returns when a file was modified, in epoch milliseconds; undefined where there is none. */
function modifiedAt(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

/** Returns when each of the files, and each file in the folders, was modified. */
async function modifiedTimes(root: string, paths: Iterable<string>): Promise<Map<string, number>> {
  const files = await Promise.all([...paths].map((path) => filesAt(root, path)));
  const times = await Promise.all(
    files.flat().map(async (path) => [path, await modifiedAt(join(root, path))] as const),
  );
  return new Map(times.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

/** Lists the files in a folder and its subfolders; the path itself where it is no folder. */
async function filesAt(root: string, path: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => withSlashes(relative(root, join(entry.parentPath, entry.name))));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [path];
  }
}
