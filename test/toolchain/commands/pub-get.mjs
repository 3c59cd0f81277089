// `dart pub get` for a package that needs no other packages than the stand-ins in ../packages and those
// that it names by their path, which may depend on nothing.
// Works on the current folder. Run by bin/dart and by `dart test`.

import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Failure, main, NO_INPUT, UNAVAILABLE } from './exit.mjs';
import { readPubspec } from './pubspec.mjs';

/** The minor version of the VM, Dart 3.7.3. */
const VM_MINOR = 7;

/** Their versions satisfy what a generated service asks for; constraints are not looked at. */
const STAND_INS = new Map([
  ['aws_lambda_dart_runtime', '1.1.0'],
  ['http', '1.5.0'],
  ['lints', '6.0.0'],
  ['shelf', '1.4.2'],
  ['shelf_router', '1.1.4'],
  ['test', '1.26.0'],
]);

/** @param {(line: string) => void} print */
export function pubGet(print) {
  const root = packageRoot();
  const pubspec = readPubspec(readFileSync(join(root, 'pubspec.yaml'), 'utf8'));
  const { dependencies, devDependencies } = pubspec;
  const packages = [...dependencies, ...devDependencies]
    .map(([name, path]) => packageAt(root, pubspec.name, name, path))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  print('Resolving dependencies...');
  const kindOf = (/** @type {string} */ name) =>
    `direct ${dependencies.has(name) ? 'main' : 'dev'}`;
  const lock = lockFile(packages, kindOf, pubspec.sdk);
  const changed = writeIfChanged(join(root, 'pubspec.lock'), lock);
  mkdirSync(join(root, '.dart_tool'), { recursive: true });
  // Always written, and last: its time says when the packages were resolved.
  writeFileSync(join(root, '.dart_tool/package_config.json'), packageConfig(packages, pubspec));
  const count = `${packages.length} ${packages.length === 1 ? 'dependency' : 'dependencies'}`;
  print(changed && packages.length > 0 ? `Changed ${count}!` : 'Got dependencies!');
}

/** The nearest folder with a pubspec.yaml, from the current one up, as pub does. */
function packageRoot() {
  const start = process.cwd();
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pubspec.yaml'))) return folder;
    if (folder === dirname(folder)) {
      const text = `Found no \`pubspec.yaml\` file in \`${start}\` or parent directories`;
      throw new Failure(NO_INPUT, text);
    }
  }
}

/** @typedef {{ name: string, folder: string, version: string, languageVersion: string }} Package */

/**
 * The package that a dependency stands for.
 *
 * @param {string} root @param {string} dependent @param {string} name @param {string} [path]
 * @returns {Package}
 */
function packageAt(root, dependent, name, path) {
  if (path === undefined) {
    const version = STAND_INS.get(name);
    if (version !== undefined) {
      const folder = fileURLToPath(new URL(`../packages/${name}`, import.meta.url));
      return { name, folder, version, languageVersion: `3.${VM_MINOR}` };
    }
    const has = [...STAND_INS.keys()].join(', ');
    throw new Failure(
      UNAVAILABLE,
      `Because ${dependent} depends on ${name} which doesn't exist (the stand-in for the Dart ` +
        `SDK has only ${has}), version solving failed.`,
    );
  }
  const folder = resolve(root, path);
  const file = join(folder, 'pubspec.yaml');
  if (!existsSync(file)) {
    const text = `Because ${dependent} depends on ${name} from path which doesn't exist (could not find package ${name} at "${path}"), version solving failed.`;
    throw new Failure(UNAVAILABLE, text);
  }
  const { sdk } = readPubspec(readFileSync(file, 'utf8'));
  return { name, folder, version: '0.0.0', languageVersion: languageVersion(sdk) };
}

/** @param {Package[]} packages @param {{ name: string, sdk: string }} pubspec */
function packageConfig(packages, { name, sdk }) {
  const config = {
    configVersion: 2,
    packages: [
      ...packages.map((each) => ({
        name: each.name,
        rootUri: pathToFileURL(each.folder).href,
        packageUri: 'lib/',
        languageVersion: each.languageVersion,
      })),
      { name, rootUri: '../', packageUri: 'lib/', languageVersion: languageVersion(sdk) },
    ],
    generator: 'pub',
    generatorVersion: `3.${VM_MINOR}.3`,
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}

/**
 * The lower bound of the SDK constraint, as in pub, but never above the VM's own version: a service
 * asks for ^3.8.0, the first SDK that compiles for another OS, and the VM is 3.7.3 and refuses to
 * read a newer language. Pub would refuse such an SDK.
 */
function languageVersion(/** @type {string} */ sdk) {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(sdk) ?? [];
  if (major === undefined || Number(major) > 3) return `3.${VM_MINOR}`;
  return Number(major) < 3 ? `${major}.${minor}` : `3.${Math.min(Number(minor), VM_MINOR)}`;
}

/** @param {Package[]} packages @param {(name: string) => string} kindOf @param {string} sdk */
function lockFile(packages, kindOf, sdk) {
  const from = /\d+\.\d+\.\d+/.exec(sdk)?.[0] ?? '3.0.0';
  const below = `${Number.parseInt(from, 10) + 1}.0.0`;
  return [
    '# Generated by pub',
    packages.length > 0 ? 'packages:' : 'packages: {}',
    ...packages.flatMap(({ name, folder, version }) => [
      `  ${name}:`,
      `    dependency: "${kindOf(name)}"`,
      '    description:',
      `      path: ${JSON.stringify(folder)}`,
      '      relative: false',
      '    source: path',
      `    version: "${version}"`,
    ]),
    'sdks:',
    `  dart: ">=${from} <${below}"`,
    '',
  ].join('\n');
}

/** @param {string} path @param {string} content */
function writeIfChanged(path, content) {
  if (existsSync(path) && readFileSync(path, 'utf8') === content) return false;
  writeFileSync(path, content);
  return true;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(() => {
    pubGet(console.log);
    return 0;
  });
}
