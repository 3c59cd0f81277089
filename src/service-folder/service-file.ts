import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The extensions of the files that osls reads a service from, the first one first:
 * https://github.com/oss-serverless/osls/blob/main/lib/cli/resolve-configuration-path.js
 */
const DATA = ['yml', 'yaml', 'json'];
const CODE = ['js', 'mjs', 'cjs', 'ts'];

/** The file that makes the folder, or one above it, the folder of a service; undefined where there is none. */
export function findServiceFile(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const paths = [...DATA, ...CODE].map((extension) => join(folder, `serverless.${extension}`));
    const found = paths.find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}

/** Whether the file is code, which would have to be run. */
export const isCode = (file: string): boolean =>
  CODE.some((extension) => file.endsWith(`.${extension}`));
