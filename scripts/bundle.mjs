// Bundles src/ into dist/: a file for each command and for what they share, the types of the public
// API, and the licences of bundled packages. Commands load the heavy parts only when they need them.
// The format is CommonJS, which Node 20 starts 5 to 9 ms faster than ES modules.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../', import.meta.url));
const resolve = createRequire(import.meta.url).resolve;

/** The parser and its grammar of Dart, which src/dart/main/parser.ts loads. */
const PARSER = 'web-tree-sitter/tree-sitter.wasm';
const GRAMMAR = '@lumis-sh/wasm-dart/tree-sitter-dart.wasm';

/** openapi-explorer with all that it needs, as it is published for browsers. */
const OPENAPI_EXPLORER = 'openapi-explorer/dist/browser/openapi-explorer.min.js';

/**
 * Removes node:child_process from commander, which needs it only for commands that are separate
 * programs. We have none, and loading it takes longer than everything else in --help.
 *
 * @type {import('rolldown').Plugin}
 */
const withoutChildProcess = {
  name: 'without-child-process',
  resolveId: (id, importer) =>
    id === 'node:child_process' && /[\\/]commander[\\/]/.test(importer ?? '')
      ? '\0nothing'
      : undefined,
  load: (id) => (id === '\0nothing' ? 'export default {};' : undefined),
};

/**
 * Imports only the used names of Node's own modules. rolldown would copy all of their properties,
 * as accessors, which takes a tenth of the time of `create`.
 *
 * @type {import('rolldown').Plugin}
 */
const builtins = {
  name: 'builtins',
  resolveId: (id, importer, { kind }) =>
    kind === 'import-statement' && id.startsWith('node:')
      ? { id: `\0${id}:${importer}`, moduleSideEffects: false }
      : undefined,
  load(id) {
    const name = /^\0(node:[\w/]+):/.exec(id)?.[1];
    if (name === undefined) return undefined;
    const exported = Object.keys(process.getBuiltinModule(name) ?? {})
      .filter((key) => key !== 'default')
      .map((key) => `const $${key} = builtin.${key};\nexport { $${key} as ${key} };`);
    return [
      `const builtin = process.getBuiltinModule('${name}');`,
      'export default builtin;',
      ...exported,
    ].join('\n');
  },
};

/**
 * Puts what every command loads into one file, and what `create` loads into another, because
 * twenty small files take 20 ms longer. The options of all other commands are a third, but for
 * those of add-function: they read JSON, as `create` does, which would load all of them. The rest is
 * split along the imports.
 */
const GROUPS = [
  {
    name: 'base',
    priority: 1,
    test: /rolldown[\\/]runtime|[\\/]src[\\/](errors|message|version|cli(?![\\/]complete)|ui(?![\\/]waiting)|options[\\/](messages|option)\.|commands[\\/]create[\\/]options\.|util[\\/](json|messages|shell-words|text|yaml-words)\.|service[\\/](defaults|package-manager)|service-folder[\\/]service-file\.)|[\\/]commander[\\/]|[\\/]package\.json$/,
  },
  {
    name: 'options',
    priority: 1,
    test: /[\\/]src[\\/](cli[\\/]complete|options[\\/]shared|commands[\\/](?!create|add-function)[\w-]+[\\/]options)\./,
  },
  {
    name: 'create',
    test: /[\\/]src[\\/](templates|commands[\\/]create[\\/]|plan[\\/]create|changes[\\/](apply|messages|path|quick-fs|staging|steps|target)\.|aws[\\/]config-files\.|service[\\/](defaults|messages|names|region|service|record)\.|util[\\/](is-running|json|reserved-words)\.|tools[\\/](command|git|package-manager)\.)/,
  },
];

const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });
const bundle = await rolldown({
  cwd: root,
  input: { main: 'src/main.ts', api: 'src/api.ts' },
  platform: 'node',
  transform: { target: 'node20.19' },
  plugins: [withoutChildProcess, builtins],
  // Leaves out unused imports of Node's modules.
  treeshake: { propertyReadSideEffects: false },
  // web-tree-sitter contains an eval that only browsers run.
  checks: { eval: false, ineffectiveDynamicImport: false },
});
const { output } = await bundle.write({
  dir: dist,
  format: 'cjs',
  minify: true,
  // Node reads the files as bytes: a single other character doubles the memory of a file and its
  // compile time.
  charset: 'ascii',
  entryFileNames: '[name].cjs',
  chunkFileNames: '[name]-[hash].cjs',
  codeSplitting: { groups: GROUPS },
});
await bundle.close();

