// The real formatter of Dart, dart_style, as `dart format` of Dart 3.8 runs it: compiled to
// WebAssembly, in the npm package @wasm-fmt/dart_fmt. It needs a newer Node.js than 20, which is
// fetched from npm too.

import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FORMATTER = '@wasm-fmt/dart_fmt@0.4.0';
const NODE = `node-${process.platform}-${process.arch}`;
const NODE_VERSION = '24.21.0';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/create-lambda-hello');
const FOLDER = join(CACHE, 'dart-format-0.4.0');

/** Reads sources by their names as JSON, and prints them formatted. */
const PROGRAM = `
import { readFileSync } from 'node:fs';
import { format } from '@wasm-fmt/dart_fmt';
const version = '// @dart=3.8\\n\\n';
const sources = Object.entries(JSON.parse(readFileSync(0, 'utf8')));
const formatted = sources.map(([path, source]) => {
  return [path, format(version + source, path).slice(version.length)];
});
process.stdout.write(JSON.stringify(Object.fromEntries(formatted)));
`;

/**
 * The formatter, fetched when it is not there: sources by their names in, formatted sources out. Null
 * where it cannot be had; with REQUIRE_DART=1 it throws then.
 *
 * @returns {Promise<((sources: Record<string, string>) => Record<string, string>) | null>}
 */
export async function requireDartFormat() {
  try {
    if (!existsSync(FOLDER)) await fetchInto(FOLDER);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (process.env.REQUIRE_DART === '1') {
      throw new Error(`REQUIRE_DART=1, but there is no dart format: ${reason}`);
    }
    console.warn(`NO DART FORMAT: every test that needs it is SKIPPED: ${reason}`);
    return null;
  }
  return (sources) => {
    const node = join(FOLDER, 'node_modules', NODE, 'bin/node');
    const { status, stdout, stderr } = spawnSync(node, ['format.mjs'], {
      cwd: FOLDER,
      input: JSON.stringify(sources),
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    if (status !== 0) throw new Error(`dart format failed: ${stderr}`);
    return JSON.parse(stdout);
  };
}

async function fetchInto(/** @type {string} */ folder) {
  console.warn(`fetching dart format (${FORMATTER}, 60 MB) into ${folder}`);
  await mkdir(CACHE, { recursive: true });
  const temporary = await mkdtemp(join(CACHE, 'fetching-'));
  try {
    await writeFile(join(temporary, 'package.json'), '{ "type": "module" }\n');
    await writeFile(join(temporary, 'format.mjs'), PROGRAM);
    const packages = [FORMATTER, `${NODE}@${NODE_VERSION}`];
    const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages];
    await promisify(execFile)('npm', args, { cwd: temporary, timeout: 300_000 });
    await rename(temporary, folder).catch((error) => {
      if (!existsSync(folder)) throw error; // another test file was faster
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
