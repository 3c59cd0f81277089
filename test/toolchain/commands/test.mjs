// `dart test [PATHS]`: the test files of the current package in one VM process, by way of a program
// that imports them all and hands their `main` to the stand-in package:test.

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { DATA, Failure, main, USAGE } from './exit.mjs';
import { runFile } from './kernels.mjs';
import { pubGet } from './pub-get.mjs';
import { commandLine } from './start-vm.mjs';

/** What the program ends with when all has passed, so that a test that calls exit(0) is no success. */
const ALL_PASSED = 100;

const PACKAGES = '.dart_tool/package_config.json';

await main(async () => {
  const { vm, args } = commandLine(process.argv.slice(2));
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) {
    throw new Failure(USAGE, `dart: the stand-in does not support: test ${option}`);
  }
  if (!existsSync('pubspec.yaml')) {
    throw new Failure(
      DATA,
      'No pubspec.yaml file found - run this command in your project folder.',
    );
  }
  if (isOutdated()) pubGet(() => {});
  /** @type {{ packages: { name: string }[] }} */
  const { packages } = JSON.parse(readFileSync(PACKAGES, 'utf8'));
  if (!packages.some(({ name }) => name === 'test')) {
    throw new Failure(DATA, 'Could not find package `test`: add it to dev_dependencies.');
  }
  const files = testFiles(args);
  mkdirSync('.dart_tool', { recursive: true });
  const program = join('.dart_tool', `test_${process.pid}.dart`);
  writeFileSync(program, programOf(files));
  try {
    // The real runner enables asserts too.
    const code = await runFile(vm, ['--enable-asserts'], program);
    if (code === ALL_PASSED) return 0;
    if (code !== 0) return code;
    throw new Failure(1, 'A test ended the whole process with exit code 0.');
  } finally {
    rmSync(program, { force: true });
  }
});

/** Whether `dart test` has to resolve the packages first; unlike `dart run FILE`, it looks at times. */
function isOutdated() {
  const resolved = statSync(PACKAGES, { throwIfNoEntry: false });
  return resolved === undefined || resolved.mtimeMs < statSync('pubspec.yaml').mtimeMs;
}

/** @param {string[]} paths */
function testFiles(paths) {
  if (paths.length === 0 && !existsSync('test')) {
    const text = 'No test files were passed and the default "test/" directory doesn\'t exist.';
    throw new Failure(DATA, text);
  }
  return (paths.length === 0 ? ['test'] : paths).flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) throw new Failure(1, `Failed to load "${path}": Does not exist.`);
    if (!stat.isDirectory()) return [path];
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('_test.dart'))
      .sort()
      .map((file) => join(path, file));
  });
}

/** @param {string[]} files */
function programOf(files) {
  const dart = (/** @type {string} */ text) => JSON.stringify(text).replaceAll('$', '\\$');
  const unique = [...new Set(files)];
  // Relative, so that the program is the same in every folder.
  const uri = (/** @type {string} */ file) =>
    relative('.dart_tool', file).split(sep).map(encodeURIComponent).join('/');
  return [
    "import 'package:test/src/runner.dart';",
    ...unique.map((file, i) => `import ${dart(uri(file))} as file${i};`),
    'Future<void> main() => runFiles({',
    ...unique.map((file, i) => `  ${dart(file)}: file${i}.main,`),
    `}, allPassed: ${ALL_PASSED});`,
    '',
  ].join('\n');
}