// The code that loads them looks in its own folder: dist/ for users, src/dart/main/ for tests.
for (const folder of [dist, join(root, 'src/dart/main')]) {
  mkdirSync(folder, { recursive: true });
  // Write instead of copying, because the files are executable in their packages.
  writeFileSync(join(folder, basename(PARSER)), readFileSync(resolve(PARSER)));
  // A tenth of its size, and 5 ms to unpack.
  writeFileSync(
    join(folder, `${basename(GRAMMAR)}.gz`),
    compressed(readFileSync(resolve(GRAMMAR))),
  );
}

await writeExplorer();

const chunks = output.filter((file) => file.type === 'chunk');
const names = chunks.find(({ name }) => name === 'api')?.exports ?? [];
// import cannot detect the names that a minified CommonJS module exports.
writeFileSync(
  join(dist, 'api.js'),
  `import api from './api.cjs';\nexport const { ${names.join(', ')} } = api;\n`,
);
writeTypes();
writeFileSync(join(dist, 'licenses.txt'), licences(chunks));

/** @param {Uint8Array | string} content */
function compressed(content) {
  return gzipSync(content, { level: 9 });
}

/** Writes the page of `dev`, which src/explorer/assets.ts reads from its own folder. */
async function writeExplorer() {
  const from = join(root, 'src/explorer/page');
  const page = await rolldown({
    input: join(from, 'page.ts'),
    platform: 'browser',
    transform: { target: 'es2022' },
  });
  const { output } = await page.generate({ format: 'esm', minify: true });
  await page.close();
  const [script] = output;
  const files = {
    'page.html': readFileSync(join(from, 'page.html')),
    'page.css': readFileSync(join(from, 'page.css')),
    'page.js': script.code,
    'openapi-explorer.js': withoutInlineStyles(
      readFileSync(join(root, 'node_modules', OPENAPI_EXPLORER), 'utf8'),
    ),
  };
  for (const folder of [dist, join(root, 'src/explorer')]) {
    const assets = join(folder, 'assets');
    mkdirSync(assets, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(assets, `${name}.gz`), compressed(content));
    }
  }
}

/**
 * Replaces styles in the templates of openapi-explorer by the elements and attributes that
 * src/explorer/page/styles.ts handles, because the policy of the page allows none in the document.
 *
 * @param {string} code
 */
function withoutInlineStyles(code) {
  const count = (/** @type {RegExp} */ pattern) => [...code.matchAll(pattern)].length;
  if (count(/<style>/g) === 0 || count(/<style\b/g) !== count(/<\/style>/g)) {
    throw new Error('openapi-explorer has other styles than expected');
  }
  return code
    .replaceAll('<style>', '<style-sheet>')
    .replaceAll('</style>', '</style-sheet>')
    .replaceAll(/(\s)style="/g, '$1data-style="');
}

/** Writes the types of src/api.ts, which refers to no modules but these. */
function writeTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-types-'));
  const tsc = resolve('typescript/package.json').replace('package.json', 'bin/tsc');
  const project = join(root, 'tsconfig.json');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--noCheck'];
  execFileSync(process.execPath, [tsc, '-p', project, ...options, '--outDir', folder]);
  for (const name of ['api', 'api-types', 'local-types', 'errors', 'message']) {
    const text = readFileSync(join(folder, 'src', `${name}.d.ts`), 'utf8');
    writeFileSync(join(dist, `${name}.d.ts`), text.replace(/'\.\/([\w-]+)\.ts'/g, "'./$1.js'"));
  }
  rmSync(folder, { recursive: true });
}

/** @param {readonly import('rolldown').OutputChunk[]} written */
function licences(written) {
  const modules = written.flatMap(({ moduleIds }) => moduleIds);
  const packages = modules.flatMap((path) => {
    const name = /[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(path)?.[1];
    return name === undefined ? [] : [name.replace('\\', '/')];
  });
  // The grammar of Dart and the page are bundled as files, not as modules.
  const files = ['@lumis-sh/wasm-dart', ...withDependencies('openapi-explorer')];
  return [...new Set([...packages, ...files])].sort().map(licence).join('\n');
}

/**
 * Names a package and those that it needs, as its own bundle does not tell which are in it. Left out
 * are types, and what only the command line of js-yaml uses.
 *
 * @param {string} name
 * @param {Set<string>} found
 */
function withDependencies(name, found = new Set()) {
  if (found.has(name) || name.startsWith('@types/') || name === 'argparse') return found;
  found.add(name);
  const manifest = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  for (const each of Object.keys(JSON.parse(manifest).dependencies ?? {})) {
    withDependencies(each, found);
  }
  return found;
}

/** @param {string} name of a package */
function licence(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
