import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { sdkFiles, VERSION, withOneSdk } from '../../support/dart-archive.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';
import { runCli, startCli } from '../../support/installing.ts';

const SDK = '3.10.1-linux-x64';

/** An SDK of a hundred files, an empty cache, and the environment of a command that fills it. */
async function largeSdk() {
  const many = Array.from({ length: 100 }, (_, index) => [
    `dart-sdk/lib/file${index}.dart`,
    Buffer.alloc(20_000, `${index} `),
  ]);
  const { archive } = await withOneSdk({ ...sdkFiles(VERSION), ...Object.fromEntries(many) });
  const home = temporaryFolder();
  const cache = join(home, 'create-lambda-hello/dart-sdk');
  mkdirSync(cache, { recursive: true });
  return { cache, env: { FLUTTER_STORAGE_BASE_URL: archive.origin, XDG_CACHE_HOME: home } };
}

/** Starts the command; `delay` ms after it begins to write, it is killed. Returns how long it wrote. */
async function killedAfter(cache: string, env: Record<string, string>, delay: number) {
  const child = startCli([], env);
  const exited = once(child, 'exit');
  const own = `.create-lambda-hello-${child.pid}-`;
  const writes = new Promise<void>((resolve) => {
    const watcher = watch(cache, (_event, file) => file?.startsWith(own) && resolve());
    exited.finally(() => watcher.close());
  });
  await Promise.race([writes, exited]);
  const start = performance.now();
  const timer = setTimeout(() => child.kill('SIGKILL'), delay);
  const [, signal] = await exited;
  clearTimeout(timer);
  return { killed: signal === 'SIGKILL', ms: performance.now() - start };
}

it('killed at any moment it leaves a whole SDK or none, and the same command completes it', async () => {
  const { cache, env } = await largeSdk();
  expect((await runCli([], env)).code).toBe(0);
  const whole = readTree(join(cache, SDK));
  rmSync(join(cache, SDK), { recursive: true });
  const { ms } = await killedAfter(cache, env, 60_000);
  const seen = { killed: 0, none: 0, whole: 0, unfinished: 0 };
  for (let run = 0; run < 16 || (seen.whole === 0 && run < 100); run++) {
    rmSync(join(cache, SDK), { recursive: true, force: true });
    const { killed } = await killedAfter(cache, env, (run / 13) * ms);
    if (killed) seen.killed += 1;
    const names = readdirSync(cache);
    if (names.some((name) => name.startsWith('.'))) seen.unfinished += 1;
    if (names.includes(SDK)) {
      expect(readTree(join(cache, SDK))).toEqual(whole);
      seen.whole += 1;
    } else {
      seen.none += 1;
    }
  }
  // Moments before and after the rename were met.
  expect(seen.killed).toBeGreaterThan(5);
  expect(seen.none).toBeGreaterThan(0);
  expect(seen.whole).toBeGreaterThan(0);
  expect(seen.unfinished).toBeGreaterThan(0);
  rmSync(join(cache, SDK), { recursive: true, force: true });
  // Completes it, and removes what the killed ones have left.
  expect((await runCli([], env)).code).toBe(0);
  expect(readdirSync(cache)).toEqual([SDK]);
  expect(readTree(join(cache, SDK))).toEqual(whole);
});

it('two runs at once both succeed, and one SDK is there', async () => {
  const { cache, env } = await largeSdk();
  const runs = await Promise.all([runCli([], env), runCli(['--version', VERSION], env)]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  // On a busy machine one may start when the other is done: it finds the SDK.
  const fetching = runs.filter(({ stderr }) => stderr !== '');
  expect(fetching.length).toBeGreaterThan(0);
  for (const { stderr } of fetching) {
    expect(stderr).toMatch(/^Fetching Dart 3.10.1 for linux-x64 \(\d+ kB\): http/);
  }
  for (const { stdout } of runs) expect(stdout).toBe(`Dart 3.10.1 is in ${join(cache, SDK)}\n`);
  expect(readdirSync(cache)).toEqual([SDK]);
});

it('is cancelled by Ctrl-C with exit code 130, and nothing is kept', async () => {
  const { archive, path } = await withOneSdk();
  const halfWay = new Promise<void>((resolve) => {
    archive.on(path, (request, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      if (request.method === 'HEAD') response.end();
      else response.write('PK', () => resolve());
    });
  });
  const home = temporaryFolder();
  const env = { FLUTTER_STORAGE_BASE_URL: archive.origin, XDG_CACHE_HOME: home };
  const child = startCli([], env);
  const exited = once(child, 'exit');
  const stderr = text(child.stderr);
  await halfWay;
  child.kill('SIGINT');
  expect(await exited).toEqual([130, null]);
  expect(await stderr).toContain('error: Cancelled, nothing was written.');
  expect(readTree(home)).toEqual({ 'create-lambda-hello/dart-sdk/': '' });
});
