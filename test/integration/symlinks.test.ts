import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CreateGiven, create } from '../support/commands.ts';
import { writeTree } from '../support/folders.ts';
import {
  difference,
  inNewWorld,
  NO_DIFFERENCE,
  snapshot,
  type World,
} from '../support/random-folders-world.ts';
import { newService } from '../support/service.ts';
import { contextIn, justBeforeWriting, outcome } from '../support/symlinks.ts';

const bare: CreateGiven = { git: false, region: 'eu-west-1' };

describe('create, where there are links', () => {
  it('fills the folder that a link leads to, through more links, and leaves the links', () =>
    inNewWorld(async ({ work, outside, folder }) => {
      mkdirSync(join(outside, 'real'));
      writeTree(outside, { 'real/LICENSE': 'mine', 'other/x': 'mine' });
      symlinkSync('../outside/real', join(work, 'first'));
      symlinkSync('first', join(work, 'shop'));
      const before = snapshot(folder);
      await create(contextIn(work), 'shop', bare);
      const { added, changed, removed } = difference(before, snapshot(folder));
      expect({ changed, removed }).toEqual({ changed: [], removed: [] });
      expect(added).toContain('outside/real/serverless.yml');
      expect(added.filter((path) => !path.startsWith('outside/real/'))).toEqual([]);
    }));

  it('makes the folder below a link in its path', () =>
    inNewWorld(async ({ work, outside, folder }) => {
      symlinkSync(outside, join(work, 'link'));
      const before = snapshot(folder);
      await create(contextIn(work), 'link/a/shop', bare);
      const { added } = difference(before, snapshot(folder));
      expect(added.slice(0, 3)).toEqual(['outside/a', 'outside/a/shop', expect.anything()]);
      expect(added.every((path) => path.startsWith('outside/a'))).toBe(true);
    }));

  it.each([
    ['a dangling link in its path', 'nowhere', 'link/shop', 'a link in its path leads nowhere'],
    ['a dangling link further up', 'nowhere', 'link/a/shop', 'cannot write to'],
    ['a loop of links', 'link', 'link/shop', 'its links form a loop'],
    ['a loop of links as the folder', 'shop', 'shop', 'its links form a loop'],
    ['a link to a file', '../outside/file', 'shop', 'is a file'],
  ])('refuses %s', (_what, to, directory, message) =>
    inNewWorld(async ({ work, outside, folder }) => {
      writeTree(outside, { file: 'mine' });
      symlinkSync(to, join(work, directory.split('/')[0] ?? ''));
      const before = snapshot(folder);
      expect(await outcome(create(contextIn(work), directory, bare))).toContain(message);
      expect(difference(before, snapshot(folder))).toEqual(NO_DIFFERENCE);
    }),
  );

  it.each<[string, string, (world: World) => void]>([
    ['a folder outside', 'lib', ({ outside }) => mkdirSync(join(outside, 'to'))],
    ['a file outside', 'Makefile', ({ outside }) => writeTree(outside, { to: '' })],
    ['a file with the same content', 'Makefile', ({ outside }) => writeTree(outside, sameFile())],
    ['a folder with the same content', 'lib', ({ outside }) => writeTree(outside, sameLib())],
    ['nothing', 'lib', () => {}],
    ['nothing, as a file', 'lib/main.dart', () => {}],
    ['nothing, as serverless.yml', 'serverless.yml', () => {}],
    ['nothing, as a folder in a folder', 'lib/handlers', () => {}],
  ])('takes a link to %s for something in the way (%#)', (_what, path, prepare) =>
    inNewWorld(async (world) => {
      const { work, outside, folder } = world;
      prepare(world);
      mkdirSync(join(work, 'shop', dirname(path)), { recursive: true });
      symlinkSync(join(outside, 'to'), join(work, 'shop', path));
      const before = snapshot(folder);
      const message = await outcome(create(contextIn(work), 'shop', bare));
      expect(message).toContain(`Nothing was written:\n  ${path}`);
      expect(difference(before, snapshot(folder))).toEqual(NO_DIFFERENCE);
    }),
  );

  const sameFile = () => ({ to: newService().Makefile ?? '' });
  const sameLib = () =>
    Object.fromEntries(
      Object.entries(newService())
        .filter(([path]) => path.startsWith('lib/'))
        .map(([path, content]) => [path.replace('lib/', 'to/'), content]),
    );

  it.each<[string, (shop: string, outside: string) => void]>([
    ['lib', (shop, outside) => symlinkSync(outside, join(shop, 'lib'))],
    ['lib/main.dart', (shop, outside) => linkFile(join(shop, 'lib/main.dart'), outside)],
    ['serverless.yml', (shop, outside) => linkFile(join(shop, 'serverless.yml'), outside)],
    ['the folder itself', (shop, outside) => replaceByLink(shop, outside)],
  ])('writes nothing outside when %s becomes a link between plan and write', (_what, swap) =>
    inNewWorld(async ({ work, outside, folder }) => {
      writeTree(outside, { mine: 'mine' });
      writeTree(work, { 'shop/LICENSE': 'mine' });
      const after = { snapshot: snapshot(folder) };
      const context = justBeforeWriting(work, () => {
        swap(join(work, 'shop'), outside);
        after.snapshot = snapshot(folder);
      });
      const message = await outcome(create(context, 'shop', bare));
      expect(message).toContain('was changed by something else');
      expect(difference(after.snapshot, snapshot(folder))).toEqual(NO_DIFFERENCE);
    }),
  );

  it('does not replace a link that came where the new folder should go', () =>
    inNewWorld(async ({ work, outside, folder }) => {
      const context = justBeforeWriting(work, () => symlinkSync(outside, join(work, 'shop')));
      expect(await outcome(create(context, 'shop', bare))).toContain('changed by something else');
      expect([...snapshot(folder).keys()].sort()).toEqual(['outside', 'work', 'work/shop']);
    }));
});

function linkFile(path: string, outside: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(join(outside, 'not-there'), path);
}

function replaceByLink(shop: string, outside: string): void {
  rmSync(shop, { recursive: true });
  symlinkSync(outside, shop);
}
