import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import {
  addIn,
  created,
  OWN_RESOURCES,
  ofOwn,
  referring,
  removeIn,
} from '../../support/new-functions.ts';
import { shapes } from '../../support/serverless-shapes.ts';
import { newService } from '../../support/service.ts';

const { 'serverless.yml': YML = '', ...others } = newService();

function serviceOf(files: Readonly<Record<string, string>>): string {
  const cwd = temporaryFolder();
  writeTree(cwd, { ...others, ...files });
  return cwd;
}

async function undo(cwd: string, name: string): Promise<void> {
  expect(await removeIn(cwd, name), name).toEqual([]);
}

const all = Object.entries({ ...created, ...referring });
const own = stringify({ resources: { Resources: OWN_RESOURCES } });

describe('add-function, undone by remove-function', () => {
  it.each(all)('leaves nothing of %s', async (name, given) => {
    const cwd = serviceOf({ 'serverless.yml': YML });
    const before = readTree(cwd);
    await addIn(cwd, name, given);
    const added = readTree(cwd);
    expect(added['lib/main.dart']).toContain(`'main.${name}'`);
    expect(added['serverless.yml']).toContain(`handler: main.${name}`);
    await undo(cwd, name);
    expect(readTree(cwd)).toEqual(before);
  });

  it.each(Object.entries(ofOwn))('leaves the resource that %s refers to', async (name, given) => {
    const cwd = serviceOf({ 'serverless.yml': YML + own });
    const before = readTree(cwd);
    await addIn(cwd, name, given);
    await undo(cwd, name);
    expect(readTree(cwd)).toEqual(before);
  });

  // Each style gets three, by turns; its provider is in a file of its own, which takes no statements.
  const styles = shapes.filter(
    ({ name, output }) => output && name !== 'functions-file-and-provider-file',
  );
  const cases = styles.map(({ name, input }, index) => {
    const some = [0, 1, 2].map((one) => all[(index * 3 + one) % all.length] ?? all[0]);
    return { name, input, some: some.filter((one) => one !== undefined) };
  });
  it.each(cases)('leaves nothing in a service in the style of $name', async ({ input, some }) => {
    const cwd = serviceOf(input);
    const states = [readTree(cwd)];
    for (const [name, given] of some) {
      await addIn(cwd, name, given);
      states.push(readTree(cwd));
    }
    for (const [name] of some.toReversed()) {
      states.pop();
      await undo(cwd, name);
      expect(readTree(cwd), name).toEqual(states.at(-1));
    }
  });

  it('leaves nothing of all sources together, whatever the order', async () => {
    const cwd = serviceOf({ 'serverless.yml': YML + own });
    const before = readTree(cwd);
    const together = [...all, ...Object.entries(ofOwn)];
    for (const [name, given] of together) await addIn(cwd, name, given);
    for (const [name] of together) await undo(cwd, name);
    expect(readTree(cwd)).toEqual(before);
  });
});
