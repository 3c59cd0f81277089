import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './docs.ts';

/** Whose texts users see besides ours: what ours contains, generates and imitates. */
const SOURCES = [
  'bin',
  'node_modules/commander/lib',
  'node_modules/yaml/dist',
  'src/local',
  'src/util/within.ts',
  'templates/service/lib/runtime',
  'templates/service/tool',
];

/** The code of these, with each of its texts in one piece and without what is filled in. */
export const otherTexts = SOURCES.flatMap((path) => filesIn(join(root, path)))
  .filter((file) => basename(file) !== 'messages.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
  // A text goes on in the next line, in JavaScript and in Dart.
  .replace(/['"`](\s*\+)?\s*\n\s*['"`]/g, '')
  .replace(/\$\{[^{}]*\}|\$\w+/g, '')
  .replace(/(\\n|\s)+/g, ' ')
  .replace(/\\(.)/g, '$1');

function filesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
