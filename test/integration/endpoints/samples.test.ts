import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { requestSample, responseSample } from '../../../src/commands/new-function/samples.ts';
import { UsageError } from '../../../src/errors.ts';
import { parseAs } from '../../../src/options/option.ts';
import { failure } from '../../support/failure.ts';
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

/** A service without models. */
const none = () => undefined;

describe.each([
  ['--request', 'POST', (cwd: string) => requestSample('POST', cwd, none)],
  ['--request', 'GET', (cwd: string) => requestSample('GET', cwd, none)],
  ['--response', 'POST', (cwd: string) => responseSample(cwd, none)],
])('the option %s of a %s', (flag, _method, readerIn) => {
  it.each([...Object.keys(FILES), 'missing.json', 'folder', ''])(
    'refuses @%s with a value that it takes',
    async (file) => {
      const cwd = temporaryFolder();
      writeTree(cwd, FILES);
      mkdirSync(join(cwd, 'folder'));
      const { parse } = readerIn(cwd);
      const error = await failure((async () => parseAs(flag, parse, `@${file}`))());
      expect(error).toBeInstanceOf(UsageError);
      expect(error.exitCode).toBe(2);
      expect(error.hint).not.toContain('@');
      const advised = error.hint?.replace(`${flag} `, '').replace(/^'(.*)'$/, '$1') ?? '';
      expect(parse(advised)).toBeDefined();
    },
  );
});
