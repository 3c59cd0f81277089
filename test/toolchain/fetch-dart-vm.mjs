// Finds a Dart to test with: a real SDK where there is one, else a real Dart VM from npm behind the
// stand-in bin/dart. As a script it prints the folder to put first on PATH, and nothing else, to
// stdout:  PATH="$(node test/toolchain/fetch-dart-vm.mjs):$PATH"

import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './apt.mjs';
import { vmCommand } from './emulator.mjs';
import { findSdk } from './sdk.mjs';
import { fetchVm, tryVm } from './vm.mjs';

/**
 * @typedef {{ binDir: string, kind: 'sdk' | 'vm', emulated: boolean, dart: string, version: string }} Toolchain
 * `binDir` goes on PATH, `dart` is the program in it; `emulated`: 10 to 20 times slower than it would be.
 * @typedef {Readonly<Record<string, string | undefined>>} Env
 * @typedef {(note: string) => void} Log
 * @typedef {{ binDir: string, dart: string, version: string }} Sdk
 * @typedef {{ env?: Env, log?: Log, fetchSdk?: () => Promise<Sdk | undefined> }} Options
 * `fetchSdk` is tried before the VM where there is no SDK.
 */

const BIN = fileURLToPath(new URL('bin', import.meta.url));

/** @type {Log} */
const toStderr = (note) => console.error(note);

/**
 * The Dart to test with; fetches the VM when that is what is missing. Never throws for a reason
 * that is the machine's.
 *
 * @param {Options} options
 * @returns {Promise<Toolchain | { missing: string }>}
 */
async function ensureDart({ env = process.env, log = toStderr, fetchSdk }) {
  try {
    // Only the VM can be emulated.
    if (env.DART_VM_EMULATE !== '1') {
      const sdk = (await findSdk(env, log)) ?? (await fetchSdk?.());
      if (sdk !== undefined) return { kind: 'sdk', emulated: false, ...sdk };
    }

    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(
        `the Dart VM for tests runs on Linux x64 only, and this is ${process.platform} ` +
          `${process.arch}: install a Dart SDK and put it on PATH`,
      );
    }
    await ensureInstalled({
      file: '/lib/ld-linux.so.2', // the loader that the VM's ELF header names
      package: 'libc6-i386',
      why: 'the 32-bit C library',
      elsewhere: 'Fedora: dnf install glibc.i686',
      log,
    });
    const vm = await vmCommand(await fetchVm(env, log), env, log);
    const version = await tryVm(vm);
    return { binDir: BIN, kind: 'vm', emulated: vm.length > 1, dart: join(BIN, 'dart'), version };
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

/** @type {ReturnType<typeof ensureDart> | undefined} */
let ensured;

/**
 * For tests: the toolchain, or null where this machine can have none, said loudly because tests are
 * then skipped. Where REQUIRE_DART=1 is set, as in CI, a skip would hide a failure: it throws.
 *
 * @param {Options} options
 * @returns {Promise<Toolchain | null>}
 */
export async function requireDart({ env = process.env, log = toStderr, fetchSdk } = {}) {
  ensured ??= ensureDart({ env, log, ...(fetchSdk && { fetchSdk }) });
  const found = await ensured;
  if (!('missing' in found)) return found;
  if (env.REQUIRE_DART === '1') {
    throw new Error(`REQUIRE_DART=1, but there is no Dart: ${found.missing}`);
  }
  log(`NO DART: every test that needs Dart is SKIPPED: ${found.missing}`);
  return null;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const found = await ensureDart({});
  if ('missing' in found) {
    console.error(`NO DART: ${found.missing}`);
    process.exitCode = 1;
  } else {
    const emulated = found.emulated ? ', emulated' : '';
    console.error(`Dart ${found.version} (${found.kind}${emulated}): ${found.dart}`);
    console.log(found.binDir);
  }
}
