import { describe, expect, it } from 'vitest';
import { hostRefusal, lambdaRefusal } from '../../../src/local/admission.ts';

describe("a request to the service's own routes", () => {
  it.each<[string | undefined, string, boolean]>([
    ['127.0.0.1:3000', '127.0.0.1', true],
    ['localhost:3000', '127.0.0.1', true],
    ['shop.localhost', '127.0.0.1', true],
    ['[::1]:3000', '::1', true],
    [undefined, '127.0.0.1', true],
    ['evil.example', '127.0.0.1', false],
    ['localhost.evil.example:3000', '127.0.0.1', false],
    ['127.0.0.1.evil.example', '127.0.0.1', false],
    ['192.168.0.2:3000', '0.0.0.0', true],
    ['shop.example', '0.0.0.0', true],
    ['box.local', 'box.local', true],
  ])('with the Host %s is admitted by a server on %s: %s', (host, listeningOn, admitted) => {
    expect(hostRefusal({ host }, listeningOn) === undefined).toBe(admitted);
  });
});

describe("a request to Lambda's own APIs", () => {
  const host = 'localhost:3000';

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('that a web page may have sent is refused: %j', (headers) => {
    expect(lambdaRefusal({ host, ...headers }, '127.0.0.1')).toContain('A web page may not');
  });

  it.each([{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin' }])(
    'that nobody but a program or the user sends is admitted: %j',
    (headers) => {
      expect(lambdaRefusal({ host, ...headers }, '127.0.0.1')).toBeUndefined();
    },
  );

  it.each<[string | undefined, string, boolean]>([
    // What the SDKs send for an endpoint of this machine.
    ['localhost:3000', '127.0.0.1', true],
    ['127.0.0.1:3000', '127.0.0.1', true],
    ['[::1]:3000', '::1', true],
    [undefined, '127.0.0.1', true],
    // What they send to a server that is open to others.
    ['192.168.0.2:3000', '0.0.0.0', true],
    ['[fe80::1]:3000', '::', true],
    ['box:3000', '0.0.0.0', true],
    ['box.local:3000', '0.0.0.0', true],
    ['host.docker.internal:3000', '0.0.0.0', true],
    ['dev.example:3000', 'dev.example', true],
    // What a page has whose name points to this machine.
    ['evil.example:3000', '127.0.0.1', false],
    ['evil.example:3000', '0.0.0.0', false],
    ['evil.example', '::', false],
    ['127.0.0.1.evil.example', '0.0.0.0', false],
    ['evil.example:3000', 'dev.example', false],
  ])('with the Host %s is admitted by a server on %s: %s', (host, listeningOn, admitted) => {
    expect(lambdaRefusal({ host }, listeningOn) === undefined).toBe(admitted);
  });
});
