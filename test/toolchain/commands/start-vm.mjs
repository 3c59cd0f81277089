// Runs the VM as a child, where something is left to do after it.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * The VM's exit code. A signal to this process goes to the VM, so that none outlives its caller.
 *
 * @param {string} vm
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function startVm(vm, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(vm, ['--disable-dart-dev', ...args], { stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)]);
    });
  });
}
