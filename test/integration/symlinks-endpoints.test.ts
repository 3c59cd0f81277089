import { cpSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/commands/clean.ts';
import { removeEndpoint } from '../../src/commands/remove-function.ts';
import { checksum, writeRecord } from '../../src/service/record.ts';
import { addEndpoint } from '../support/commands.ts';
import { writeTree } from '../support/folders.ts';
import {
  difference,
  inNewWorld,
  NO_DIFFERENCE,
  snapshot,
  type World,
} from '../support/random-folders-world.ts';
import { writeService } from '../support/service.ts';
import { contextIn, justBeforeWriting, outcome } from '../support/symlinks.ts';

/** Moves something out of the service, and leaves a link to it. */
function moveOut(path: string, { outside }: World): void {
  const moved = join(outside, basename(path));
  renameSync(path, moved);
  symlinkSync(moved, path);
}

const ADDED = ['lib/handlers/get_order.dart', 'lib/models/get_order_response.dart'];
const add = (cwd: string, context = contextIn(cwd)) =>
  addEndpoint(context, 'getOrder', { response: '{"id": 7}' });
const remove = (cwd: string, context = contextIn(cwd)) =>
  removeEndpoint(context, 'getOrder', { force: true });

describe('add-endpoint, where there are links', () => {
  it.each([
    'serverless.yml',
    'lib/main.dart',
    'lib',
    'lib/handlers',
    'lib/models',
    'test',
    'test/handlers',
  ])('changes nothing when %s is a link out of the service', (path) =>
    inNewWorld(async (world) => {
      const shop = writeService(world.work);
      moveOut(join(shop, path), world);
      const before = snapshot(world.folder);
      expect(await outcome(add(shop))).toMatch(
        /^\S+ is a link, and links are not followed\. Nothing was written\.$/,
      );
      expect(difference(before, snapshot(world.folder))).toEqual(NO_DIFFERENCE);
    }),
  );

  it.each([...ADDED, '.create-lambda-hello.json'])(
    'does not write to where a dangling link leads, at %s',
    (path) =>
      inNewWorld(async ({ work, outside, folder }) => {
        const shop = writeService(work);
        rmSync(join(shop, path), { force: true });
        symlinkSync(join(outside, 'not-there'), join(shop, path));
        const before = snapshot(folder);
        expect(await outcome(add(shop))).toContain(`${path} is a link`);
        expect(difference(before, snapshot(folder))).toEqual(NO_DIFFERENCE);
      }),
  );

  it('takes a link to a file outside for a file in the way', () =>
    inNewWorld(async ({ work, outside, folder }) => {
      const shop = writeService(work);
      writeTree(outside, { 'x.dart': '// mine\n' });
      symlinkSync(join(outside, 'x.dart'), join(shop, ADDED[0] ?? ''));
      const before = snapshot(folder);
      expect(await outcome(add(shop))).toContain(`a file is in the way`);
      expect(difference(before, snapshot(folder))).toEqual(NO_DIFFERENCE);
    }));

  it.each(['serverless.yml', 'lib/main.dart', 'lib/handlers', 'lib/models', 'test/handlers'])(
    'changes nothing when %s becomes a link between plan and write',
    (path) =>
      inNewWorld(async (world) => {
        const { work, outside, folder } = world;
        const shop = writeService(work);
        cpSync(shop, join(outside, 'copy'), { recursive: true });
        const context = justBeforeWriting(shop, () => moveOut(join(shop, path), world));
        expect(await outcome(add(shop, context))).toContain(`${path} is a link`);
        moveBack(join(shop, path), outside);
        expect(difference(snapshot(join(outside, 'copy')), snapshot(shop))).toEqual(NO_DIFFERENCE);
        expect(
          [...snapshot(folder).keys()].filter((name) => /\.create-.*(?<!\.json)$/.test(name)),
        ).toEqual([]);
      }),
  );

  it('works in a folder that is reached by a link', () =>
    inNewWorld(async ({ work, outside, folder }) => {
      const shop = writeService(outside);
      symlinkSync(shop, join(work, 'link'));
      const before = snapshot(folder);
      await add(join(work, 'link'));
      const { added, changed, removed } = difference(before, snapshot(folder));
      expect([...added, ...changed].every((path) => path.startsWith('outside/shop/'))).toBe(true);
      expect(removed).toEqual([]);
    }));

  it('does not follow links that are called as its own files', () =>
    inNewWorld(async ({ work, outside, folder }) => {
      const shop = writeService(work);
      writeTree(outside, { 'lock/mine': 'mine', 'staging/mine': 'mine' });
      // The number of a process that is no more, as what a killed run has left.
      symlinkSync(join(outside, 'staging'), join(shop, '.create-lambda-hello-4194303-1700000000'));
      symlinkSync(join(outside, 'lock/mine'), join(shop, '.create-lambda-hello.lock'));
      const before = snapshot(outside);
      expect(await outcome(add(shop))).toContain('another create-lambda-hello');
      rmSync(join(shop, '.create-lambda-hello.lock'));
      await add(shop);
      expect(difference(before, snapshot(outside))).toEqual(NO_DIFFERENCE);
      expect([...snapshot(folder).keys()].filter((name) => /\.create-.*\d/.test(name))).toEqual([]);
    }));
});

function moveBack(path: string, outside: string): void {
  rmSync(path);
  renameSync(join(outside, basename(path)), path);
}

describe('remove-endpoint, where there are links', () => {
  it.each([
    'serverless.yml',
    'lib/main.dart',
    'lib/handlers',
    'lib/models',
    'test/handlers',
    ...ADDED,
    '.create-lambda-hello.json',
  ])('deletes nothing outside when %s is a link', (path) =>
    inNewWorld(async (world) => {
      const shop = writeService(world.work);
      await add(shop);
      moveOut(join(shop, path), world);
      const before = snapshot(world.outside);
      await outcome(remove(shop));
      expect(difference(before, snapshot(world.outside))).toEqual(NO_DIFFERENCE);
      expect(snapshot(shop).get(path)?.kind).toBe('link');
    }),
  );

  it.each(['serverless.yml', 'lib/main.dart', 'lib/handlers', 'lib/models', ...ADDED])(
    'changes nothing when %s becomes a link between plan and write',
    (path) =>
      inNewWorld(async (world) => {
        const { work, outside } = world;
        const shop = writeService(work);
        await add(shop);
        cpSync(shop, join(outside, 'copy'), { recursive: true });
        const context = justBeforeWriting(shop, () => moveOut(join(shop, path), world));
        expect(await outcome(remove(shop, context))).toContain(`${path} is a link`);
        moveBack(join(shop, path), outside);
        expect(difference(snapshot(join(outside, 'copy')), snapshot(shop))).toEqual(NO_DIFFERENCE);
      }),
  );

  it('does not delete through a link what the record names', () =>
    inNewWorld(async ({ work, outside }) => {
      const shop = writeService(work);
      await add(shop);
      writeTree(outside, { 'mine.dart': '// mine\n' });
      symlinkSync(outside, join(shop, 'lib/link'));
      const recorded = { 'lib/link/mine.dart': checksum('// mine\n') };
      const record =
        writeRecord({
          made: undefined,
          endpoints: new Map([['getOrder', recorded]]),
          models: new Map(),
        }) ?? '';
      writeTree(shop, { '.create-lambda-hello.json': record });
      await outcome(remove(shop));
      expect(readFileSync(join(outside, 'mine.dart'), 'utf8')).toBe('// mine\n');
    }));
});

describe('clean, where there are links', () => {
  it('deletes the link, and not what it leads to', () =>
    inNewWorld(async ({ work, outside }) => {
      const shop = writeService(work);
      writeTree(outside, { 'out/hello.zip': 'mine' });
      symlinkSync(join(outside, 'out'), join(shop, 'build'));
      const before = snapshot(outside);
      await clean(contextIn(shop));
      expect(snapshot(shop).has('build')).toBe(false);
      expect(difference(before, snapshot(outside))).toEqual(NO_DIFFERENCE);
    }));
});
