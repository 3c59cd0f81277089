// The 32-bit C library that the Dart VM needs: the VM is built for 32-bit x86.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The loader that the VM's ELF header names. */
const LOADER = '/lib/ld-linux.so.2';

/**
 * Throws, with the command to run, where the library is missing and cannot be installed from here.
 *
 * @param {(note: string) => void} log
 */
export async function ensureLibc32(log) {
  if (existsSync(LOADER)) return;
  const needed = `the Dart VM needs the 32-bit C library (${LOADER})`;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new Error(`${needed}: install it (Fedora: dnf install glibc.i686)`);
  }
  const advice = 'apt-get update && apt-get install -y libc6-i386';
  if (process.getuid?.() !== 0) throw new Error(`${needed}: run sudo sh -c '${advice}'`);

  log(`${needed}: installing libc6-i386`);
  const problem = await aptGet();
  // Another process may have installed it in the meantime, which is just as good.
  if (existsSync(LOADER)) return;
  throw new Error(`${needed}, and installing it failed: run ${advice}\n${problem}`);
}

/** @returns why it failed, or '' */
async function aptGet() {
  try {
    await install();
    return '';
  } catch {
    // Fresh container images come without package lists, and old lists name packages that are gone.
  }
  try {
    await apt(['update']);
    await install();
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const install = () => apt(['install', '-y', '--no-install-recommends', 'libc6-i386']);

/** Waits for another apt-get instead of failing; its output is shown only in the error. */
function apt(/** @type {string[]} */ args) {
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    maxBuffer: 64 * 1024 * 1024,
  });
}
