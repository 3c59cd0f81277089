// `npm start`: from nothing to a running hello service, on this machine alone.
// Generates `hello` into a fresh folder, serves it with `dev`, calls both
// endpoints, prints their answers, and stops it again. The Dart is yours, else one
// that is fetched from the archive of Dart SDKs, else the VM for tests from npm.

import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireDart } from '../test/toolchain/fetch-dart-vm.mjs';
import { cli, quoteWord, root, startDev } from './support.mjs';

/** What was built, in the types of its sources. @type {typeof import('../src/api.ts')} */
const { installDart, UserError } = await import(pathToFileURL(join(root, 'dist/api.js')).href);

/** How long the archive may say nothing, in milliseconds: where there is no network the VM is taken. */
const STALL_MS = 5000;

const toolchain = await requireDart({ fetchSdk });
if (toolchain === null) {
  console.error('error: there is no Dart here to run the service with; the lines above tell why.');
  process.exit(1);
}
const env = { ...process.env, PATH: `${toolchain.binDir}${delimiter}${process.env.PATH}` };
const folder = mkdtempSync(join(tmpdir(), 'create-lambda-hello-'));
const service = join(folder, 'hello');
const name = toolchain.kind === 'sdk' ? toolchain.dart : 'the VM for tests';
console.log(`Dart ${toolchain.version} (${name})\n`);
if (toolchain.emulated) {
  console.log('Dart is emulated here: compiling takes a minute or so.\n');
}

console.log('$ create-lambda-hello hello --yes --no-git');
execFileSync(process.execPath, [cli, 'hello', '--yes', '--no-git'], {
  cwd: folder,
  stdio: 'inherit',
});

console.log('\n$ create-lambda-hello dev');
const dev = await startDev(service, env, 'inherit');
let failed = false;
try {
  await warmUp('hello', 'postRequest');
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

/** An SDK of the archive; undefined, without a word, where it cannot be had. */
async function fetchSdk() {
  let shown = 0;
  try {
    const { version, dart } = await installDart({
      stallMs: STALL_MS,
      onProgress: (step, { done, total }) => {
        const percent = total ? Math.floor((done / total) * 10) * 10 : 0;
        if (step !== 'fetch' || percent <= shown) return;
        if (shown === 0)
          console.error(`fetching a Dart SDK (${Math.round((total ?? 0) / 1e6)} MB)`);
        console.error(`  ${percent} %`);
        shown = percent;
      },
    });
    return { version, dart, binDir: dirname(dart) };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/**
 * Starts the functions by the Invoke API, which waits as long as that takes; API Gateway waits 29 s.
 *
 * @param {string[]} functions
 */
async function warmUp(...functions) {
  const start = performance.now();
  const tick = setInterval(() => {
    console.log(`compiling, ${Math.round((performance.now() - start) / 1000)} s`);
  }, 5000);
  try {
    for (const key of functions) {
      const url = `${dev.origin}/2015-03-31/functions/${key}/invocations`;
      await (await fetch(url, { method: 'POST', body: '{}' })).text();
    }
  } finally {
    clearInterval(tick);
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`Compiled and started both functions in ${seconds} s`);
}

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
