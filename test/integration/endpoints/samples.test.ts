import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestOption, responseOption } from '../../../src/commands/add-endpoint-options.ts';
import type { UsageError } from '../../../src/errors.ts';
import { resolveOption } from '../../../src/ui/ask.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';

const FILES = {
  'number.json': '7',
  'text.json': '"a"',
  'null.json': 'null\n',
  'empty.json': '',
  'blank.json': ' \n',
  'mark.json': '\uFEFF',
  'broken.json': '{"a": 1,}',
};

describe.each([
  ['--request of a POST', (cwd: string) => requestOption('POST', cwd)],
  ['--request of a GET', (cwd: string) => requestOption('GET', cwd)],
  ['--response', responseOption],
])('%s', (_what, optionIn) => {
  it.each([...Object.keys(FILES), 'missing.json', 'folder', ''])(
    'refuses @%s with a value that it takes',
    async (file) => {
      const cwd = temporaryFolder();
      writeTree(cwd, FILES);
      mkdirSync(join(cwd, 'folder'));
      const option = optionIn(cwd);
      const error: UsageError = await resolveOption(option, `@${file}`, undefined).then(
        () => expect.unreachable(),
        (thrown) => thrown,
      );
      expect(error.exitCode).toBe(2);
      expect(error.hint).not.toContain('@');
      const advised = error.hint?.replace(`${option.flag} `, '').replace(/^'(.*)'$/, '$1');
      expect(await resolveOption(option, advised, undefined)).toBeDefined();
    },
  );
});
