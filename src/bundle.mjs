// A step of the build: src/ becomes dist/, one file for each command and what
// they share. The heavy parts are loaded by the commands that need them.

import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const resolve = createRequire(import.meta.url).resolve;

/** What src/dart/parser.ts loads: the parser of tree-sitter, and its grammar of Dart. */
const WASM = ['web-tree-sitter/tree-sitter.wasm', 'tree-sitter-wasms/out/tree-sitter-dart.wasm'];

const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  banner: {
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  },
});

// They lie beside the code that loads them: in dist/ for users, in src/dart/ for tests.
for (const folder of [dist, join(root, 'src/dart')]) {
  mkdirSync(folder, { recursive: true });
  for (const file of WASM) copyFileSync(resolve(file), join(folder, basename(file)));
}
