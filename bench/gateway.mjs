// The local Lambda next to serverless-offline, whose JavaScript handler runs in its own process, and
// next to a bare loop of the Runtime API. One hello response, one run, by turns. Must reach: at 1 and 10
// connections at least the throughput of serverless-offline 14 and at most its p99, and 2.5 times its
// throughput with a runtime in C in place of Dart; at most 0.25 ms p50 over the bare loop.
// `--save` writes results/gateway.json.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { artifactOf } from '../templates/service/tool/serverless-dart.mjs';
import { load } from './load.mjs';
import { dartService, machine, quantile, root, saveResults, startDev } from './support.mjs';

const ROUNDS = 5;
const REQUESTS = 4000;
const WARM_UP = 1500;
const CONNECTIONS = [1, 10];
const OFFLINE = 'serverless-offline 14';
const OURS = 'create-lambda-hello, Dart';
const NATIVE = 'create-lambda-hello, runtime in C';
/** What a runtime in C must reach, in times of serverless-offline. */
const NATIVE_RATIO = 2.5;

const { service, env, dart, folder, remove } = await dartService();

const handler = join(service, 'lib/handlers/hello.dart');
const source = readFileSync(handler, 'utf8');
// The same response for all.
writeFileSync(
  handler,
  source.replace(
    /AwsApiGatewayResponse\.json\(\{[\s\S]*\}\)/,
    "AwsApiGatewayResponse.json({'message': 'hello'})",
  ),
);
execFileSync('dart', ['pub', 'get'], { cwd: service, env });

/** @typedef {{ url: string, stop: () => Promise<unknown> }} Subject */
/** @type {Record<string, Subject>} */
const subjects = {
  [OFFLINE]: await startOffline(),
  [OURS]: await startOurs(),
  [NATIVE]: await startNative(),
};

/** @type {Record<string, Record<number, { rate: number[], times: number[] }>>} */
const results = {};
for (const { url } of Object.values(subjects)) await load(url, 10, WARM_UP);
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, { url }] of Object.entries(subjects)) {
    for (const connections of CONNECTIONS) {
      const { rate, times } = await load(url, connections, REQUESTS);
      const all = results[name] ?? {};
      results[name] = all;
      const entry = all[connections] ?? { rate: [], times: [] };
      all[connections] = entry;
      entry.rate.push(rate);
      entry.times.push(...times);
    }
  }
}
const bare = await bareLoop();
for (const { stop } of Object.values(subjects)) await stop();
remove();

console.log(`${machine()}; Dart ${dart}; ${ROUNDS} x ${REQUESTS} requests by turns`);
let reached = true;
for (const connections of CONNECTIONS) {
  for (const name of Object.keys(subjects)) {
    const { rate, p50, p99 } = summary(name, connections);
    console.log(
      `${connections} connections, ${name}: ${rate.toFixed(0)} requests/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`,
    );
  }
  const [ours, native] = [summary(OURS, connections), summary(NATIVE, connections)];
  const theirs = summary(OFFLINE, connections);
  const ratio = (/** @type {{ rate: number }} */ { rate }) => rate / theirs.rate;
  console.log(
    `  over ${OFFLINE}: ${ratio(ours).toFixed(2)} times, in C ${ratio(native).toFixed(2)} times (must be 1 and ${NATIVE_RATIO})`,
  );
  reached &&= ratio(ours) >= 1 && ours.p99 <= theirs.p99 && ratio(native) >= NATIVE_RATIO;
}
const added = summary(OURS, 1).p50 - bare;
console.log(
  `bare loop of the Runtime API: p50 ${bare.toFixed(2)} ms; added: ${added.toFixed(2)} ms (must be under 0.25)`,
);
saveResults(
  'gateway',
  dart,
  CONNECTIONS.flatMap((connections) =>
    Object.keys(subjects).map((subject) => {
      const { rate, p50, p99 } = summary(subject, connections);
      return {
        subject,
        connections,
        'requests/s': Math.round(rate),
        'p50 (ms)': Number(p50.toFixed(2)),
        'p99 (ms)': Number(p99.toFixed(2)),
      };
    }),
  ),
);
process.exitCode = reached && added < 0.25 ? 0 : 1;

