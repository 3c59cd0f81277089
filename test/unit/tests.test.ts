import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'));

const TESTS = ['unit', 'integration', 'conformance', 'e2e', 'load'].flatMap((project) =>
  filesIn(`test/${project}`),
);
const SOURCES = [...TESTS, ...filesIn('test/support')].map((path) => ({
  path,
  text: readFileSync(join(root, path), 'utf8'),
}));

/** The addresses that a file takes beside its own, which are literals. */
const addressesIn = ({ path, text }: { path: string; text: string }): string[] =>
  [...text.matchAll(/new URL\(\s*(['"`])([^'"`]+)\1,\s*import\.meta\.url/g)].map(
    ([, , address = '']) => new URL(address, pathToFileURL(join(root, path))).href,
  );

const SLEEP =
  /=>\s*\{?\s*setTimeout\((?:resolve|done)\b|from 'node:timers\/promises'.*setTimeout|setTimeout\b.*from 'node:timers\/promises'/;

describe('the tests', () => {
  it('have their helpers in test/support/ and their data in test/fixtures/', () => {
    expect(TESTS.length).toBeGreaterThan(100);
    expect(TESTS.filter((path) => !path.endsWith('.test.ts'))).toEqual([]);
  });

  it('wait for events, not for time', () => {
    expect(SLEEP.test('await new Promise((resolve) => setTimeout(resolve, 20));')).toBe(true);
    expect(SLEEP.test("import { setTimeout as sleep } from 'node:timers/promises';")).toBe(true);
    expect(
      SOURCES.filter(({ path, text }) => !path.endsWith('unit/tests.test.ts') && SLEEP.test(text)),
    ).toEqual([]);
  });

  it('read no file beside the repository', () => {
    const addresses = SOURCES.flatMap(addressesIn);
    expect(addresses.length).toBeGreaterThan(20);
    expect(addresses.filter((href) => !href.startsWith(pathToFileURL(root).href))).toEqual([]);
  });
});
