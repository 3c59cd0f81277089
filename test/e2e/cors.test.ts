import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ask, invoke, startDev } from '../support/dev.ts';
import { readTree, temporaryFolder } from '../support/folders.ts';
import { cli, dartBin, succeed } from '../support/packed-cli.ts';

/* The packed CLI and a real Dart VM: what a page in a browser gets of a route with cors. */

const WARNING = 'no file of lib/ names Access-Control-Allow-Origin';
const GET_ORDER = ['--path', '/orders/{id:int}', '--response', 'id:int'];

/** The files without those that `dev` and Dart keep. */
const code = (tree: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(tree).filter(([path]) => !/^(\.dart_tool|pubspec\.lock)/.test(path)),
  );

describe.skipIf(dartBin === '')('a route of add-endpoint --cors', () => {
  let service: string;
  let before: Record<string, string>;

  beforeEach(() => {
    const cwd = temporaryFolder();
    succeed(cli(cwd, 'shop', '--yes', '--no-git'));
    service = join(cwd, 'shop');
    before = readTree(service);
    succeed(cli(service, 'add-endpoint', 'getOrder', ...GET_ORDER, '--cors'));
  });

  it('answers a page of another origin with the header, also where it refuses', async () => {
    const dev = await startDev(service, '--no-reload');
    await invoke(dev.origin, 'getOrder');
    const headers = { origin: 'https://shop.example' };
    const preflight = await fetch(`${dev.origin}/orders/7`, {
      method: 'OPTIONS',
      headers: { ...headers, 'access-control-request-method': 'GET' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    for (const [id, status] of [
      ['7', 200],
      ['x', 400],
    ] as const) {
      const response = await ask(`${dev.origin}/orders/${id}`, { headers });
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
        ...[status, '*'],
      ]);
    }
    expect(dev.log.join('\n')).not.toContain('Access-Control-Allow-Origin');
    dev.child.kill('SIGINT');
    await dev.exited;
    succeed(cli(service, 'remove-endpoint', 'getOrder'));
    expect(code(readTree(service))).toEqual(code(before));
  });

  it('is warned of by dev when the call is taken out of lib/main.dart while it runs', async () => {
    const dev = await startDev(service);
    expect(dev.log.join('\n')).not.toContain(WARNING);
    const main = join(service, 'lib/main.dart');
    const text = readFileSync(main, 'utf8');
    writeFileSync(main, text.replace('    ..use(cors())\n', ''));
    expect(await dev.logs(WARNING)).toContain('Try: add  ..use(cors())  to the Runtime');
  });
});
