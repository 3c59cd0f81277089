import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { usualFiles } from '../../src/dart/endpoint/files.ts';
import { errorCode } from '../../src/errors.ts';
import { checksum, RECORD_FILE, readRecord } from '../../src/service/record.ts';
import { type Item, itemAt } from './random-folders.ts';
import type { Difference, Snapshot } from './random-folders-world.ts';

/** Few, so that they meet again: two of them have the same files, two differ in one letter's case. */
const NAMES = ['getOrder', 'get-order', 'GetOrder', 'listItems', 'a', 'hello', 'main'];
const ENDPOINT_FILES = [...new Set(NAMES.flatMap(usualFiles))];
const EDITED = ['serverless.yml', 'lib/main.dart'];

/** What is done to a service, by a command or by its owner. */
type Step =
  | {
      readonly kind: 'add';
      readonly name: string;
      readonly flags: { readonly method: string; readonly path: string; readonly response: string };
      readonly stopAfter: number | undefined;
    }
  | {
      readonly kind: 'remove';
      readonly name: string;
      readonly flags: { readonly force: boolean };
      readonly stopAfter: number | undefined;
    }
  | { readonly kind: 'edit'; readonly path: string; readonly how: 'comment' | 'crlf' | 'delete' }
  | { readonly kind: 'record'; readonly files: readonly string[]; readonly honest: boolean };

/** What a command does. */
export type CommandStep = Step & { readonly kind: 'add' | 'remove' };

const name = fc.oneof(
  { weight: 6, arbitrary: fc.constant('getOrder') },
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
);
const stopAfter = fc.oneof(
  { weight: 9, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.nat({ max: 40 }) },
);

const add: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('add'),
  name,
  flags: fc.record({
    method: fc.constantFrom('GET', 'POST', 'DELETE'),
    path: fc.constantFrom('/orders', '/orders/{id:int}', '/a', '/b', '/c', '/d', '/e'),
    response: fc.constantFrom('', '', '{"id": 7}', '[1, 2]'),
  }),
  stopAfter,
});
const remove: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('remove'),
  name,
  flags: fc.record({ force: fc.boolean() }),
  stopAfter,
});
const edit: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('edit'),
  path: fc.oneof(
    fc.constantFrom(...usualFiles('getOrder')),
    fc.constantFrom(...ENDPOINT_FILES, ...EDITED, RECORD_FILE),
  ),
  how: fc.constantFrom('comment', 'comment', 'crlf', 'delete'),
});
const record: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('record'),
  files: fc.subarray([
    ...['../../outside/file', '../outside/same/x.dart', '/etc/hostname', 'lib/../../notes.dart'],
    ...[
      'lib/link/x.dart',
      'lib/handlers/hello.dart',
      'lib/handlers/mine.dart',
      '',
      '.',
      '__proto__',
    ],
  ]),
  honest: fc.boolean(),
});

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: add },
    { weight: 5, arbitrary: remove },
    { weight: 3, arbitrary: edit },
    { weight: 1, arbitrary: record },
  ),
  { minLength: 2, maxLength: 8 },
);

/** What a user has put into his service, where the files of endpoints may go. */
export const additions: fc.Arbitrary<readonly Item[]> = fc.array(
  itemAt(
    fc.constantFrom(
      ...usualFiles('getOrder'),
      ...usualFiles('listItems'),
      ...['lib/link', 'lib/handlers/mine.dart', 'lib/handlers/.#mine.dart', 'lib/a b.dart'],
      ...['test/x.dart/inside', 'tool', 'bin', 'example/two\nlines.dart', 'notes', 'lib/GETORDER'],
      ...['.create-lambda-hello.lock', `.create-lambda-hello-${process.pid}-1/mine`, RECORD_FILE],
    ),
    // No loops: a folder in itself.
    fc.constantFrom('OUT/same', 'OUT/file', 'OUT/same/x.dart', 'OUT/not-there', 'nowhere'),
  ),
  { maxLength: 2 },
);

/** Does to the service what its owner does. */
export function takeOwnStep(root: string, step: Step): void {
  if (step.kind === 'record') {
    const sum = (path: string) => (step.honest ? checksum(textOf(join(root, path))) : 'wrong');
    const files = Object.fromEntries(step.files.map((path) => [path, sum(path)]));
    const endpoints = Object.fromEntries(NAMES.map((key) => [key, files]));
    write(join(root, RECORD_FILE), JSON.stringify({ endpoints }));
  } else if (step.kind === 'edit') {
    const path = join(root, step.path);
    if (step.how === 'delete') rmSync(path, { force: true, recursive: true });
    else if (step.how === 'crlf') write(path, textOf(path).replace(/\r?\n/g, '\r\n'));
    else write(path, `${textOf(path)}${step.path.endsWith('.dart') ? '//' : '#'} mine\n`);
  }
}

/** Leaves links, folders and what may not be written as they are. */
function write(path: string, content: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path) || lstatSync(path).isFile()) writeFileSync(path, content);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return '';
  }
}

/** What of a difference between before and after a command is more than the command may do. */
export function trespasses(
  step: CommandStep,
  shop: string,
  { added, changed, removed }: Difference,
  before: Snapshot,
): string[] {
  const inShop = (paths: readonly string[]) => paths.map((path) => `${shop}/${path}`);
  const usual = inShop(usualFiles(step.name));
  const edited = [...EDITED, RECORD_FILE];
  const mayAdd = step.kind === 'add' ? [...usual, ...inShop([RECORD_FILE])] : [];
  const mayRemove =
    step.kind === 'remove' ? [...inShop([RECORD_FILE]), ...removable(step, shop, before)] : [];
  // Folders come with their first file, and go with the last one.
  const isFolderOf = (folder: string, files: readonly string[]) =>
    files.some((file) => file.startsWith(`${folder}/`));
  return [
    ...added.filter((path) => !mayAdd.includes(path) && !isFolderOf(path, added)),
    ...changed.filter((path) => !inShop(edited).includes(path)),
    ...removed.filter((path) => {
      const isFolder = before.get(path)?.kind === 'folder';
      return isFolder ? !isFolderOf(path, removed) : !mayRemove.includes(path);
    }),
  ];
}

/** The files that removing the endpoint may delete: recorded and unedited, or named by --force. */
function removable(step: Step & { readonly kind: 'remove' }, shop: string, before: Snapshot) {
  const text = (path: string) => {
    const entry = before.get(`${shop}/${path}`);
    return entry?.kind === 'file' ? Buffer.from(entry.content, 'latin1').toString() : undefined;
  };
  const recorded = readRecord(text(RECORD_FILE)).endpoints.get(step.name);
  const paths = recorded === undefined ? [] : Object.keys(recorded);
  const named = recorded === undefined ? usualFiles(step.name) : paths;
  return (step.flags.force ? named : paths)
    .filter((path) => step.flags.force || checksum(text(path) ?? '') === recorded?.[path])
    .map((path) => `${shop}/${path}`);
}
