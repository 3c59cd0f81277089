// Prints services as `serverless print --format json` does, many in one process: starting osls
// takes seconds, printing a fifth of one. It runs the script of osls itself, once for each.
//
//   node osls-print.cjs <package.json of osls> < [{ "cwd", "args", "env" }, ...]
//
// For each it writes a line: { "value": ... }, or { "error": what osls says }.

const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { dirname, join } = require('node:path');

const packageJson = process.argv[2] ?? '';
const load = createRequire(packageJson);
const script = join(dirname(packageJson), 'scripts/serverless.js');
const write = process.stdout.write.bind(process.stdout);

/** @type {Error | undefined} */
let failed;
let ended = () => {};
// osls ends with or without an error, then with its summary.
const handleError = load.resolve('./lib/cli/handle-error.js');
load(handleError);
Object.assign(require.cache[handleError] ?? {}, {
  /** @param {Error} error */
  exports: (error) => {
    failed = error;
  },
});
load('./lib/utils/log-deprecation.js').printSummary = async () => ended();

/** @param {{ cwd: string, args: string[], env: Record<string, string> }} service */
async function print({ cwd, args, env }) {
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, script, 'print', '--format', 'json', ...args];
  let printed = '';
  process.stdout.write = (/** @type {unknown} */ text) => {
    printed += text;
    return true;
  };
  failed = undefined;
  await new Promise((/** @type {(_: void) => void} */ resolve) => {
    ended = resolve;
    delete require.cache[script];
    require(script);
  });
  process.stdout.write = write;
  return failed !== undefined
    ? { error: /** @type {Error} */ (failed).message }
    : { value: JSON.parse(printed) };
}

(async () => {
  process.stderr.write = () => true;
  for (const service of JSON.parse(readFileSync(0, 'utf8'))) {
    write(`${JSON.stringify(await print(service))}\n`);
  }
  process.exit();
})();
