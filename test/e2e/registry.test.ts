import { execFile } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTree } from '../support/folders.ts';
import { emptyMachine, fetchVerdaccio, publish, startRegistry } from '../support/verdaccio.mjs';

/*
 * What a stranger does: npm, npx and a registry that the package is published to, on a machine
 * with nothing else. Everything is real but the registry's place.
 */

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const own = json('package.json');
const generated = json('templates/service/package.json');

/** The folder of verdaccio, or null where it cannot be fetched; REQUIRE_REGISTRY makes that a failure. */
async function requireVerdaccio(): Promise<string | null> {
  try {
    return await fetchVerdaccio(console.warn);
  } catch (error) {
    if (process.env.REQUIRE_REGISTRY === '1') throw error;
    console.warn(`SKIPPED: npm create and npx from a registry; no verdaccio: ${error}`);
    return null;
  }
}

const verdaccio = await requireVerdaccio();

describe.skipIf(verdaccio === null)('the published package', () => {
  let machine: Awaited<ReturnType<typeof emptyMachine>>;
  let hello: string;

  beforeAll(async () => {
    const registry = await startRegistry(verdaccio ?? '');
    await publish(registry.url);
    machine = await emptyMachine(registry.url);
    hello = join(machine.cwd, 'hello');
    return () => Promise.all([registry.stop(), machine.remove()]);
  });

  /** Runs it to its end; stderr without what npm says by itself, which changes with its version. */
  function run(cwd: string, line: string): Promise<{ code: number; out: string; err: string }> {
    const [program = '', ...args] = line.split(' ');
    return new Promise((resolve) => {
      const child = execFile(program, args, { cwd, env: machine.env }, (_error, out, stderr) => {
        const err = stderr.replace(/^npm (warn|notice)\b.*\n/gm, '');
        resolve({ code: child.exitCode ?? -1, out, err });
      });
    });
  }

  /** Its files with their content, without what git and npm have put there. */
  function filesOf(service: string): Record<string, string> {
    const files = Object.entries(readTree(service));
    return Object.fromEntries(files.filter(([path]) => !/^(\.git|node_modules)\//.test(path)));
  }

  it('is what npm view shows', async () => {
    const fields = 'name version bin dist-tags dependencies license';
    const { out } = await run(machine.cwd, `npm view create-lambda-hello ${fields} --json`);
    const { name, version, bin, license } = own;
    const latest = { 'dist-tags': { latest: version } };
    expect(JSON.parse(out)).toEqual({ name, version, bin, license, ...latest });
  });

  it('creates a service by npm create, with its osls where it is to be installed', async () => {
    const { code, out, err } = await run(
      machine.cwd,
      'npm create lambda-hello@latest hello -- --yes --install',
    );
    expect(code, out + err).toBe(0);
    expect(out).toMatch(/(^|\n)hello\/\n├── lib\/\n[\s\S]*\n\nNext steps:\n {2}cd hello\n/);
    expect(err).toMatch(/^\$ git init --quiet\n\$ npm install [^\n]*\n\nadded \d+ packages in /);
    expect(json(join(hello, 'node_modules/osls/package.json')).version).toBe(
      generated.devDependencies.osls,
    );
  });

  it('creates the same service by npx', async () => {
    const result = await run(machine.cwd, 'npx --yes create-lambda-hello hello2 --yes --no-git');
    expect(result).toMatchObject({ code: 0, err: '' });
    expect(result.out).toMatch(/^hello2\/\n[\s\S]*\n {2}cd hello2\n {2}make dev /);
    const { 'package-lock.json': lock, ...files } = filesOf(hello);
    expect(lock).toContain('node_modules/osls');
    // The checksums of what has the name in it differ as well.
    const alike = (tree: Record<string, string>) =>
      Object.entries(tree).map(([path, text]) => [
        path,
        text.replaceAll('hello2', 'hello').replaceAll(/"[0-9a-f]{8}"/g, '"checksum"'),
      ]);
    expect(alike(filesOf(join(machine.cwd, 'hello2')))).toEqual(alike(files));
  });

  it('writes plain files that are not executable, .gitignore among them', () => {
    const paths = Object.keys(filesOf(hello));
    expect(paths).toEqual(
      expect.arrayContaining(['.gitignore', 'lib/main.dart', 'serverless.yml']),
    );
    for (const path of paths) {
      const { mode } = lstatSync(join(hello, path));
      // A regular file, which its owner may read and write.
      expect([path, (mode & 0o170700).toString(8)]).toEqual([path, '100600']);
    }
  });

  it('adds and removes an endpoint by npx in the service', async () => {
    const before = filesOf(hello);
    const flags = '--path /orders/{id:int} --response id:int,total:double';
    const added = await run(hello, `npx --yes create-lambda-hello add-endpoint getOrder ${flags}`);
    expect(added).toMatchObject({
      code: 0,
      err: 'Added GET /orders/{id}. Its code: lib/handlers/get_order.dart\n',
    });
    expect(added.out).toMatch(/^create {2}lib\/handlers\/get_order\.dart$/m);
    const after = filesOf(hello);
    expect(after['serverless.yml']).toContain('          path: /orders/{id}\n');
    expect(after['lib/handlers/get_order.dart']).toContain('getOrder');

    const removed = await run(hello, 'npx --yes create-lambda-hello remove-endpoint getOrder');
    expect(removed).toMatchObject({ code: 0, err: '' });
    expect(removed.out).toMatch(/^delete {2}lib\/handlers\/get_order\.dart$/m);
    expect(filesOf(hello)).toEqual(before);
  });

  it('keeps exit code and message through npx', async () => {
    const { code, out, err } = await run(hello, 'npx --yes create-lambda-hello add-endpoint hello');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^error: [^\n]+\nTry: [^\n]+\n/);
  });

  it('is installed alone, with a command that may be executed', () => {
    const npx = join(machine.home, '.npm/_npx');
    const installs = readdirSync(npx);
    expect(installs.length).toBeGreaterThan(0);
    for (const install of installs) {
      const modules = join(npx, install, 'node_modules');
      const visible = readdirSync(modules).filter((name) => !name.startsWith('.'));
      expect(visible).toEqual(['create-lambda-hello']);
      const unpacked = join(modules, 'create-lambda-hello');
      expect(readdirSync(unpacked)).not.toContain('node_modules');
      expect(json(join(unpacked, 'package.json'))).not.toHaveProperty('dependencies');
      expect(lstatSync(join(unpacked, own.bin['create-lambda-hello'])).mode & 0o111).toBe(0o111);
    }
  });

  it('leaves nothing in the home of its user', () => {
    expect(readdirSync(machine.home).sort()).toEqual(['.npm', '.npmrc']);
    expect(readdirSync(machine.cwd).sort()).toEqual(['hello', 'hello2']);
  });
});
