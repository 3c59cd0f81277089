import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { listening } from '../support/listening.ts';

/** Reports each connection, each question to a name server and each program that a process starts. */
const WITNESS = `
const fs = require('node:fs');
const say = (what) => fs.appendFileSync(process.env.WITNESSED, what + '\\n');
const watch = (object, name, what) => {
  const original = object[name];
  object[name] = function (...args) { say(what(args)); return original.apply(this, args); };
};
watch(require('node:net').Socket.prototype, 'connect', () => 'connect');
watch(require('node:dgram').Socket.prototype, 'send', () => 'send');
for (const dns of [require('node:dns'), require('node:dns').promises]) {
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) watch(dns, name, () => name);
}
watch(require('node:child_process').ChildProcess.prototype, 'spawn', ([{ file }]) => 'spawn ' + file);
for (const name of ['spawnSync', 'execFileSync', 'execSync']) {
  watch(require('node:child_process'), name, ([file]) => 'spawn ' + file);
}
`;

/** Runs the packed command where registry and proxy are a server that counts who connects. */
async function run(...args: string[]) {
  let connections = 0;
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('connection', () => connections++);
  const origin = `http://127.0.0.1:${await listening(server)}`;

  const cwd = temporaryFolder();
  const witness = join(temporaryFolder(), 'witness.cjs');
  const witnessed = join(temporaryFolder(), 'witnessed');
  writeFileSync(witness, WITNESS);
  const child = spawn(inject('cli'), args, {
    cwd,
    stdio: 'ignore',
    env: {
      ...process.env,
      HOME: cwd,
      NODE_OPTIONS: `--require "${witness}"`,
      WITNESSED: witnessed,
      npm_config_registry: origin,
      npm_config_cache: join(cwd, '.npm'),
      npm_config_fetch_retries: '0',
      HTTP_PROXY: origin,
      HTTPS_PROXY: origin,
    },
  });
  const [status] = await once(child, 'close');
  return {
    created: existsSync(join(cwd, 'shop/serverless.yml')),
    status,
    connections,
    seen: existsSync(witnessed) ? readFileSync(witnessed, 'utf8').trim().split('\n') : [],
  };
}

it.each([
  [['shop', '--yes', '--no-git'], []],
  [['shop', '--yes'], ['spawn git']],
  [['shop', '--yes', '--no-install', '--no-git'], []],
])('%j creates a service without the network', async (args, seen) => {
  expect(await run(...args)).toEqual({ created: true, status: 0, connections: 0, seen });
});

it('a connection would be seen: --install asks the registry', async () => {
  const { created, status, connections, seen } = await run(
    'shop',
    '--yes',
    '--no-git',
    '--install',
  );
  // The registry of this test has nothing.
  expect({ created, status }).toEqual({ created: true, status: 1 });
  expect(connections).toBeGreaterThan(0);
  expect(seen).toEqual(expect.arrayContaining(['spawn npm', 'connect']));
});
