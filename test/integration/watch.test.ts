import { linkSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { type Watch, watch } from '../../src/local/reload/watch.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { News } from '../support/news.ts';

interface Watched {
  readonly root: string;
  /** All that was told of the folder. */
  readonly told: string[][];
  readonly running: Watch;
  /** Resolves when all of these paths were told. */
  seen(...paths: string[]): Promise<unknown>;
}

/** A watched folder. */
async function watched(): Promise<Watched> {
  const root = temporaryFolder();
  writeTree(root, { 'serverless.yml': '', 'lib/main.dart': '', 'lib/a/b.dart': '' });
  const told: string[][] = [];
  const news = new News();
  const running = await watch(root, ['lib', 'serverless.yml', '.env'], (paths) => {
    told.push([...paths]);
    news.tell();
  });
  onTestFinished(() => running.close());
  const seen = (...paths: string[]) =>
    news.until(() => paths.every((path) => told.flat().includes(path)));
  return { root, told, running, seen };
}

it('a change, a new file and one that goes are told, and nothing else', async () => {
  const { root, told, seen } = await watched();
  writeFileSync(join(root, 'other.txt'), '');
  writeFileSync(join(root, 'lib/main.dart'), '//');
  await seen('lib/main.dart');
  writeFileSync(join(root, '.env'), 'A=1');
  await seen('.env');
  mkdirSync(join(root, 'lib/new'));
  writeFileSync(join(root, 'lib/new/c.dart'), '');
  await seen('lib/new/c.dart');
  rmSync(join(root, 'lib/a/b.dart'));
  await seen('lib/a/b.dart');
  expect([...new Set(told.flat())].sort()).toEqual([
    '.env',
    'lib/a/b.dart',
    'lib/main.dart',
    'lib/new/c.dart',
  ]);
});

it('a file that is added is told of from then on, also before it is there', async () => {
  const { root, told, running, seen } = await watched();
  const [before, since, after] = [new Date(2000), new Date(3000), new Date(4000)];
  for (const [file, modified] of [
    ['functions.yml', before],
    ['meanwhile.yml', after],
  ] as const) {
    writeFileSync(join(root, file), 'a: 1\n');
    utimesSync(join(root, file), modified, modified);
  }
  await running.add(['functions.yml', 'meanwhile.yml', 'later.yml'], since.getTime());
  await seen('meanwhile.yml');
  expect(told.flat()).not.toContain('functions.yml');
  for (const file of ['functions.yml', 'later.yml']) {
    writeFileSync(join(root, file), 'a: 22\n');
    await seen(file);
  }
});

it('no file is missed that is replaced, as editors and add-endpoint do it', async () => {
  const { root, told, seen } = await watched();
  const files = ['serverless.yml', 'lib/main.dart', 'lib/a/b.dart'];
  for (let round = 0; round < 60; round++) {
    told.length = 0;
    for (const file of files) {
      const path = join(root, file);
      writeFileSync(join(root, 'new'), String(round));
      linkSync(path, join(root, 'old'));
      renameSync(join(root, 'new'), path);
      rmSync(join(root, 'old'));
    }
    await seen(...files);
  }
});
