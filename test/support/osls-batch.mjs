/**
 * Runs commands of osls one after the other in one process: most of the seconds that one of its
 * own takes go into loading it. What osls keeps of a run lies in its own modules, which are
 * loaded anew for each. What it depends on stays, and so do the compiled schemas, which it keeps
 * by their content.
 *
 * Reads `{ osls, runs: [{ cwd, args, env }] }` from standard input and prints `[{ stdout, stderr, code }]`.
 */
import { readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

const { osls, runs } = JSON.parse(readFileSync(0, 'utf8'));
const require = createRequire(import.meta.url);
const folder = dirname(osls);
const own = [join(folder, 'lib') + sep, join(folder, 'scripts') + sep];
const schemas = join(folder, 'lib/classes/config-schema-handler/resolve-ajv-validate.js');
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
  if (results.length < runs.length - pending.length) {
    results.push({ stdout, stderr, code: process.exitCode ?? 0 });
  }
  stdout = '';
  stderr = '';
  process.exitCode = 0;
  const next = pending.shift();
  if (next === undefined) {
    if (results.length > 0) writeSync(1, JSON.stringify(results));
    results.length = 0;
    return;
  }
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment, next.env);
  for (const path of Object.keys(require.cache)) {
    if (path !== schemas && own.some((start) => path.startsWith(start))) delete require.cache[path];
  }
  process.removeAllListeners('uncaughtException');
  process.chdir(next.cwd);
  process.argv = [process.execPath, join(folder, 'bin/serverless.js'), ...next.args];
  require(join(folder, 'scripts/serverless.js'));
});
