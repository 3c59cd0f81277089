import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { create } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { temporaryFolder } from '../support/folders.ts';

const bare = { git: false };

it('names a folder that begins with a dash so that it can be typed', async () => {
  const cwd = temporaryFolder();
  const { context, results } = scripted({ cwd });
  await create(context, '-x/shop', bare, 'linux');
  expect(results.join('\n')).toContain('\n  cd ./-x/shop\n');
});

it('repeats a command with such a folder so that it can be typed', async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, '-x'));
  const answers = {
    'Where should the service go?': '-x/shop',
    'Which kind of API?': 'rest',
    'Which processor should it run on?': 'arm64',
    'In which AWS region?': 'eu-west-1',
    'How much memory, in MB?': '128',
    'After how many seconds does a request time out?': '10',
  };
  const { context, notes } = scripted({ cwd, answers });
  await create(context, undefined, bare);
  expect(notes.join('\n')).toContain('create-lambda-hello ./-x/shop --api rest');
});

it.each([
  ['-x', 'create-lambda-hello hello'],
  ['-x/1st', 'create-lambda-hello ./-x/st'],
  ['-x/no', 'create-lambda-hello ./-x/no-service'],
  ['no', 'create-lambda-hello no-service'],
])('suggests a folder for %s that can be typed', async (directory, hint) => {
  const { context } = scripted({ cwd: temporaryFolder() });
  const failed = create(context, directory, { ...bare, yes: true });
  await expect(failed).rejects.toBeInstanceOf(UserError);
  await expect(failed).rejects.toMatchObject({ hint });
});
