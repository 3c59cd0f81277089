// The VM is a program of 32-bit x86, which some kernels do not run. There it runs under the user-mode
// emulator of QEMU, 10 to 20 times slower. Nothing is registered in the kernel (binfmt_misc): whoever
// starts the VM starts the emulator with the VM as its argument.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensureInstalled } from './apt.mjs';

const run = promisify(execFile);

/** Of Debian's qemu-user-static. Also in bin/dart. */
const EMULATOR = '/usr/bin/qemu-i386-static';

/** Beside the VM, for bin/dart: the emulator that this machine needs. */
const RECORD = 'emulator';

/**
 * The words that start the VM on this machine: the VM alone, or after the emulator. Throws, with the
 * command to run, where the emulator is needed and cannot be installed from here.
 *
 * @param {string} vm
 * @param {Readonly<Record<string, string | undefined>>} env with DART_VM_EMULATE=1 it is emulated anyway
 * @param {(note: string) => void} log
 * @returns {Promise<string[]>}
 */
export async function vmCommand(vm, env, log) {
  const forced = env.DART_VM_EMULATE === '1';
  if (!forced) {
    const needed = !(await runsNatively(vm));
    await record(vm, needed);
    if (!needed) return [vm];
  }
  await ensureInstalled({
    file: EMULATOR,
    package: 'qemu-user-static',
    why: forced ? 'DART_VM_EMULATE=1 asks for QEMU' : 'this kernel runs no 32-bit programs',
    elsewhere: 'Fedora: dnf install qemu-user-static',
    log,
  });
  return [EMULATOR, vm];
}

/** @param {string} vm @returns whether the kernel executes it; throws when it fails otherwise */
async function runsNatively(vm) {
  try {
    await run(vm, ['--version']);
    return true;
  } catch (error) {
    if (isOfAnotherMachine(error)) return false;
    throw error;
  }
}

/**
 * ENOEXEC, or what becomes of it: execvp(3), by which Node.js starts programs, gives a file that the
 * kernel refuses to a shell, which finds no script in it.
 *
 * @param {unknown} error
 */
export function isOfAnotherMachine(error) {
  const { code, stderr } = /** @type {{ code?: unknown, stderr?: unknown }} */ (error);
  if (code === 'ENOEXEC') return true;
  const shell = /syntax error|exec format error|cannot execute binary file/i;
  return (code === 2 || code === 126) && shell.test(String(stderr));
}

/** Whole or not at all: another process may read it meanwhile. */
async function record(/** @type {string} */ vm, /** @type {boolean} */ needed) {
  const file = join(dirname(vm), RECORD);
  if (!needed) return rm(file, { force: true });
  if (existsSync(file) && (await readFile(file, 'utf8')).trim() === EMULATOR) return;
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, `${EMULATOR}\n`);
  await rename(temporary, file);
}
