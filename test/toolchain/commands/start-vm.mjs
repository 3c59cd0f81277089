// Runs the VM as a child, where something is left to do after it.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * What bin/dart gives a command: how the VM is started here, and the arguments of the user.
 *
 * @param {string[]} given the emulator, empty where there is none, the VM, and the rest
 */
export function commandLine([emulator = '', vm = '', ...args]) {
  return { vm: emulator === '' ? [vm] : [emulator, vm], args };
}

/**
 * The VM's exit code. A signal to this process goes to the VM, so that none outlives its caller.
 *
 * @param {readonly string[]} vm of `commandLine`
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function startVm([program = '', ...before], args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...before, '--disable-dart-dev', ...args], { stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]);
    });
  });
}
