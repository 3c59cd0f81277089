// The generated runtime's client of the Runtime API next to the same on dart:io's HttpClient: the
// hello service in a Dart process each, events one after the other, by turns in one run. Must reach:
// at most 0.6 times HttpClient's time of the Dart process an event.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { dartService, machine, quantile, root } from './support.mjs';

const ROUNDS = 11;
const EVENTS = 3000;
const WARM_UP = 5000;
const LIMIT = 0.6;
/** /proc counts the processor's time in hundredths of a second. */
const TICK_MS = 10;

const { service, env, dart, folder, remove } = await dartService();
execFileSync('dart', ['pub', 'get'], { cwd: service, env });
const withHttpClient = join(folder, 'http-client');
cpSync(service, withHttpClient, { recursive: true });
copyFileSync(
  join(root, 'bench/runtime-client/http_connection.dart'),
  join(withHttpClient, 'lib/runtime/http_connection.dart'),
);

const subjects = { Socket: await start(service), HttpClient: await start(withHttpClient) };
/** @type {Record<string, { cpu: number[], wall: number[] }>} */
const times = { Socket: { cpu: [], wall: [] }, HttpClient: { cpu: [], wall: [] } };
for (const { serve } of Object.values(subjects)) await serve(WARM_UP);
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, { serve }] of Object.entries(subjects)) {
    const { cpu, wall } = await serve(EVENTS);
    times[name]?.cpu.push(cpu);
    times[name]?.wall.push(wall);
  }
}
const memory = Object.entries(subjects).map(([name, { memory }]) => `${name} ${memory()} MB`);
for (const { stop } of Object.values(subjects)) stop();
remove();

console.log(`${machine()}; Dart ${dart}; ${ROUNDS} x ${EVENTS} events by turns`);
for (const kind of /** @type {const} */ (['cpu', 'wall'])) {
  const [ours, theirs] = ['Socket', 'HttpClient'].map((name) =>
    quantile(times[name]?.[kind] ?? [], 0.5),
  );
  const ratio = /** @type {number} */ (ours) / /** @type {number} */ (theirs);
  console.log(
    `${kind === 'cpu' ? "processor's time of the Dart process" : 'wall time'} an event: ${ours?.toFixed(3)} ms, HttpClient ${theirs?.toFixed(3)} ms: ${ratio.toFixed(2)} times${kind === 'cpu' ? ` (must be at most ${LIMIT})` : ''}`,
  );
  if (kind === 'cpu' && ratio > LIMIT) process.exitCode = 1;
}
console.log(`memory: ${memory.join(', ')}`);

/**
 * Starts the function of a service. `serve` has it answer that many events; it resolves with the
 * milliseconds an event: the processor's time of the process, and all of it.
 *
 * @param {string} cwd
 */
async function start(cwd) {
  const body = JSON.stringify({
    httpMethod: 'GET',
    path: '/hello',
    headers: { Host: 'localhost', Accept: '*/*' },
    queryStringParameters: null,
    requestContext: { stage: 'dev', requestId: 'id', identity: { sourceIp: '127.0.0.1' } },
    body: null,
    isBase64Encoded: false,
  });
  const event = Buffer.from(
    [
      'HTTP/1.1 200 OK',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Lambda-Runtime-Aws-Request-Id: 7fa5a3a4-5a2b-4b8e-9a07-9a1a1f1f0a5e',
      `Lambda-Runtime-Deadline-Ms: ${Date.now() + 600_000}`,
      'Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:eu-central-1:123456789012:function:hello',
      'Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0',
      '',
      body,
    ].join('\r\n'),
  );
  const accepted = Buffer.from(
    'HTTP/1.1 202 Accepted\r\nContent-Length: 16\r\n\r\n{"status":"OK"}\n',
  );
  /** @type {import('node:net').Socket | undefined} */
  let waiting;
  let left = 0;
  let done = () => {};
  const next = () => {
    if (left === 0) return done();
    left--;
    const socket = waiting;
    waiting = undefined;
    socket?.write(event);
  };
  // Bare bytes: node:http would take as long as what is measured.
  const server = createServer({ noDelay: true }, (socket) => {
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      for (;;) {
        const end = received.indexOf('\r\n\r\n');
        if (end < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(received.slice(0, end))?.[1] ?? 0);
        if (received.length < end + 4 + length) return;
        const isNext = received.startsWith('GET ');
        received = received.slice(end + 4 + length);
        if (isNext) {
          waiting = socket;
          next();
        } else {
          socket.write(accepted);
        }
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const ready = new Promise((resolve) => {
    done = () => resolve(undefined);
  });
  const child = spawn('dart', ['run', 'lib/main.dart'], {
    cwd,
    env: { ...env, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, _HANDLER: 'main.hello' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await ready;
  const pid = processOf(/** @type {number} */ (child.pid));
  return {
    /** @param {number} count */
    async serve(count) {
      const finished = new Promise((resolve) => {
        done = () => resolve(undefined);
      });
      left = count;
      const cpu = cpuMs(pid);
      const start = performance.now();
      next();
      await finished;
      return { cpu: (cpuMs(pid) - cpu) / count, wall: (performance.now() - start) / count };
    },
    memory: () => Math.round(Number(statusOf(pid, 'VmRSS')) / 1024),
    stop() {
      child.kill('SIGKILL');
      process.kill(pid, 'SIGKILL');
      server.close();
    },
  };
}

/** The process that runs the function: a stand-in of the command `dart` may start it as its child. */
function processOf(/** @type {number} */ pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return Number(children[0]) || pid;
}

/** The processor's time that a process has taken, in ms. */
function cpuMs(/** @type {number} */ pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // Behind the name, which may have spaces: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const [utime, stime] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(utime) + Number(stime)) * TICK_MS;
}

function statusOf(/** @type {number} */ pid, /** @type {string} */ key) {
  return new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
}
