// `npm start`: from nothing to a running hello service, on this machine alone.
// Generates `hello` into a fresh folder, serves it with `dev` in a Dart VM,
// calls both endpoints, prints their answers, and stops it again.

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { requireDart } from '../test/toolchain/fetch-dart-vm.mjs';
import { cli, quoteWord, startDev } from './support.mjs';

const toolchain = await requireDart();
if (toolchain === null) {
  console.error('error: there is no Dart here to run the service with; the lines above tell why.');
  process.exit(1);
}
const env = { ...process.env, PATH: `${toolchain.binDir}${delimiter}${process.env.PATH}` };
const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-'));
const service = join(folder, 'hello');
console.log(
  `Dart ${toolchain.version} (${toolchain.kind === 'sdk' ? 'your SDK' : 'the VM for tests'})\n`,
);

console.log('$ create-lambda-hello hello --yes --no-install --no-git');
execFileSync(process.execPath, [cli, 'hello', '--yes', '--no-install', '--no-git'], {
  cwd: folder,
  stdio: 'inherit',
});

console.log('\n$ create-lambda-hello dev');
const dev = await startDev(service, env, 'inherit');
let failed = false;
try {
  await call('/hello');
  await call('/postRequest', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada' }),
  });
} finally {
  const code = await dev.stop();
  failed ||= code !== 0;
}
console.log(`\nThe service is in ${service}`);
const path = toolchain.kind === 'sdk' ? '' : `PATH=${quoteWord(toolchain.binDir)}:$PATH `;
console.log(`Go on with:  cd ${quoteWord(service)} && ${path}node ${quoteWord(cli)} dev`);
process.exitCode = failed ? 1 : 0;

/**
 * Calls an endpoint as a user would with curl, and prints its answer.
 *
 * @param {string} path
 * @param {RequestInit} init
 */
async function call(path, init = {}) {
  const start = performance.now();
  const response = await fetch(dev.origin + path, init);
  const answer = await response.text();
  const ms = (performance.now() - start).toFixed(0);
  console.log(`\n${init.method ?? 'GET'} ${path} -> ${response.status} in ${ms} ms`);
  console.log(answer);
  failed ||= response.status !== 200;
}
