import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addEndpoint, addModel, removeModel } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';
import { remove } from '../../support/orders-service.ts';
import { writeService } from '../../support/service.ts';
import { dartRuns } from '../../support/speed.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const ENDPOINTS = dartRuns(100);
const MODELS = Array.from({ length: 12 }, (_, index) => `Thing${index}`);
const dart = await requireDart();

/** What the endpoint of that number is: each model has all the forms, some of them by its shape alone. */
function flagsOf(index: number) {
  const own = MODELS[index % MODELS.length] as string;
  const other = MODELS[(index * 5 + 1) % MODELS.length];
  const path = `/things/${index}`;
  const forms = [
    { method: 'POST', path, request: own, response: own },
    { method: 'GET', path: `${path}/{id:int}`, response: `${own}[]` },
    { method: 'PUT', path, request: own, response: `of:${other}?,all:${own}[]` },
    { method: 'PATCH', path, request: own, response: own },
    {
      method: 'GET',
      path,
      response: `{"inner": ${sampleOf(index % MODELS.length)}, "at": ${index}}`,
    },
  ];
  return forms[Math.floor(index / MODELS.length) % forms.length] as (typeof forms)[number];
}

const sampleOf = (index: number): string =>
  `{"id": 1, "field${index}": "x", "parts": [{"n${index % 4}": 1.5}]}`;

/** The same numbers in another order, which is the same each time. */
const shuffled = (numbers: readonly number[]): number[] =>
  numbers.toSorted((a, b) => ((a * 37) % 101) - ((b * 37) % 101));

const UP = Array.from({ length: ENDPOINTS }, (_, index) => index);
const ORDERS: readonly (readonly [adding: string, removing: string, number[], number[]])[] = [
  ['up', 'up', UP, UP],
  ['up', 'down', UP, UP.toReversed()],
  ['mixed', 'mixed', shuffled(UP), shuffled(UP.toReversed())],
];

describe(`${ENDPOINTS} endpoints over ${MODELS.length} models`, () => {
  it.each(ORDERS)(
    'added %s and removed %s leave every byte as it was',
    async (_adding, _removing, adding, removing) => {
      const root = writeService(temporaryFolder());
      const run = () => scripted({ cwd: root }).context;
      const before = readTree(root);
      for (const [index, name] of MODELS.entries()) await addModel(run(), name, sampleOf(index));
      for (const index of adding) await addEndpoint(run(), `thing${index}`, flagsOf(index));
      const models = Object.entries(readTree(root)).filter(([path]) =>
        path.startsWith('lib/models/'),
      );
      const classes = models.flatMap(([, code]) =>
        [...code.matchAll(/^class (\w+)/gm)].map(([, name]) => name),
      );
      expect(new Set(classes).size).toBe(classes.length);
      if (dart !== null && removing === UP) {
        const copy = temporaryFolder();
        cpSync(root, copy, { recursive: true });
        execFileSync(dart.dart, ['pub', 'get'], { cwd: copy });
        execFileSync(dart.dart, ['test'], { cwd: copy, maxBuffer: 1e9 });
      }
      for (const index of removing) {
        const { notes } = await remove(root, { name: `thing${index}` });
        expect(notes).toEqual([]);
      }
      for (const name of MODELS.toReversed()) await removeModel(run(), name);
      expect(readTree(root)).toEqual(before);
    },
  );
});
