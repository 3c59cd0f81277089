import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { errorCode } from '../../src/errors.ts';
import { writeTree } from './folders.ts';
import type { World } from './random-folders-world.ts';
import { newService } from './service.ts';

/** What a new service has, at the paths that the random folders collide with. */
export const GENERATED = newService();
/** The same where there was a README already. */
export const GENERATED_BESIDE_README = newService({}, ['README.md']);
const PATHS = Object.keys(GENERATED);
const FOLDERS = [...new Set(PATHS.flatMap(foldersOf))];

/** The folders that a path leads through: `lib` and `lib/models` for `lib/models/a.dart`. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Something that a user has in a folder. */
export type Item =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly content: string;
      readonly mode: number;
    }
  | { readonly kind: 'folder'; readonly path: string; readonly mode: number }
  /** `to` is a link's text; in front, OUT stands for the world's folder that nothing may reach. */
  | { readonly kind: 'link'; readonly path: string; readonly to: string };

const ODD_NAMES = [
  ' ',
  'a b',
  'two\nlines',
  'tab\there',
  'Zoë 🙂',
  '\u202Egpj.exe',
  '-rf',
  "it's",
  '$(touch x)',
  'back\\slash',
  '.hidden',
  '.env',
  'LICENSE',
  'readme.MD',
  'notes.dart',
  '.git/HEAD',
  '.git/objects/aa/bb',
  '.vscode/settings.json',
  'node_modules/x/package.json',
  'package-lock.json',
  '.create-lambda-hello-mine',
  // As a process that still runs has it.
  `.create-lambda-hello-${process.pid}-1/mine`,
];

const otherCase = (path: string): string =>
  path === path.toLowerCase() ? path.toUpperCase() : path.toLowerCase();

/** A path that collides with a generated one in some way, or one that has nothing to do with any. */
const anyPath = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('serverless.yml', 'Makefile', '.gitignore', 'package.json', 'lib'),
  },
  { weight: 4, arbitrary: fc.constantFrom(...PATHS) },
  { weight: 3, arbitrary: fc.constantFrom(...FOLDERS) },
  { weight: 2, arbitrary: fc.constantFrom(...PATHS, ...FOLDERS).map(otherCase) },
  { weight: 2, arbitrary: fc.constantFrom(...PATHS).map((path) => `${path}/inside`) },
  { weight: 6, arbitrary: fc.constantFrom(...ODD_NAMES) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...FOLDERS), fc.constantFrom(...ODD_NAMES))
      .map(([folder, name]) => `${folder}/${name}`),
  },
);

const content = (path: string) =>
  fc.oneof(
    // What an earlier run has written, or nearly.
    { weight: 4, arbitrary: fc.constant(GENERATED[path] ?? 'mine\n') },
    { weight: 1, arbitrary: fc.constant((GENERATED[path] ?? 'mine\n').replaceAll('\n', '\r\n')) },
    { weight: 1, arbitrary: fc.constant(`\uFEFF${GENERATED[path] ?? ''}`) },
    { weight: 1, arbitrary: fc.constantFrom('', '\0', 'mine', '# mine\r\n') },
    { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
  );

const fileMode = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0o644) },
  { weight: 2, arbitrary: fc.constantFrom(0o600, 0o444, 0o755, 0o400, 0) },
);
const folderMode = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0o755) },
  { weight: 2, arbitrary: fc.constantFrom(0o700, 0o2755, 0o555, 0o500) },
);

const linkText = fc.constantFrom(
  'OUT',
  'OUT/file',
  'OUT/same/lib',
  'OUT/same/lib/main.dart',
  'OUT/not-there',
  '../../outside/file',
  'nowhere',
  '.',
  '..',
  'serverless.yml',
  '/',
);

/** An item at one of the paths. */
export function itemAt(
  path: fc.Arbitrary<string>,
  to: fc.Arbitrary<string> = linkText,
): fc.Arbitrary<Item> {
  const file = path.chain((at) =>
    fc.record({
      kind: fc.constant('file' as const),
      path: fc.constant(at),
      content: content(at),
      mode: fileMode,
    }),
  );
  const folder = fc.record({ kind: fc.constant('folder' as const), path, mode: folderMode });
  const link = fc.record({ kind: fc.constant('link' as const), path, to });
  return fc.oneof(
    { weight: 6, arbitrary: file },
    { weight: 2, arbitrary: folder },
    { weight: 2, arbitrary: link },
  );
}

/** All the items at once that a service has, but for some: a copy that was interrupted. */
const mostOfService = fc
  .subarray(PATHS, { minLength: PATHS.length - 4 })
  .map((paths) =>
    paths.map(
      (path): Item => ({ kind: 'file', path, content: GENERATED[path] ?? '', mode: 0o644 }),
    ),
  );

/** What is in a folder before a command is run. */
export const items: fc.Arbitrary<readonly Item[]> = fc.oneof(
  { weight: 3, arbitrary: fc.array(itemAt(fc.constantFrom(...ODD_NAMES)), { maxLength: 6 }) },
  { weight: 4, arbitrary: fc.array(itemAt(anyPath), { maxLength: 6 }) },
  // One alone: what it may be treated to is not hidden behind the refusal of another one.
  { weight: 4, arbitrary: fc.array(itemAt(anyPath), { minLength: 1, maxLength: 1 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(itemAt(anyPath), { maxLength: 2 }), mostOfService)
      .map((lists) => lists.flat()),
  },
);

/** What an outside folder has that nothing may reach. */
export function fillOutside({ outside }: World): void {
  const lib = Object.entries(GENERATED).filter(([path]) => path.startsWith('lib/'));
  writeTree(outside, { file: 'mine', 'same/x.dart': "import 'lib/main.dart';\n" });
  writeTree(join(outside, 'same'), Object.fromEntries(lib));
}

/** Puts items into a folder; one that stands in the way of a later one wins. */
export function putItems(folder: string, list: readonly Item[], { outside }: World): void {
  const modes = new Map<string, number>();
  for (const item of list) {
    const path = join(folder, item.path);
    try {
      mkdirSync(dirname(path), { recursive: true });
      if (item.kind === 'file') writeFileSync(path, item.content, { flag: 'wx' });
      else if (item.kind === 'folder') mkdirSync(path);
      else
        symlinkSync(
          item.to.replace(/^OUT/, () => outside),
          path,
        );
      if (item.kind !== 'link') modes.set(path, item.mode);
    } catch (error) {
      if (!IN_THE_WAY.has(errorCode(error))) throw error;
    }
  }
  // In the end: a folder that cannot be written could not have been filled.
  for (const [path, mode] of [...modes].reverse()) chmodSync(path, mode);
}

const IN_THE_WAY = new Set<string | undefined>([
  'EEXIST',
  'ENOTDIR',
  'ENOENT',
  'ELOOP',
  'EACCES',
  'EISDIR',
]);
