// Debian's packages that the Dart VM needs, installed where that is possible.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Installs a package when its file is missing. Throws, with the command to run, where that is not
 * possible from here.
 *
 * @param {{ file: string, package: string, why: string, elsewhere: string,
 *   log: (note: string) => void }} needed `elsewhere` is what to do without apt-get
 */
export async function ensureInstalled({ file, package: name, why, elsewhere, log }) {
  if (existsSync(file)) return;
  const needed = `the Dart VM needs ${file} (${why})`;
  if (!existsSync('/usr/bin/apt-get')) throw new Error(`${needed}: install it (${elsewhere})`);
  const advice = `apt-get update && apt-get install -y ${name}`;
  if (process.getuid?.() !== 0) throw new Error(`${needed}: run sudo sh -c '${advice}'`);

  log(`${needed}: installing ${name}`);
  const problem = await aptGet(name);
  // Another process may have installed it in the meantime, which is just as good.
  if (existsSync(file)) return;
  throw new Error(`${needed}, and installing it failed: run ${advice}\n${problem}`);
}

/** @returns why it failed, or '' */
async function aptGet(/** @type {string} */ name) {
  try {
    await install(name);
    return '';
  } catch {
    // Fresh container images come without package lists, and old lists name packages that are gone.
  }
  try {
    await apt(['update']);
    await install(name);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const install = (/** @type {string} */ name) =>
  apt(['install', '-y', '--no-install-recommends', name]);

/** Waits for another apt-get instead of failing; its output is shown only in the error. */
function apt(/** @type {string[]} */ args) {
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
}
