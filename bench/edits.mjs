// What reading a service costs: `endpoints` and `add-endpoint` of this checkout and of another one
// (its folder is the argument, built), and of this one where settings lie in files of their own; by
// turns in one run.
// Must reach: not slower than the other one, and under 10 ms for each further file.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { cli, machine, quantile, temporaryFolder } from './support.mjs';

const RUNS = 31;
const FILES = 5;
const TOLERANCE = 1.05; // what two runs of the same program differ by
const PER_FILE_MS = 10;
const [other] = process.argv.slice(2);
const { folder, remove } = temporaryFolder();

/** @returns {number} ms */
function run(
  /** @type {string} */ program,
  /** @type {string} */ cwd,
  /** @type {string[]} */ args,
) {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [program, ...args], { cwd });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return ms;
}

/** Each version edits what it created: an older one cannot read the record of a newer one. */
function createService(/** @type {string} */ name, program = cli) {
  run(program, folder, [name, '--yes', '--no-git']);
  return join(folder, name);
}

/** Adds settings that lie in files of their own. */
function include(/** @type {string} */ service) {
  const file = join(service, 'serverless.yml');
  const names = Array.from({ length: FILES }, (_, index) => `settings-${index}.yml`);
  for (const name of names) writeFileSync(join(service, name), 'table: { name: orders }\n');
  const custom = names.map((name, index) => `  file${index}: \${file(${name}):table.name}\n`);
  writeFileSync(file, `${readFileSync(file, 'utf8')}\ncustom:\n${custom.join('')}`);
}

const plain = createService('plain');
const files = createService('files');
include(files);

const commands = {
  endpoints: ['endpoints'],
  'add-endpoint': ['add-endpoint', 'getOrder', '--path', '/orders/{id}', '--dry-run'],
};
/** @type {[name: string, program: string, service: string][]} */
const variants = [
  ['here', cli, plain],
  ['in files', cli, files],
];
if (other !== undefined) {
  const program = resolve(other, 'bin/create-lambda-hello.cjs');
  variants.push(['there', program, createService('there', program)]);
}

/** @type {Map<string, number[]>} */
const times = new Map();
for (let count = 0; count < RUNS; count++) {
  for (const [command, args] of Object.entries(commands)) {
    for (const [name, program, service] of variants) {
      const key = `${command} ${name}`;
      times.set(key, [...(times.get(key) ?? []), run(program, service, args)]);
    }
  }
}
remove();

console.log(`${machine()}; medians of ${RUNS} runs by turns`);
for (const command of Object.keys(commands)) {
  const median = (/** @type {string} */ name) =>
    quantile(times.get(`${command} ${name}`) ?? [], 0.5);
  const perFile = (median('in files') - median('here')) / FILES;
  console.log(`${command}: ${median('here').toFixed(0)} ms`);
  console.log(`  a further file: ${perFile.toFixed(1)} ms (must be under ${PER_FILE_MS} ms)`);
  if (perFile >= PER_FILE_MS) process.exitCode = 1;
  if (other === undefined) continue;
  const ratio = median('here') / median('there');
  console.log(`  over the other checkout: ${ratio.toFixed(2)} (must be at most ${TOLERANCE})`);
  if (ratio > TOLERANCE) process.exitCode = 1;
}
