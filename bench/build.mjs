// A second `serverless build` with nothing changed, next to `serverless print`, by
// turns in one run. Must reach: at most 100 ms more. Builds twice from the same
// sources too, which must give the same zip. An argument is a number of endpoints to have beside the
// first two, and a package of 2,000 classes with them.

import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addEndpoints, addLargeDependency } from './services.mjs';
import { args, cli, dartEnv, machine, quantile, temporaryFolder } from './support.mjs';

const RUNS = 15;
const MORE_ENDPOINTS = Number(args[0] ?? 0);
const { env } = await dartEnv();
const { folder, remove } = temporaryFolder();
const service = join(folder, 'hello');
const arch = process.arch === 'x64' ? 'x86_64' : 'arm64';
execFileSync(process.execPath, [cli, 'hello', '--yes', '--no-git', '--arch', arch], {
  cwd: folder,
  stdio: 'ignore',
});
if (MORE_ENDPOINTS > 0) {
  addEndpoints(service, MORE_ENDPOINTS);
  addLargeDependency(service, 2000);
}

execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: service, stdio: 'ignore' });

/** Runs `npx serverless ...`; its milliseconds. @param {string[]} args */
function serverless(...args) {
  const start = performance.now();
  const { status, stderr } = spawnSync('npx', ['serverless', ...args], { cwd: service, env });
  if (status !== 0) throw new Error(`serverless ${args.join(' ')} ended with ${status}: ${stderr}`);
  return performance.now() - start;
}
const zip = () =>
  createHash('sha256')
    .update(readFileSync(join(service, `build/lambda/main-${arch}.zip`)))
    .digest('hex');

serverless('build');
const first = zip();
rmSync(join(service, 'build'), { recursive: true });
serverless('build');
const same = zip() === first;

const times = { print: /** @type {number[]} */ ([]), build: /** @type {number[]} */ ([]) };
for (let run = 0; run < RUNS; run++) {
  times.print.push(serverless('print'));
  times.build.push(serverless('build'));
}
remove();

const [print, build] = [quantile(times.print, 0.5), quantile(times.build, 0.5)];
console.log(`${machine()}; ${2 + MORE_ENDPOINTS} endpoints; medians of ${RUNS} runs by turns`);
console.log(`serverless print: ${print.toFixed(0)} ms`);
console.log(`serverless build, nothing changed: ${build.toFixed(0)} ms`);
console.log(`more: ${(build - print).toFixed(0)} ms (must be under 100)`);
console.log(`two builds of the same sources give the same zip: ${same}`);
process.exitCode = build - print < 100 && same ? 0 : 1;
