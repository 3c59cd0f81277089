// `dev` with and without the explorer, while nobody looks at it, by turns in one run: from its start
// until it is ready, and warm requests over one kept connection. Must reach: within 2 %.

import { timedGet } from './processes.mjs';
import { dartService, machine, quantile, startDev } from './support.mjs';

const STARTS = 21;
const ROUNDS = 20;
const REQUESTS = 500;
const LIMIT = 1.02;

const { service, env, dart, remove } = await dartService();
/** @type {Record<string, string[]>} */
const OPTIONS = { with: ['--no-warm'], without: ['--no-warm', '--no-explorer'] };
const names = Object.keys(OPTIONS);
const start = (/** @type {string} */ name) =>
  startDev(service, env, 'ignore', { options: OPTIONS[name] ?? [] });

/**
 * Neither goes first each time.
 *
 * @template T
 * @param {T[]} both
 * @param {number} run
 */
const inTurn = (both, run) => (run % 2 === 0 ? both : both.toReversed());

/** @type {Record<string, number[]>} */
const starts = Object.fromEntries(names.map((name) => [name, []]));
for (let run = 0; run < STARTS; run++) {
  for (const name of inTurn(names, run)) {
    const began = performance.now();
    const dev = await start(name);
    starts[name]?.push(performance.now() - began);
    await dev.stop();
  }
}

/** @type {Record<string, number[]>} */
const times = Object.fromEntries(names.map((name) => [name, []]));
const running = await Promise.all(names.map(async (name) => ({ name, dev: await start(name) })));
const ask = async (/** @type {string} */ origin) => (await timedGet(`${origin}/hello`)).ms;
for (const { dev } of running) for (let run = 0; run < 2000; run++) await ask(dev.origin);
for (let round = 0; round < ROUNDS; round++) {
  for (const { name, dev } of inTurn(running, round)) {
    for (let run = 0; run < REQUESTS; run++) times[name]?.push(await ask(dev.origin));
  }
}
for (const { dev } of running) await dev.stop();
remove();

console.log(`${machine()}; Dart ${dart}; medians by turns`);
for (const [what, measured] of Object.entries({ 'until ready': starts, 'warm GET': times })) {
  const median = (/** @type {string} */ name) => quantile(measured[name] ?? [], 0.5);
  const ratio = median('with') / median('without');
  const both = names.map((name) => `${name} ${median(name).toFixed(3)} ms`).join(', ');
  console.log(`${what}: ${both}; ratio ${ratio.toFixed(3)} (must be at most ${LIMIT})`);
  if (ratio > LIMIT) process.exitCode = 1;
}
