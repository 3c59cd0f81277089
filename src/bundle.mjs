// A step of the build: src/ becomes dist/, one file for each command and what
// they share, the types of the public API and the licences of what is bundled.
// The heavy parts are loaded by the commands that need them.

import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const resolve = createRequire(import.meta.url).resolve;

/** What src/dart/parser.ts loads: the parser of tree-sitter, and its grammar of Dart. */
const WASM = ['web-tree-sitter/tree-sitter.wasm', 'tree-sitter-wasms/out/tree-sitter-dart.wasm'];

const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/api.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  logLevel: 'warning',
  metafile: true,
  banner: {
    js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);",
  },
});

// They lie beside the code that loads them: in dist/ for users, in src/dart/ for tests.
for (const folder of [dist, join(root, 'src/dart')]) {
  mkdirSync(folder, { recursive: true });
  for (const file of WASM) copyFileSync(resolve(file), join(folder, basename(file)));
}

writeTypes();
writeFileSync(join(dist, 'licenses.txt'), licences(Object.keys(metafile.inputs)));

/** The types of src/api.ts, which names no other module than src/errors.ts. */
function writeTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-types-'));
  const tsc = resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const project = join(root, 'tsconfig.json');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'];
  execFileSync(process.execPath, [tsc, '-p', project, ...options, '--outDir', folder]);
  for (const name of ['api', 'errors']) {
    const text = readFileSync(join(folder, 'src', `${name}.d.ts`), 'utf8');
    writeFileSync(join(dist, `${name}.d.ts`), text.replaceAll("'./errors.ts'", "'./errors.js'"));
  }
  rmSync(folder, { recursive: true });
}

/** @param {readonly string[]} inputs what was bundled, by its paths below the project */
function licences(inputs) {
  const packages = inputs.flatMap((path) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
    return name === undefined ? [] : [name];
  });
  // The grammar of Dart is bundled as a file.
  return [...new Set([...packages, 'tree-sitter-wasms'])].sort().map(licence).join('\n');
}

/** @param {string} name of a package */
function licence(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
