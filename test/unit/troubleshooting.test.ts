import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/docs.ts';
import { otherTexts } from '../support/other-texts.ts';
import { catalogue, namesIn, quotedIn, withTexts } from '../support/troubleshooting-page.ts';

const PLACEHOLDER = /<[^<>]*>/;

describe('docs/troubleshooting.md', () => {
  const file = join(root, 'docs/troubleshooting.md');
  const page = readFileSync(file, 'utf8');

  it('has the texts of the catalogue (npm run docs writes them)', async () => {
    await expect(withTexts(page)).toMatchFileSnapshot(file);
  });

  it('explains each message once', () => {
    expect([...namesIn(page)].sort()).toEqual([...catalogue.keys()].sort());
  });

  it('has no other message than those that another program says', () => {
    const unsaid = quotedIn(page).filter((code) =>
      code
        // We end the texts of others with a full stop.
        .replace(/\.$/, '')
        .split(PLACEHOLDER)
        .some((piece) => !otherTexts.includes(piece)),
    );
    expect(unsaid).toEqual([]);
  });
});

describe('messages', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== 'message.ts')
    .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));
  const having = (pattern: RegExp) =>
    sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

  it('are defined in messages.ts only, where the page finds them', () => {
    const files = having(/\bmessage`/).map((path) => basename(path));
    expect(new Set(files)).toEqual(new Set(['messages.ts']));
  });

  it('are made of no other text', () => {
    expect(having(/\bas ([\w ]+ )?Message\b/)).toEqual([]);
  });

  it('leave the quotes to inQuotes, which escapes what is in them', () => {
    const texts = [...catalogue.values()].map((each) => each.text());
    expect(texts.filter((text) => /"<[^<>]*>"/.test(text))).toEqual([]);
  });

  it('are defined once', () => {
    const texts = [...catalogue.values()].map((each) => each.text().split(PLACEHOLDER).join('<>'));
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });
});
