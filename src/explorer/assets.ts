import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readCompressed } from '../util/compressed.ts';

/** The files of the page, compressed by the build, with their types. */
const TYPES: Readonly<Record<string, string>> = {
  'page.html': 'text/html; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'openapi-explorer.js': 'text/javascript; charset=utf-8',
};

export interface Asset {
  readonly type: string;
  readonly content: Uint8Array;
  /** Whether the content is compressed by gzip. */
  readonly compressed: boolean;
}

/** Reads a file of the page; undefined where there is none of that name. */
export async function readAsset(name: string, takesGzip: boolean): Promise<Asset | undefined> {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === undefined) return undefined;
  // Beside this file, in src/explorer/ and in the bundle.
  const path = fileURLToPath(new URL(`./assets/${name}.gz`, import.meta.url));
  const content = takesGzip ? await readFile(path) : await readCompressed(path);
  return { type, content, compressed: takesGzip };
}
