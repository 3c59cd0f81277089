// `create-lambda-hello deploy` next to plain `npx serverless deploy`, by turns in one run, against
// moto_server. What is deployed is compiled already, and each run makes a stack of its own.
// Must reach: at most 1.05 times the plain one.

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cli, dartEnv, machine, quantile, temporaryFolder } from './support.mjs';

const RUNS = 9;
const dart = await dartEnv();
const { folder, remove } = temporaryFolder();

const port = await freePort();
const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
const origin = `http://127.0.0.1:${port}`;
const env = {
  ...dart.env,
  AWS_ENDPOINT_URL: origin,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  // osls looks at the stack every 5 s, which would hide what is measured.
  SLS_AWS_MONITORING_FREQUENCY: '50',
};
try {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const flags = ['--arch', architecture, '--yes', '--no-git'];
  execFileSync(process.execPath, [cli, 'hello', ...flags], { cwd: folder, stdio: 'ignore' });
  const service = join(folder, 'hello');
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], { cwd: service, stdio: 'ignore' });
  await answering();

  /** @type {Record<string, (stage: string) => [string, string[]]>} */
  const commands = {
    'npx serverless deploy': (stage) => ['npx', ['serverless', 'deploy', '--stage', stage]],
    'create-lambda-hello deploy': (stage) => [process.execPath, [cli, 'deploy', '--stage', stage]],
  };
  const run = (/** @type {string} */ program, /** @type {string[]} */ args) => {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: service, env });
    const ms = performance.now() - start;
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
    return ms;
  };
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  let stages = 0;
  for (let turn = -1; turn < RUNS; turn++) {
    for (const [name, command] of Object.entries(commands)) {
      const stage = `s${stages++}`;
      const ms = run(...command(stage));
      if (turn >= 0) times[name]?.push(ms); // the first one compiles
      run(process.execPath, [cli, 'remove', '--yes', '--stage', stage]);
    }
  }
  console.log(`${machine()}; medians of ${RUNS} runs by turns`);
  const median = (/** @type {string} */ name) => quantile(times[name] ?? [], 0.5);
  for (const name of Object.keys(commands)) console.log(`${name}: ${median(name).toFixed(0)} ms`);
  const ratio = median('create-lambda-hello deploy') / median('npx serverless deploy');
  console.log(`ratio: ${ratio.toFixed(2)} (must be at most 1.05)`);
  process.exitCode = ratio <= 1.05 ? 0 : 1;
} finally {
  moto.kill('SIGKILL');
  remove();
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return address.port;
}

async function answering() {
  for (let tries = 0; tries < 300; tries++) {
    if (await fetch(`${origin}/moto-api/`).catch(() => undefined)) return;
    await sleep(100);
  }
  throw new Error('moto_server does not answer');
}
