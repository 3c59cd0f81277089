import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/docs.ts';
import { catalogue, namesIn, withTexts } from '../support/troubleshooting-page.ts';

const file = join(root, 'docs/troubleshooting.md');
const page = readFileSync(file, 'utf8');

it('docs/troubleshooting.md has the texts of the catalogue (npm run docs writes them)', async () => {
  await expect(withTexts(page)).toMatchFileSnapshot(file);
});

it('docs/troubleshooting.md explains each message once', () => {
  expect([...namesIn(page)].sort()).toEqual([...catalogue.keys()].sort());
});
