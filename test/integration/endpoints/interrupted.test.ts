import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/commands/endpoints/endpoints.ts';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { readServerlessYml } from '../../../src/serverless-yml/read.ts';
import { changesOf, statesBetween } from '../../support/changes.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { writeService } from '../../support/service.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();
const flags = { method: 'POST', path: '/orders', request: 'id:int', response: 'id:int' };
const add = (root: string) => addEndpoint(scripted({ cwd: root }).context, 'createOrder', flags);
const remove = (root: string) => removeEndpoint(scripted({ cwd: root }).context, 'createOrder', {});

async function expectToWork(state: string): Promise<void> {
  const text = readTree(state)['serverless.yml'] ?? '';
  const { functions } = readServerlessYml(text, { file: 'serverless.yml', env: {} }).service;
  // Whatever serverless.yml promises is registered; a registration too many does no harm.
  const fit = scripted({ cwd: state });
  await endpoints(fit.context, {}).catch(() => undefined);
  expect(fit.notes.filter((note) => note.includes('does not register'))).toEqual([]);
  expect(functions.length).toBeGreaterThanOrEqual(2);
  if (dart === null) return;
  const copy = temporaryFolder();
  cpSync(state, copy, { recursive: true });
  execFileSync(dart.dart, ['compile', 'kernel', '-o', 'out.dill', 'lib/main.dart'], { cwd: copy });
}

describe('a command that was killed between two steps', () => {
  it('add-endpoint leaves a service that works, and completes it when run again', async () => {
    const root = writeService(temporaryFolder());
    const before = readTree(root);
    const dry = scripted({ cwd: root });
    await addEndpoint(dry.context, 'createOrder', { ...flags, json: true, dryRun: true });
    const { changes } = JSON.parse(dry.results.join('')) as {
      changes: { kind: string; path: string }[];
    };
    const whole = temporaryFolder();
    cpSync(root, whole, { recursive: true });
    await add(whole);
    const after = readTree(whole);
    const listed = changes.map(({ kind, path }) => `${kind} ${path}`).join('\n');
    const states = await statesBetween(root, changesOf(before, after, listed));
    expect(states.length).toBeGreaterThan(6);
    for (const state of states.slice(0, -1)) {
      await expectToWork(state);
      await add(state);
      expect(readTree(state)).toEqual(after);
    }
  });

  it('add-endpoint can be taken back by remove-endpoint instead', async () => {
    const root = writeService(temporaryFolder());
    const before = readTree(root);
    const whole = temporaryFolder();
    cpSync(root, whole, { recursive: true });
    const added = scripted({ cwd: whole });
    await addEndpoint(added.context, 'createOrder', flags);
    const changes = changesOf(before, readTree(whole), added.results.join(''));
    for (const state of (await statesBetween(root, changes)).slice(1)) {
      await remove(state);
      expect(readTree(state)).toEqual(before);
    }
  });

  it('remove-endpoint leaves a service that works, and completes it when run again', async () => {
    const root = writeService(temporaryFolder());
    const before = readTree(root);
    await add(root);
    const after = readTree(root);
    const whole = temporaryFolder();
    cpSync(root, whole, { recursive: true });
    const removed = scripted({ cwd: whole });
    await removeEndpoint(removed.context, 'createOrder', {});
    const changes = changesOf(after, before, removed.results.join(''));
    for (const state of (await statesBetween(root, changes)).slice(0, -1)) {
      await expectToWork(state);
      await remove(state);
      expect(readTree(state)).toEqual(before);
    }
  });

  it('is seen to have worked on files with the line endings of the user', async () => {
    const root = writeService(temporaryFolder());
    const windows = Object.entries(readTree(root)).map(([path, text]) => [
      path,
      text.replaceAll('\n', '\r\n'),
    ]);
    writeTree(root, Object.fromEntries(windows));
    const before = readTree(root);
    await add(root);
    expect(readTree(root)['serverless.yml']).not.toMatch(/[^\r]\n/);
    expect(readTree(root)['lib/main.dart']).not.toMatch(/[^\r]\n/);
    await remove(root);
    expect(readTree(root)).toEqual(before);
  });
});