/** @param {string} name @param {number} connections */
function summary(name, connections) {
  const { rate = [], times = [] } = results[name]?.[connections] ?? {};
  return { rate: quantile(rate, 0.5), p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}

async function startOurs() {
  const dev = await startDev(service, env, 'ignore');
  return { url: `${dev.origin}/hello`, stop: dev.stop };
}

/** Serves a program in C as what \`build\` has compiled. */
async function startNative() {
  const native = join(folder, 'native');
  cpSync(service, native, { recursive: true });
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  const file = join(native, 'serverless.yml');
  const yml = readFileSync(file, 'utf8');
  writeFileSync(file, yml.replace(/architecture: \w+/, `architecture: ${architecture}`));
  const build = join(native, artifactOf('main.hello', architecture).folder);
  mkdirSync(build, { recursive: true });
  const source = join(root, 'bench/native-runtime/loop.c');
  execFileSync('cc', ['-O2', '-o', join(build, 'bootstrap'), source], { stdio: 'inherit' });
  const dev = await startDev(native, env, 'ignore', { options: ['--bootstrap'] });
  return { url: `${dev.origin}/hello`, stop: dev.stop };
}

async function startOffline() {
  const offline = join(folder, 'offline');
  mkdirSync(offline);
  writeFileSync(join(offline, 'package.json'), '{ "type": "module" }\n');
  // Only measured, so it is fetched here and is no dependency. osls runs it as Serverless would.
  const packages = ['serverless-offline@14', 'osls@4'];
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', ...packages], {
    cwd: offline,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  writeFileSync(
    join(offline, 'handler.js'),
    `export const hello = async () => ({ statusCode: 200, headers: { 'Content-Type': 'application/json' }, body: '{"message":"hello"}' });\n`,
  );
  writeFileSync(
    join(offline, 'serverless.yml'),
    `service: offline
provider: { name: aws, runtime: nodejs20.x, stage: dev }
plugins: [serverless-offline]
custom: { serverless-offline: { httpPort: 3991, lambdaPort: 3992, websocketPort: 3993, noPrependStageInUrl: true } }
functions:
  hello: { handler: handler.hello, events: [{ http: { method: get, path: hello } }] }
`,
  );
  const child = spawn('npx', ['serverless', 'offline'], {
    cwd: offline,
    env: { ...env, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.resume();
  const lines = createInterface({ input: child.stderr });
  await Promise.race([
    (async () => {
      for await (const line of lines) if (line.includes('Server ready')) return;
    })(),
    once(child, 'exit').then(() => Promise.reject(new Error('serverless offline ended'))),
  ]);
  child.stderr.resume();
  return {
    url: 'http://localhost:3991/hello',
    stop: async () => process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL'),
  };
}

/** The same function with nothing around it: the next event is sent as soon as the response is there. */
async function bareLoop() {
  const event = JSON.stringify({ headers: {}, requestContext: {} });
  /** @type {number[]} */
  const times = [];
  let started = 0;
  /** @type {() => void} */
  let done = () => {};
  const finished = new Promise((resolve) => {
    done = () => resolve(undefined);
  });
  const server = createServer({ noDelay: true, keepAliveTimeout: 0 }, (request, response) => {
    if (request.url?.endsWith('/next')) {
      if (times.length === REQUESTS + WARM_UP) return done();
      started = performance.now();
      response.writeHead(200, {
        'Content-Type': 'application/json',
        'Lambda-Runtime-Aws-Request-Id': String(times.length),
        'Lambda-Runtime-Deadline-Ms': String(Date.now() + 6000),
        'Lambda-Runtime-Invoked-Function-Arn': 'arn',
        'Lambda-Runtime-Trace-Id': 'Root=1',
      });
      response.end(event);
      return;
    }
    request.resume();
    request.on('end', () => {
      times.push(performance.now() - started);
      response.writeHead(202);
      response.end('{"status":"OK"}\n');
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const child = spawn('dart', ['run', 'lib/main.dart'], {
    cwd: service,
    env: { ...env, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, _HANDLER: 'main.hello' },
    stdio: 'ignore',
  });
  await finished;
  child.kill('SIGKILL');
  server.close();
  server.closeAllConnections();
  return quantile(times.slice(WARM_UP), 0.5);
}
