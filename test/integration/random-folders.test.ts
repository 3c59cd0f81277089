import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../src/commands/remove-function.ts';
import type { Context } from '../../src/context.ts';
import { CancelledError, ToolError, UserError } from '../../src/errors.ts';
import { addEndpoint, create } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import {
  fillOutside,
  GENERATED,
  GENERATED_BESIDE_README,
  putItems,
} from '../support/random-folders.ts';
import { expectedAdditions, prepare, type Start, start } from '../support/random-folders-create.ts';
import {
  additions,
  type CommandStep,
  steps,
  takeOwnStep,
  trespasses,
} from '../support/random-folders-edits.ts';
import {
  asOrdinaryUser,
  bindsReadOnly,
  difference,
  inNewWorld,
  NO_DIFFERENCE,
  snapshot,
} from '../support/random-folders-world.ts';
import { writeService } from '../support/service.ts';

/** The same folders in every run; a failure prints how to have its folder again. */
const SEED = 20_261_123;
const FOLDERS = 500;
const SERVICES = 150;

/** How a command ended, with the error that users see. Any other error is a defect. */
async function ending(run: Promise<unknown>): Promise<UserError | undefined> {
  try {
    await run;
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Presses Ctrl-C after some turns of the event loop, whatever the command does then. */
async function pressLater(stop: AbortController, turns: number | undefined): Promise<void> {
  if (turns === undefined) return;
  for (let turn = 0; turn < turns; turn++) await setImmediate();
  stop.abort();
}

const FLAGS = { api: 'rest', arch: 'arm64', region: 'eu-west-1', memory: '256', timeout: '10' };

function createIn(cwd: string, directory: string, given: Start) {
  const exits = {
    'git init --quiet': {},
    'npm install --no-audit --no-fund': { code: given.install ?? 0 },
  };
  const { context, stop } = scripted({ cwd, exits });
  const asked: Context = {
    ...context,
    interactive: given.answer !== 'not asked',
    ask: async () => given.answer,
  };
  const { git, dryRun } = given;
  const flags = { ...FLAGS, git, dryRun, install: given.install !== undefined };
  const run = ending(create(asked, directory, flags));
  return Promise.all([run, pressLater(stop, given.stopAfter)]).then(([error]) => error);
}

/** Whether a command that ended so has written the service: what failed came after. */
const isWritten = (error: UserError | undefined): boolean =>
  error === undefined ||
  error instanceof ToolError ||
  (error instanceof CancelledError && error.message.includes('complete'));

describe('create, in random folders', () => {
  it('changes nothing that was there, and is complete or has written nothing', async () => {
    const counts = { folders: 0, written: 0, forbidden: 0 };
    const property = fc.asyncProperty(start, (given) =>
      asOrdinaryUser(() =>
        inNewWorld(async (world) => {
          fillOutside(world);
          const { cwd, directory, target } = prepare(given, world);
          const before = snapshot(world.folder);
          const error = await createIn(cwd, directory, given);
          const after = snapshot(world.folder);
          const { added, changed, removed } = difference(before, after);
          expect({ changed, removed }).toEqual({ changed: [], removed: [] });
          counts.folders += 1;
          if (error?.message.includes('permission denied')) counts.forbidden += 1;
          if (!isWritten(error) || given.dryRun) {
            expect(added).toEqual([]);
            return;
          }
          counts.written += 1;
          expect([...added].sort()).toEqual(expectedAdditions(before, target));
          const hasOurReadme = added.includes(`${target}/README.md`);
          const generated = hasOurReadme ? GENERATED : GENERATED_BESIDE_README;
          for (const path of added) {
            const content = generated[path.slice(target.length + 1)];
            const entry = after.get(path);
            if (content === undefined) expect(entry?.kind).toBe('folder');
            else expect(Buffer.from(entry?.content ?? '', 'latin1').toString()).toBe(content);
          }
        }),
      ),
    );
    await fc.assert(property, { seed: SEED, numRuns: FOLDERS });
    expect(counts.folders).toBeGreaterThanOrEqual(FOLDERS);
    // All kinds of endings are among them.
    expect(counts.written).toBeGreaterThan(FOLDERS / 5);
    expect(counts.folders - counts.written).toBeGreaterThan(FOLDERS / 5);
    if (await bindsReadOnly()) expect(counts.forbidden).toBeGreaterThan(0);
  }, 180_000);
});

describe('create, at the same time', () => {
  it('makes several services in one folder', () =>
    inNewWorld(async ({ work, folder }) => {
      const names = ['one', 'two', 'three', 'four'];
      const { context } = scripted({ cwd: work });
      await Promise.all(names.map((name) => create(context, name, { git: false })));
      for (const name of names) expect(snapshot(work).has(`${name}/serverless.yml`)).toBe(true);
      expect(snapshot(work).size).toBe(names.length * (snapshot(`${work}/one`).size + 1));
      expect(snapshot(folder).size).toBe(snapshot(work).size + 2);
    }));
});

/** Runs a step of the commands. */
function takeStep(cwd: string, step: CommandStep) {
  const { context, stop } = scripted({ cwd });
  const run =
    step.kind === 'add'
      ? addEndpoint(context, step.name, step.flags)
      : removeEndpoint(context, step.name, step.flags);
  return Promise.all([ending(run), pressLater(stop, step.stopAfter)]).then(([error]) => error);
}

describe('add-endpoint', () => {
  it.each<[string, (path: string, outside: string) => void]>([
    ['a folder', (path) => mkdirSync(path)],
    ['a link to a folder', (path, outside) => symlinkSync(outside, path)],
    ['a link to itself', (path) => symlinkSync(path, path)],
    ['a file that may not be read', (path) => writeFileSync(path, 'mine', { mode: 0 })],
  ])('refuses where %s has the name of its lock', (_what, make) =>
    asOrdinaryUser(() =>
      inNewWorld(async ({ folder, work, outside }) => {
        const root = writeService(work);
        make(join(root, '.create-lambda-hello.lock'), outside);
        const before = snapshot(folder);
        const error = await ending(addEndpoint(scripted({ cwd: root }).context, 'getOrder', {}));
        expect(error?.message).toContain('is changing this service. Nothing was written.');
        expect(error?.hint).toContain('delete .create-lambda-hello.lock');
        expect(difference(before, snapshot(folder))).toEqual(NO_DIFFERENCE);
      }),
    ),
  );
});

describe('add-endpoint and remove-endpoint, in random services', () => {
  it('change what they are for, and nothing when they refuse', async () => {
    const counts = { folders: 0, add: 0, remove: 0, refused: 0, deleted: 0 };
    const property = fc.asyncProperty(additions, steps, (items, list) =>
      asOrdinaryUser(() =>
        inNewWorld(async (world) => {
          fillOutside(world);
          const root = writeService(world.work);
          putItems(root, items, world);
          counts.folders += 1;
          for (const step of list) {
            if (step.kind !== 'add' && step.kind !== 'remove') {
              takeOwnStep(root, step);
              continue;
            }
            const before = snapshot(world.folder);
            const error = await takeStep(root, step);
            const changes = difference(before, snapshot(world.folder));
            if (error === undefined) {
              expect(trespasses(step, 'work/shop', changes, before)).toEqual([]);
              counts[step.kind] += 1;
              counts.deleted += changes.removed.length;
            } else {
              expect(changes).toEqual(NO_DIFFERENCE);
              counts.refused += 1;
            }
          }
        }),
      ),
    );
    await fc.assert(property, { seed: SEED, numRuns: SERVICES });
    expect(counts.folders).toBeGreaterThanOrEqual(SERVICES);
    for (const count of [counts.add, counts.remove, counts.refused, counts.deleted]) {
      expect(count).toBeGreaterThan(SERVICES / 5);
    }
  }, 180_000);
});
