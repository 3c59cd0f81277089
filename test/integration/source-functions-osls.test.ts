import { expect, it } from 'vitest';
import { addSourceFunction } from '../../src/serverless-yml/edit/source/add.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { editedService } from '../support/functions-edit.ts';
import { printByOsls } from '../support/osls.ts';
import { shapes } from '../support/serverless-shapes.ts';
import { sourceFunctions } from '../support/source-functions.ts';

const cases = shapes.flatMap(({ name, file, input, output }) =>
  output === undefined
    ? []
    : Object.entries(sourceFunctions)
        .filter(
          ([, { statements }]) => !(statements && name === 'functions-file-and-provider-file'),
        )
        .map(([source, fn]) => ({ name: `${name}, ${source}`, file, input, fn })),
);

/** Leaves out the plugins, which are not in these folders. */
const withoutPlugins = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path === 'serverless.yml' ? text.replace(/^plugins:.*\r?\n(?:\s*-.*\r?\n)*/m, '') : text,
    ]),
  );

const printed = (files: readonly Readonly<Record<string, string>>[]) =>
  printByOsls(
    files.map((one) => {
      const cwd = temporaryFolder();
      writeTree(cwd, withoutPlugins(one));
      return cwd;
    }),
  );

it('osls reads functions of other sources as they were meant, and its schema accepts them', () => {
  const before = printed(cases.map(({ input }) => input));
  const after = printed(
    cases.map(({ file, input, fn }) => {
      const { edits } = addSourceFunction(editedService(input, file), fn);
      return { ...input, ...Object.fromEntries(edits.map((one) => [one.file, one.after])) };
    }),
  );
  let accepted = 0;
  const wrong: unknown[] = [];
  for (const [index, { name, fn }] of cases.entries()) {
    // Some are refused as they are, for what has nothing to do with the function.
    if (before[index]?.refused !== undefined) continue;
    accepted++;
    const { refused, config } = after[index] ?? {};
    if (refused !== undefined) wrong.push([name, refused.slice(0, 400)]);
    else {
      expect(config.functions[fn.key], name).toMatchObject({
        handler: fn.handler,
        events: fn.events.map(({ kind }) => ({ [kind]: expect.anything() })),
      });
      expect(config.resources?.Resources ?? {}, name).toMatchObject((fn.resources ?? {}) as object);
      expect(config.provider.iam?.role?.statements ?? [], name).toEqual(
        expect.arrayContaining((fn.statements ?? []) as object[]),
      );
    }
  }
  expect(wrong).toEqual([]);
  expect(accepted).toBeGreaterThan(cases.length / 2);
});
