import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The extensions of files that osls reads a service from, in its order of preference:
 * https://github.com/oss-serverless/osls/blob/main/lib/cli/resolve-configuration-path.js
 */
const DATA = ['yml', 'yaml', 'json'];
const CODE = ['js', 'mjs', 'cjs', 'ts'];

/** Finds the service's file in the folder or the nearest one above it. */
export function findServiceFile(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const paths = [...DATA, ...CODE].map((extension) => join(folder, `serverless.${extension}`));
    const found = paths.find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}

/** Returns whether the file is code, which would have to be run. */
export const isCode = (file: string): boolean =>
  CODE.some((extension) => file.endsWith(`.${extension}`));
