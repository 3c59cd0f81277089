// The kernel that a file compiles to, kept by the hash of what it is made of: many tests compile the
// same service in another folder, and compiling is the slowest thing that a test does. Kernels are kept
// only where DART_VM_KERNELS names a folder, as the tests' configuration does: what is measured compiles.

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startVm } from './start-vm.mjs';

const PACKAGES = fileURLToPath(new URL('../packages', import.meta.url));

/**
 * Compiles `file` to the kernel `output`, or copies one that was compiled from the same sources.
 *
 * @param {readonly string[]} vm of `commandLine`
 * @param {string} file
 * @param {string} output
 * @returns {Promise<number>} the compiler's exit code
 */
export async function compileKernel(vm, file, output) {
  const compile = (/** @type {string[]} */ ...more) =>
    startVm(vm, ['--snapshot-kind=kernel', `--snapshot=${output}`, ...more, file]);
  const folder = process.env.DART_VM_KERNELS;
  const root = packageRoot(file);
  if (!folder || root === undefined) return compile();

  const key = hashOf(root, file);
  const kept = join(folder, key);
  if (existsSync(kept)) {
    writeFileSync(output, moved(kept, root));
    return 0;
  }
  const inputs = `${output}.inputs`;
  try {
    const code = await compile(`--depfile=${inputs}`);
    // What was read besides the package is not in the hash, and neither is what was changed meanwhile.
    if (code === 0 && isWithin(inputs, root) && hashOf(root, file) === key) {
      keep(output, kept, root);
    }
    return code;
  } finally {
    rmSync(inputs, { force: true });
  }
}

/**
 * Runs a file by way of its kernel where kernels are kept, else as it is.
 *
 * @param {readonly string[]} vm of `commandLine`
 * @param {readonly string[]} options of the VM
 * @param {string} file
 * @returns {Promise<number>} the program's exit code, or the compiler's
 */
export async function runFile(vm, options, file) {
  if (!process.env.DART_VM_KERNELS) return startVm(vm, [...options, file]);
  const temporary = mkdtempSync(join(tmpdir(), 'dart-run-'));
  try {
    const kernel = join(temporary, 'kernel.dill');
    const code = await compileKernel(vm, file, kernel);
    return code === 0 ? await startVm(vm, [...options, kernel]) : code;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** The folder of the pubspec.yaml that counts for a file. */
function packageRoot(/** @type {string} */ file) {
  for (let folder = dirname(resolve(file)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pubspec.yaml'))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Of all Dart code that a file of the package can be made of, and of the length of the package's path.
 *
 * @param {string} root
 * @param {string} file
 */
function hashOf(root, file) {
  const hash = createHash('sha256');
  const add = (/** @type {string | Buffer} */ part) => hash.update(part).update('\0');
  add(JSON.stringify([relative(root, dirname(resolve(file))), urlOf(root).length]));
  for (const [folder, isRead] of /** @type {const} */ ([
    [root, (/** @type {string} */ path) => !/^(\.dart_tool|build|node_modules)\//.test(path)],
    [PACKAGES, () => true],
  ])) {
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (path.endsWith('.dart') && isRead(path.replaceAll(sep, '/'))) {
        add(path);
        add(readFileSync(join(folder, path)));
      }
    }
  }
  const packages = join(root, '.dart_tool/package_config.json');
  if (existsSync(packages)) add(readFileSync(packages));
  add(readFileSync(file));
  return hash.digest('hex');
}

/** Whether the compiler has read nothing but the package and the stand-ins for other packages. */
function isWithin(/** @type {string} */ inputs, /** @type {string} */ root) {
  // As make has it: `target: input input`, a space in a name after a backslash.
  const [, list = ''] = /^.*?: (.*)$/s.exec(readFileSync(inputs, 'utf8')) ?? [];
  const paths = list.trim().split(/(?<!\\) /);
  return paths.every((escaped) => {
    const path = resolve(escaped.replaceAll('\\ ', ' '));
    return path.startsWith(root + sep) || path.startsWith(PACKAGES + sep);
  });
}

const urlOf = (/** @type {string} */ root) => `${pathToFileURL(root).href}/`;

/** Before a kernel stands the URL of the folder that it was compiled in. */
function keep(
  /** @type {string} */ output,
  /** @type {string} */ kept,
  /** @type {string} */ root,
) {
  mkdirSync(dirname(kept), { recursive: true });
  const temporary = `${kept}.${process.pid}`;
  writeFileSync(temporary, Buffer.concat([Buffer.from(`${urlOf(root)}\n`), readFileSync(output)]));
  renameSync(temporary, kept);
}

/** A kernel as it would be if it had been compiled in the folder: stack traces name its files. */
function moved(/** @type {string} */ kept, /** @type {string} */ root) {
  const content = readFileSync(kept);
  const end = content.indexOf('\n');
  const [from, to] = [content.subarray(0, end), Buffer.from(urlOf(root))];
  const kernel = Buffer.from(content.subarray(end + 1));
  // The URLs are equally long, as the hash says, so that no offset in the kernel changes.
  for (let at = kernel.indexOf(from); at !== -1; at = kernel.indexOf(from, at + to.length)) {
    to.copy(kernel, at);
  }
  return kernel;
}
