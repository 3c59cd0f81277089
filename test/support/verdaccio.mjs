// An npm registry on this machine, and a machine that knows nothing but it. Plain Node, for tests
// and benches. The registry is verdaccio, the real one: 300 packages, so it is fetched when it is
// needed and is no devDependency.

import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The last one that runs on Node 20. */
const VERSION = '6.8.0';
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SELF = fileURLToPath(import.meta.url);
const SERVE = 'serve';

/**
 * The folder that verdaccio is installed in; fetched once for a checkout. Throws where npm cannot
 * fetch it.
 *
 * @param {(note: string) => void} log
 */
export async function fetchVerdaccio(log) {
  const cache = join(ROOT, 'node_modules/.cache/create-lambda-hello');
  const folder = join(cache, `verdaccio-${VERSION}`);
  if (existsSync(folder)) return folder;
  log(`fetching verdaccio ${VERSION} (60 MB) into ${folder}`);
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'verdaccio-'));
  try {
    const manifest = {
      private: true,
      dependencies: { verdaccio: VERSION },
      // Its plugin for audits asks for the tag `cjs`; not every registry has others than `latest`.
      overrides: { 'node-fetch': '2.7.0' },
    };
    await writeFile(join(temporary, 'package.json'), JSON.stringify(manifest));
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await run('npm', args, { cwd: temporary });
    await rename(temporary, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another process was faster
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}

/**
 * Starts a registry of its own, on a free port. It has our package only once that is published; all
 * others come from the registry that npm is configured for.
 *
 * @param {string} verdaccio the folder from fetchVerdaccio
 */
export async function startRegistry(verdaccio) {
  // From the repository's root, so that its npm configuration counts too.
  const { stdout } = await run('npm', ['config', 'get', 'registry'], { cwd: ROOT });
  const folder = await mkdtemp(join(tmpdir(), 'create-lambda-hello-registry-'));
  const child = fork(SELF, [SERVE, verdaccio, folder, stdout.trim()], {
    cwd: folder,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const [port] = await Promise.race([
    once(child, 'message'),
    exited.then(([code]) => Promise.reject(new Error(`verdaccio ended with ${code}`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}/`,
    /** Stops it; nothing of it stays. */
    async stop() {
      child.disconnect();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What the forked process does: serves until the one that has forked it ends or disconnects. */
async function serve(
  /** @type {string} */ verdaccio,
  /** @type {string} */ folder,
  /** @type {string} */ upstream,
) {
  const { runServer } = createRequire(join(verdaccio, 'package.json'))('verdaccio');
  const server = await runServer({
    storage: join(folder, 'storage'),
    configPath: join(folder, 'config.yaml'), // not there; what it stores lies beside
    web: { enable: false },
    uplinks: { upstream: { url: upstream, timeout: '60s', max_fails: 100, cache: false } },
    packages: {
      'create-lambda-hello': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'stdout', level: 'fatal' },
  });
  process.on('disconnect', () => process.exit());
  server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
}

/**
 * A machine with Node and nothing else: an empty home with an empty npm cache, no npm configuration
 * but the registry, and an empty folder to work in.
 *
 * @param {string} registry its URL
 */
export async function emptyMachine(registry) {
  const folder = await mkdtemp(join(tmpdir(), 'create-lambda-hello-machine-'));
  const home = join(folder, 'home');
  const cwd = join(folder, 'work');
  await mkdir(home);
  await mkdir(cwd);
  await writeFile(join(home, '.npmrc'), `registry=${registry}\n`);
  // An npm that runs this leaves its configuration in npm_*.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|xdg_|ci$|node_options$)/i.test(name)),
  );
  return {
    cwd,
    home,
    /** @type {NodeJS.ProcessEnv} */
    env: {
      ...env,
      HOME: home,
      USERPROFILE: home,
      npm_config_globalconfig: join(home, 'none'),
      NO_COLOR: '1',
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Publishes this repository's package, built before, as its author would.
 *
 * @param {string} registry its URL
 */
export async function publish(registry) {
  const { home, env, remove } = await emptyMachine(registry);
  try {
    // npm publishes for nobody without a token; verdaccio takes any.
    const token = `${registry.replace('http:', '')}:_authToken=anyone\n`;
    await appendFile(join(home, '.npmrc'), token);
    // --ignore-scripts: building again would pull the build from under what runs beside this.
    await run('npm', ['publish', '--ignore-scripts'], { cwd: ROOT, env });
  } finally {
    await remove();
  }
}

if (process.argv[1] === SELF && process.argv[2] === SERVE) {
  const [verdaccio, folder, upstream] = process.argv.slice(3);
  await serve(`${verdaccio}`, `${folder}`, `${upstream}`);
}
