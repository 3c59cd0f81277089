import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { removeFunction } from '../../../src/commands/remove-function.ts';
import { changesOf, statesBetween } from '../../support/changes.ts';
import { listed } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { addIn, removeIn } from '../../support/new-functions.ts';
import { newService } from '../../support/service.ts';

const { 'serverless.yml': YML = '', ...others } = newService();
const [own = '', functions = ''] = YML.split('functions:\n');

/** Services whose functions are in serverless.yml, and in a file of their own. */
const SERVICES = {
  'in serverless.yml': { 'serverless.yml': YML },
  'in another file': {
    'serverless.yml': `${own}functions: \${file(functions.yml)}\n`,
    'functions.yml': functions.replaceAll(/^ {2}/gm, ''),
  },
};
const GIVEN = { event: 's3', bucket: 'acme-uploads', create: true };
const ORDERS = { event: 'sqs', queue: 'orders', payload: 'id:int', create: true };
const cases = Object.entries(SERVICES).flatMap(([place, files]) => [
  { place, files, name: 'onUpload', given: GIVEN, source: 'a statement' },
  { place, files, name: 'onOrder', given: ORDERS, source: 'resources' },
]);

function copyOf(root: string): string {
  const copy = temporaryFolder();
  cpSync(root, copy, { recursive: true });
  return copy;
}

/** Whatever serverless.yml promises is registered; a registration too many does no harm. */
async function expectToWork(state: string): Promise<void> {
  const problems: { readonly message: string }[] = (await listed(state)).problems;
  const messages = problems.map(({ message }) => message);
  expect(messages.filter((one) => !one.includes('is registered, but no function'))).toEqual([]);
}

describe.each(cases)(
  'a command on a function with $source $place, killed between two steps',
  (one) => {
    async function serviceOf() {
      const root = temporaryFolder();
      writeTree(root, { ...others, ...one.files });
      const before = readTree(root);
      const whole = copyOf(root);
      const { result } = await addIn(whole, one.name, one.given);
      return { root, before, whole, after: readTree(whole), result };
    }

    it('leaves a service that works, and add-function completes it', async () => {
      const { root, before, after, result } = await serviceOf();
      const states = await statesBetween(root, changesOf(before, after, result));
      for (const state of states.slice(0, -1)) {
        await expectToWork(state);
        await addIn(state, one.name, one.given);
        expect(readTree(state)).toEqual(after);
      }
    });

    it('can be taken back by remove-function instead', async () => {
      const { root, before, after, result } = await serviceOf();
      const states = await statesBetween(root, changesOf(before, after, result));
      for (const state of states.slice(1)) {
        expect(await removeIn(state, one.name)).toEqual([]);
        expect(readTree(state)).toEqual(before);
      }
    });

    it('is completed by remove-function where that was killed', async () => {
      const { before, whole, after } = await serviceOf();
      const removed = scripted({ cwd: copyOf(whole) });
      await removeFunction(removed.context, one.name, {});
      const changes = changesOf(after, before, removed.results.join(''));
      for (const state of (await statesBetween(whole, changes)).slice(0, -1)) {
        await expectToWork(state);
        await removeIn(state, one.name);
        expect(readTree(state)).toEqual(before);
      }
    });
  },
);
