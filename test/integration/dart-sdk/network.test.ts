import { existsSync, readdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../src/errors.ts';
import { startArchive, VERSION, withOneSdk } from '../../support/dart-archive.ts';
import { failure } from '../../support/failure.ts';
import { closedPort, listening } from '../../support/listening.ts';

/** What is left in the cache. */
const left = (cache: string) => (existsSync(cache) ? readdirSync(cache) : []);

describe('a download that breaks', () => {
  it('is tried once more', async () => {
    const { install, archive, path, zip } = await withOneSdk();
    let times = 0;
    archive.on(path, (_, response) => {
      response.writeHead(200, { 'content-length': zip.length });
      times += 1;
      if (times > 1) return void response.end(zip);
      response.write(zip.subarray(0, 100), () => response.destroy());
    });
    expect(await install()).toMatchObject({ fetched: true });
    expect(times).toBe(2);
  });

  it('ends with an error when it breaks again, and nothing is kept', async () => {
    const { install, archive, path, zip, cache } = await withOneSdk();
    archive.on(path, (_, response) => {
      response.writeHead(200, { 'content-length': zip.length });
      response.write(zip.subarray(0, 100), () => response.destroy());
    });
    const error = await failure(install());
    expect(error.message).toBe(
      `${archive.origin}${path}: the connection broke before everything had arrived.`,
    );
    expect(error.hint).toContain('FLUTTER_STORAGE_BASE_URL');
    expect(left(cache)).toEqual([]);
  });

  it('is noticed by the checksum where no length was told', async () => {
    const { install, archive, path, zip, cache } = await withOneSdk();
    archive.on(path, (_, response) => response.end(zip.subarray(0, 100)));
    expect((await failure(install())).message).toContain('is not what its checksum says');
    expect(left(cache)).toEqual([]);
  });

  it.each([
    ['before its head', false],
    ['in its body', true],
  ])('is given up when nothing comes for a while %s', async (_, head) => {
    const { install, archive, path, cache } = await withOneSdk();
    archive.on(path, (_request, response) => {
      if (head) response.writeHead(200, { 'content-length': 1000 }).write('PK');
    });
    const error = await failure(install({ stallMs: 300 }));
    expect(error.message).toBe(`${archive.origin}${path} has sent nothing for 0.3 s.`);
    expect(left(cache)).toEqual([]);
  });

  it('goes on as long as something comes', async () => {
    const { install, archive, path, zip } = await withOneSdk();
    archive.on(path, (_, response) => {
      let at = 0;
      const step = Math.ceil(zip.length / 12);
      const timer = setInterval(() => {
        response.write(zip.subarray(at, at + step));
        at += step;
        if (at < zip.length) return;
        clearInterval(timer);
        response.end();
      }, 100);
    });
    // All of it takes 1.2 s.
    expect(await install({ stallMs: 1000 })).toMatchObject({ fetched: true });
  });

  it('is cancelled by the signal, and nothing is kept', async () => {
    const { install, archive, path, cache } = await withOneSdk();
    const stop = new AbortController();
    archive.on(path, (_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('PK');
    });
    const installing = install({ signal: stop.signal, onProgress: () => stop.abort() });
    await expect(installing).rejects.toBeInstanceOf(CancelledError);
    expect(left(cache)).toEqual([]);
  });
});

describe('redirects', () => {
  it('are followed, to other hosts too', async () => {
    const { install, archive, path, zip } = await withOneSdk();
    const other = await startArchive();
    archive.on(path, (_, response) =>
      response.writeHead(302, { location: `${other.origin}/elsewhere.zip` }).end(),
    );
    other.on('/elsewhere.zip', (_, response) =>
      response.writeHead(307, { location: 'here.zip' }).end(),
    );
    other.on('/here.zip', (_, response) => response.end(zip));
    expect(await install()).toMatchObject({ fetched: true });
  });

  it('that lead in a circle end', async () => {
    const { install, archive, path } = await withOneSdk();
    archive.on(path, (_, response) => response.writeHead(302, { location: path }).end());
    const error = await failure(install());
    expect(error.message).toBe(`${archive.origin}${path} redirects in a circle.`);
    expect(archive.requests.filter((request) => request === `GET ${path}`)).toHaveLength(6);
  });

  it.each([
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['http://', 'no address'],
  ])('to %s are not followed', async (location, told) => {
    const { install, archive, path } = await withOneSdk();
    archive.on(path, (_, response) => response.writeHead(302, { location }).end());
    expect((await failure(install())).message).toContain(
      `redirects to ${told}, which is not followed.`,
    );
  });
});

describe('an archive that does not help', () => {
  it('has no such version for this machine', async () => {
    const { install, cache } = await withOneSdk();
    const error = await failure(install({ version: '3.99.0' }));
    expect(error.message).toMatch(
      /^there is no Dart SDK 3.99.0 for linux-x64 in the archive: http/,
    );
    expect(error.hint).toContain('https://dart.dev/get-dart/archive');
    expect(left(cache)).toEqual([]);
  });

  it.each([500, 503, 403])('answers %i', async (status) => {
    const { install, archive, path, cache } = await withOneSdk();
    archive.on(path, (_, response) => response.writeHead(status).end());
    const error = await failure(install());
    expect(error.message).toBe(`${archive.origin}${path} answered with status ${status}.`);
    expect(error.exitCode).toBe(1);
    expect(left(cache)).toEqual([]);
  });

  it.each([
    '<html>Sign in</html>',
    '{}',
    'null',
    '{"version":"../../x"}',
    '{"version":"3.11.0-1.0.dev"}',
  ])('tells %s as the newest version', async (body) => {
    const { install, archive } = await withOneSdk();
    archive.on('/dart-archive/channels/stable/release/latest/VERSION', (_, response) =>
      response.end(body),
    );
    expect((await failure(install())).message).toContain('does not name a version of Dart.');
  });

  it('is not there', async () => {
    const { install } = await withOneSdk();
    const base = `http://127.0.0.1:${await closedPort()}`;
    const error = await failure(install({ env: { FLUTTER_STORAGE_BASE_URL: base } }));
    expect(error.message).toMatch(/cannot be reached: the connection was refused\.$/);
  });

  it('has a name that is not known', async () => {
    const { install } = await withOneSdk();
    const env = { FLUTTER_STORAGE_BASE_URL: 'http://archive.invalid' };
    const error = await failure(install({ env }));
    expect(error.message).toMatch(/cannot be reached: (there is no host|the host was not found)/);
    expect(error.hint).toContain('HTTPS_PROXY');
  });

  it('closes the connection at once', async () => {
    const { install } = await withOneSdk();
    const server = createServer((socket: Socket) => socket.destroy());
    const port = await listening(server);
    const env = { FLUTTER_STORAGE_BASE_URL: `http://127.0.0.1:${port}` };
    expect((await failure(install({ env, version: VERSION }))).message).toContain(
      'the connection broke before everything had arrived.',
    );
  });

  it('is no address at all', async () => {
    const { install } = await withOneSdk();
    const error = await failure(install({ env: { FLUTTER_STORAGE_BASE_URL: 'mirror' } }));
    expect(error.message).toBe('FLUTTER_STORAGE_BASE_URL is "mirror", which is not a URL.');
  });
});
