/**
 * Runs commands of osls one after the other in one process: most of the seconds that one of its
 * own takes go into loading it. Its script, which keeps a run, is loaded anew for each; it
 * clears itself what else is kept, the command line.
 *
 * Reads `{ osls, runs: [{ cwd, args, env }] }` from standard input and prints `[{ stdout, stderr, code }]`.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { osls, runs } = JSON.parse(readFileSync(0, 'utf8'));
const require = createRequire(import.meta.url);
const folder = dirname(osls);
const script = join(folder, 'scripts/serverless.js');
const write = process.stdout.write.bind(process.stdout);
const environment = { ...process.env };
/** @type {{ stdout: string, stderr: string, code: number | string }[]} */
const results = [];
const pending = [...runs];
let stdout = '';
let stderr = '';
process.stdout.write = (text) => {
  stdout += text;
  return true;
};
process.stderr.write = (text) => {
  stderr += text;
  return true;
};

// osls ends by leaving the event loop empty.
process.on('beforeExit', () => {
  // The first time, nothing has run.
  if (pending.length < runs.length) results.push({ stdout, stderr, code: process.exitCode ?? 0 });
  stdout = '';
  stderr = '';
  process.exitCode = 0;
  const next = pending.shift();
  if (next === undefined) {
    // What is being written is no empty event loop, and is followed by another one.
    process.removeAllListeners('beforeExit');
    write(JSON.stringify(results));
    return;
  }
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment, next.env);
  delete require.cache[script];
  process.removeAllListeners('uncaughtException');
  process.chdir(next.cwd);
  process.argv = [process.execPath, join(folder, 'bin/serverless.js'), ...next.args];
  require(script);
});
