// What the scripts of this folder share.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { requireDart } from '../test/toolchain/fetch-dart-vm.mjs';

export const root = fileURLToPath(new URL('../', import.meta.url));
export const cli = join(root, 'bin', 'create-lambda-hello.cjs');

/** A new folder, and what removes it. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Runs the built command to its end, which has to be a success.
 *
 * @param {string} cwd
 * @param {readonly string[]} words
 * @returns how long it took, in milliseconds, and what it printed
 */
export function runCli(cwd, words) {
  const start = performance.now();
  const options = { cwd, encoding: /** @type {const} */ ('utf8'), maxBuffer: 1e8 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], options);
  if (status !== 0) {
    throw new Error(`${words.join(' ').slice(0, 1000)} ended with ${status}: ${stderr}`);
  }
  return { ms: performance.now() - start, stdout };
}

/**
 * The value below which the given part of all values is.
 *
 * @param {readonly number[]} values
 * @param {number} part 0.5 for the median
 */
export function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return /** @type {number} */ (sorted[Math.floor((sorted.length - 1) * part)]);
}

/** The circumstances of a measurement, in a line. */
export function machine() {
  const [cpu] = cpus();
  return `${cpus().length} x ${cpu?.model.trim()}, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

const SAVE = '--save';
/** The words that the script was started with, without the one for `saveResults`. */
export const args = process.argv.slice(2).filter((arg) => arg !== SAVE);
const [loadBefore = 0] = loadavg();

/**
 * Writes what a script has measured, and under which circumstances, to `results/<name>.json`, if it
 * was started with `--save`. charts.mjs draws it.
 *
 * @typedef {{ date: string, machine: string, load: number, dart: string }} Circumstances `load` is
 * the average of the minute before the start.
 *
 * @param {string} name
 * @param {string} dart its version
 * @param {readonly Record<string, string | number>[]} figures with their units in their names
 */
export function saveResults(name, dart, figures) {
  if (!process.argv.includes(SAVE)) return;
  const date = new Date().toISOString().slice(0, 10);
  /** @type {Circumstances} */
  const circumstances = { date, machine: machine(), load: Number(loadBefore.toFixed(1)), dart };
  const text = JSON.stringify({ ...circumstances, figures }, null, 2);
  writeFileSync(join(root, 'bench/results', `${name}.json`), `${text}\n`);
}

/** The environment with Dart on PATH, its folder and its version. */
export async function dartEnv() {
  const toolchain = await requireDart();
  if (toolchain === null) throw new Error('no Dart');
  const { binDir, version } = toolchain;
  return {
    env: { ...process.env, PATH: `${binDir}${delimiter}${process.env.PATH}` },
    binDir,
    version,
  };
}

/** A new service `hello` in a folder of its own, and what removes it. */
export async function dartService() {
  const { env, version: dart } = await dartEnv();
  const { folder, remove } = temporaryFolder();
  execFileSync(process.execPath, [cli, 'hello', '--yes', '--no-git'], { cwd: folder });
  return { service: join(folder, 'hello'), env, dart, folder, remove };
}

/**
 * Starts `dev` on a free port and waits until it has printed its URLs.
 *
 * @param {string} service its folder
 * @param {NodeJS.ProcessEnv} env
 * @param {'inherit' | 'ignore'} log where the function's output and the requests go
 * @param {object} [settings]
 * @param {readonly string[]} [settings.npx] what else than this checkout's CLI to start: npx and its
 * arguments
 * @param {readonly string[]} [settings.options] of `dev`
 */
export async function startDev(service, env, log, { npx, options = [] } = {}) {
  const [program = '', ...words] = npx ?? [process.execPath, cli];
  const child = spawn(program, [...words, 'dev', '--port', '0', ...options], {
    cwd: service,
    env,
    stdio: ['ignore', 'pipe', log],
    // npx starts it through a shell, which passes no signal on: all of the group must get it.
    detached: npx !== undefined,
  });
  const exited = once(child, 'exit');
  /** @type {string | undefined} */
  let origin;
  for await (const line of createInterface({ input: child.stdout })) {
    origin = /https?:\/\/[^/]+/.exec(line)?.[0];
    if (origin !== undefined) break;
  }
  if (origin === undefined) throw new Error(`dev ended with ${(await exited)[0]}`);
  child.stdout.resume();
  const pid = /** @type {number} */ (child.pid);
  return {
    origin,
    pid,
    /** Stops it as Ctrl-C does; resolves with its exit code. */
    async stop() {
      process.kill(npx === undefined ? pid : -pid, 'SIGINT');
      const [code] = await exited;
      return code;
    },
  };
}

/** @param {string} word as a POSIX shell would have to be given it */
export const quoteWord = (word) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
