import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { foldersOf, GENERATED, type Item, items, putItems } from './random-folders.ts';
import type { Snapshot, World } from './random-folders-world.ts';

/** How `create` is started, and in which folder. */
export interface Start {
  readonly form: 'name' | 'nested' | 'dots' | 'absolute' | 'here' | 'below a link' | 'a link';
  readonly target: 'missing' | 'folder' | 'file' | 'dangling';
  /** In the target, where it is a folder. */
  readonly items: readonly Item[];
  /** Beside it. */
  readonly beside: readonly Item[];
  /** What may not be written. */
  readonly closed: 'nothing' | 'target' | 'parent';
  readonly answer: 'yes' | 'no' | 'not asked';
  readonly dryRun: boolean;
  readonly git: boolean;
  /** The exit code of `npm install`; none where it is not run. */
  readonly install: number | undefined;
  /** After how many turns of the event loop the user presses Ctrl-C. */
  readonly stopAfter: number | undefined;
}

const usually = <T>(value: T, weight: number, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });

export const start: fc.Arbitrary<Start> = fc.record({
  form: fc.constantFrom('name', 'nested', 'dots', 'absolute', 'here', 'below a link', 'a link'),
  target: fc.oneof(
    { weight: 12, arbitrary: fc.constant('folder' as const) },
    { weight: 3, arbitrary: fc.constant('missing' as const) },
    { weight: 1, arbitrary: fc.constantFrom('file' as const, 'dangling' as const) },
  ),
  items,
  beside: fc.array(
    fc.record({
      kind: fc.constant('file' as const),
      path: fc.constantFrom('notes', 'Shop', '.create-lambda-hello-mine', 'serverless.yml', 'a b'),
      content: fc.constant('mine'),
      mode: fc.constantFrom(0o644, 0o400),
    }),
    { maxLength: 2 },
  ),
  closed: usually<Start['closed']>('nothing', 9, fc.constantFrom('target', 'parent')),
  answer: fc.constantFrom('yes', 'yes', 'no', 'not asked', 'not asked'),
  dryRun: usually(false, 9, fc.constant(true)),
  git: fc.boolean(),
  install: usually<number | undefined>(undefined, 5, fc.constantFrom(0, 1)),
  stopAfter: usually<number | undefined>(undefined, 4, fc.nat({ max: 40 })),
});

/** The folder and the command line that the start is about. */
interface Prepared {
  readonly cwd: string;
  readonly directory: string;
  /** Where the service goes, below the world's folder and without links. */
  readonly target: string;
}

/** Makes the folder. */
export function prepare(given: Start, world: World): Prepared {
  const { work } = world;
  const { form } = given;
  const parents = { nested: 'work/a/b', 'below a link': 'work/real', 'a link': 'work/real' };
  const parent = form in parents ? parents[form as keyof typeof parents] : 'work';
  const target = `${parent}/shop`;
  const path = join(world.folder, target);
  // Somewhere to be in, or to lead to, is there; of others the path may have to be made.
  const kind = given.target === 'missing' && form === 'here' ? 'folder' : given.target;
  if (form !== 'nested' || kind !== 'missing' || given.closed === 'parent') {
    mkdirSync(join(world.folder, parent), { recursive: true });
  }
  if (kind === 'folder' || form === 'here') mkdirSync(path);
  else if (kind === 'file') writeFileSync(path, 'mine');
  else if (kind === 'dangling') symlinkSync('nowhere', path);
  if (form === 'below a link') symlinkSync('real', join(work, 'link'));
  if (form === 'a link') symlinkSync('real/shop', join(work, 'shop'));
  putItems(work, given.beside, world);
  if (kind === 'folder' || form === 'here') putItems(path, given.items, world);
  if (given.closed === 'parent') chmodSync(join(world.folder, parent), 0o555);
  if (given.closed === 'target' && kind === 'folder') chmodSync(path, 0o555);
  const directories: Partial<Record<Start['form'], string>> = {
    nested: 'a/b/shop',
    dots: '.././work/x/../shop/',
    absolute: path,
    here: '.',
    'below a link': 'link/shop',
  };
  const cwd = form === 'here' ? path : work;
  return { cwd, directory: directories[form] ?? 'shop', target };
}

/** What a service that was created has added to the world, where there was none of it. */
export function expectedAdditions(before: Snapshot, target: string): string[] {
  const hasReadme = [...before.keys()].some(
    (path) => path.startsWith(`${target}/`) && isReadme(path.slice(target.length + 1)),
  );
  const files = Object.keys(GENERATED)
    .filter((path) => path !== 'README.md' || !hasReadme)
    .map((path) => `${target}/${path}`);
  const all = new Set([...files, ...files.flatMap(foldersOf)]);
  return [...all].filter((path) => !before.has(path)).sort();
}

const isReadme = (name: string): boolean => /^readme(\.\w+)?$/i.test(name);
