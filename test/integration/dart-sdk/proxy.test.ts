import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import tls from 'node:tls';
import { describe, expect, it } from 'vitest';
import { sha256, VERSION, withOneSdk, zipPath } from '../../support/dart-archive.ts';
import { HIDDEN_HOST, startProxy } from '../../support/dart-proxy.ts';
import { failure } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { runCli } from '../../support/installing.ts';
import { listening } from '../../support/listening.ts';
import { findProgram } from '../../support/moto.ts';

const HIDDEN = { FLUTTER_STORAGE_BASE_URL: `http://${HIDDEN_HOST}` };

describe('an archive that only a proxy reaches', () => {
  it.each(['http_proxy', 'HTTP_PROXY', 'ALL_PROXY'])('is reached by %s', async (name) => {
    const { install, archive, path } = await withOneSdk();
    const proxy = await startProxy(archive.port);
    const env = { ...HIDDEN, [name]: `http://${proxy.host}`, NO_PROXY: 'localhost' };
    expect(await install({ env })).toMatchObject({ version: VERSION, fetched: true });
    expect(proxy.requests.at(-1)).toBe(`GET http://${HIDDEN_HOST}${path}`);
  });

  it('is reached with the name and the password of the proxy', async () => {
    const { install, archive } = await withOneSdk();
    const proxy = await startProxy(archive.port, (given) => (given === 'ada:p w' ? 200 : 407));
    const env = { ...HIDDEN, HTTP_PROXY: `http://ada:p%20w@${proxy.host}` };
    expect(await install({ env })).toMatchObject({ fetched: true });
  });

  it('is not reached where NO_PROXY names it', async () => {
    const { install, archive } = await withOneSdk();
    const proxy = await startProxy(archive.port);
    const env = { ...HIDDEN, HTTP_PROXY: `http://${proxy.host}`, no_proxy: '.invalid' };
    expect((await failure(install({ env }))).message).toContain('cannot be reached');
    expect(proxy.requests).toEqual([]);
  });
});

describe('a proxy that does not help', () => {
  it('wants a password, and none is shown', async () => {
    const { install, archive } = await withOneSdk();
    const proxy = await startProxy(archive.port, () => 407);
    const env = { ...HIDDEN, HTTP_PROXY: `http://ada:secret@${proxy.host}` };
    const error = await failure(install({ env }));
    expect(error.message).toBe(
      `the proxy http://${proxy.host} refuses to connect to ${HIDDEN_HOST}: status 407.`,
    );
    expect(`${error.message}${error.hint}`).not.toContain('secret');
  });

  it.each([403, 407, 502])('refuses to connect with %i', async (status) => {
    const { install, archive } = await withOneSdk();
    const proxy = await startProxy(archive.port, () => status);
    const env = { HTTPS_PROXY: proxy.host };
    const error = await failure(install({ env }));
    expect(error.message).toBe(
      `the proxy http://${proxy.host} refuses to connect to storage.googleapis.com: status ${status}.`,
    );
    expect(proxy.requests).toEqual(['CONNECT storage.googleapis.com:443']);
  });

  it('does not answer', async () => {
    const { install, archive } = await withOneSdk();
    const proxy = await startProxy(archive.port, () => 0);
    const env = { HTTPS_PROXY: `http://${proxy.host}` };
    const error = await failure(install({ env, stallMs: 300 }));
    expect(error.message).toContain(`through the proxy http://${proxy.host} has sent nothing`);
  });

  it('is of a kind that is not known', async () => {
    const { install } = await withOneSdk();
    const error = await failure(install({ env: { HTTPS_PROXY: 'socks5://127.0.0.1:1080' } }));
    expect(error.message).toContain('the proxy "socks5://127.0.0.1:1080" cannot be used');
  });
});

/** A certificate for the hidden host, and its key. */
function certificate() {
  const folder = temporaryFolder();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${HIDDEN_HOST}`, '-addext', `subjectAltName=DNS:${HIDDEN_HOST}`];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], {
    stdio: 'pipe',
  });
  return { key, cert };
}

/** An encrypted archive with one SDK, which only a proxy reaches. */
async function encryptedArchive() {
  const { zip } = await withOneSdk();
  const { key, cert } = certificate();
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    ({ url }, response) => {
      if (url === zipPath(VERSION, 'linux-x64')) response.end(zip);
      else response.end(`${sha256(zip)} *x.zip`);
    },
  );
  const proxy = await startProxy(await listening(server));
  const env = {
    FLUTTER_STORAGE_BASE_URL: `https://${HIDDEN_HOST}`,
    https_proxy: `http://${proxy.host}`,
  };
  return {
    proxy,
    cert,
    install: (more = {}) => runCli(['--version', VERSION], { ...env, ...more }),
  };
}

const openssl = findProgram('openssl') !== undefined;
if (!openssl) console.warn('\n*** No openssl: certificates of a network are not tested. ***\n');

describe.skipIf(!openssl)(
  'an encrypted archive behind a proxy, with a certificate of its own',
  () => {
    it('is not trusted, and the error says what helps', async () => {
      const { install } = await encryptedArchive();
      const { code, stderr } = await install();
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /has a certificate that is not trusted here \(.*\)\.\nTry: NODE_EXTRA_CA_CERTS=/,
      );
    });

    it.each([
      ['NODE_EXTRA_CA_CERTS', true],
      // The certificates of the system, on Linux; older ones of Node.js cannot read them.
      ['SSL_CERT_FILE', process.platform === 'linux' && 'getCACertificates' in tls],
    ])('is trusted by %s', async (name, supported) => {
      const { install, cert, proxy } = await encryptedArchive();
      const { code, stdout } = await install({ [name]: cert });
      expect(code).toBe(supported ? 0 : 1);
      expect(stdout).toContain(supported ? `Dart ${VERSION} is in ` : '');
      expect(new Set(proxy.requests)).toEqual(new Set([`CONNECT ${HIDDEN_HOST}:443`]));
    });
  },
);
