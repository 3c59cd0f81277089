import { readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { decode } from '../changes/text-file.ts';
import { errorCode } from '../errors.ts';
import type { IncludedFile, ReadFile } from '../serverless-yml/variables/included-file.ts';
import { isOutside, notUtf8 } from '../serverless-yml/variables/messages.ts';
import { withSlashes } from '../util/paths.ts';
import { whyUnreadable } from '../util/unreadable.ts';

/** Reads and remembers the files that the variables of a service name. */
export interface ServiceFiles {
  readonly read: ReadFile;
  /**
   * All paths that were asked for, existing or not, relative to the service's folder, with `/`.
   */
  readonly paths: ReadonlySet<string>;
}

/**
 * Makes a reader for files of a service that refuses any outside of its folder, even behind a
 * link.
 */
export function serviceFiles(root: string): ServiceFiles {
  const known = new Map<string, IncludedFile | undefined>();
  const paths = new Set<string>();
  return {
    paths,
    read(named) {
      const path = within(root, resolve(root, named));
      if (path === undefined) return { problem: isOutside() };
      paths.add(path);
      if (!known.has(path)) known.set(path, readIn(root, path));
      return known.get(path);
    },
  };
}

function readIn(root: string, path: string): IncludedFile | undefined {
  try {
    if (within(realpathSync(root), realpathSync(join(root, path))) === undefined) {
      return { problem: isOutside() };
    }
    const text = decode(readFileSync(join(root, path)));
    return text === undefined ? { problem: notUtf8() } : { path, text };
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { problem: whyUnreadable(code) };
  }
}

/** Returns the path relative to the root, with `/`, or undefined if it leads out of the root. */
function within(root: string, path: string): string | undefined {
  const found = relative(root, path);
  const leadsOut = isAbsolute(found) || found === '..' || found.startsWith(`..${sep}`);
  return leadsOut || found === '' ? undefined : withSlashes(found);
}
