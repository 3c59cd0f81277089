// `dart compile exe` and `dart compile kernel`, by the VM's own compiler front end.
//
// Real: the front end with its errors, and what the program does when it runs. Faked: the machine
// code. The VM has no AOT compiler, so an "executable" is a tiny ELF program that starts the VM on the
// kernel behind it: one file that still works after it was zipped, moved and unzipped, on this
// machine, where the VM is. Its header names the processor of --target-arch, but only that for
// linux_x64 can run here.

import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { elfOf } from './elf.mjs';
import { Failure, main, USAGE } from './exit.mjs';
import { compileKernel } from './kernels.mjs';
import { commandLine } from './start-vm.mjs';

/** The SDK's codes of `dart compile`; 254 for a compile error is `dart run`'s. */
const COMPILE_ERROR = 64;
const CROSS_COMPILE_ERROR = 128;
const GENERIC_ERROR = 255;

const TARGETS = ['linux_arm', 'linux_arm64', 'linux_riscv64', 'linux_x64'];

await main(async () => {
  const { vm, args: given } = commandLine(process.argv.slice(2));
  const [kind = '', ...args] = given;
  if (kind !== 'exe' && kind !== 'kernel') {
    throw new Failure(USAGE, `dart: the stand-in does not support: compile ${kind}`);
  }
  const { file, output, target } = parse(kind, args);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new Failure(GENERIC_ERROR, `"${file}" file not found.`);
  }
  if (!TARGETS.includes(target)) {
    const supported = `Supported target platforms: ${TARGETS.join(', ')}`;
    throw new Failure(CROSS_COMPILE_ERROR, `Unsupported target platform ${target}.\n${supported}`);
  }
  if (kind === 'kernel') console.log(`Compiling ${file} to kernel file ${output}.`);

  const temporary = mkdtempSync(join(tmpdir(), 'dart-compile-'));
  try {
    const kernel = join(temporary, 'kernel.dill');
    const code = await compileKernel(vm, file, kernel);
    if (code === 254 || code === 255) {
      throw new Failure(COMPILE_ERROR, kind === 'exe' ? 'Error: AOT compilation failed' : '');
    }
    if (code !== 0) return code;
    const compiled = readFileSync(kernel);
    write(output, kind === 'exe' ? executable(vm, compiled, target) : compiled, kind);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  if (kind === 'exe') console.log(`Generated: ${resolve(output)}`);
  return 0;
});

/** @param {'exe' | 'kernel'} kind @param {string[]} args */
function parse(kind, args) {
  const output = /** @type {const} */ ({ type: 'string', short: 'o' });
  const string = /** @type {const} */ ({ type: 'string' });
  const options =
    kind === 'exe' ? { output, 'target-os': string, 'target-arch': string } : { output };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file] = positionals;
    if (file === undefined) throw new Error('Missing Dart entry point.');
    if (positionals.length > 1) throw new Error('Unexpected arguments after Dart entry point.');
    const target = `${values['target-os'] ?? 'linux'}_${values['target-arch'] ?? 'x64'}`;
    const extension = kind === 'exe' ? 'exe' : 'dill';
    return { file, target, output: values.output ?? `${file.replace(/\.dart$/, '')}.${extension}` };
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('. ');
    throw new Failure(USAGE, `dart: the stand-in does not support: compile ${kind}: ${reason}`);
  }
}

/**
 * An executable that starts the VM on the kernel behind it, by way of a shell. The VM reads its
 * program from a file that it can seek in, so the kernel goes through a temporary one, which is gone
 * before the VM starts. Nothing is looked up on PATH: AWS Lambda's environment may have none.
 *
 * @param {readonly string[]} vm @param {Buffer} kernel @param {string} target
 */
function executable(vm, kernel, target) {
  const script = (/** @type {string} */ offset) => `
kernel=$(command -p mktemp) || exit 255
command -p tail -c +${offset} "$0" >"$kernel" && exec 9<"$kernel" || exit 255
command -p rm -f "$kernel"
exec ${vm.map((path) => quote(resolve(path))).join(' ')} --disable-dart-dev /dev/fd/9
`;
  // tail counts from 1, and the offset has as many digits as the dots that stand for it.
  const placeholder = '......';
  const offset = String(elfOf(script(placeholder), target).length + 1);
  return Buffer.concat([elfOf(script(offset.padStart(placeholder.length, '0')), target), kernel]);
}

/** As one word of a shell command. */
function quote(/** @type {string} */ text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Whole or not at all, and never into a file that is being run. */
function write(
  /** @type {string} */ output,
  /** @type {Buffer} */ content,
  /** @type {'exe' | 'kernel'} */ kind,
) {
  const temporary = `${output}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, content);
    if (kind === 'exe') chmodSync(temporary, 0o755);
    renameSync(temporary, output);
  } catch (error) {
    rmSync(temporary, { force: true });
    const reason = error instanceof Error ? error.message : error;
    throw new Failure(GENERIC_ERROR, `Unable to write ${output}: ${reason}`);
  }
}
