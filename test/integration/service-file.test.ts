import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findServiceFile } from '../../src/service-folder/service-file.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

describe('the file of a service', () => {
  it.each(['yml', 'yaml', 'json', 'js', 'mjs', 'cjs', 'ts'])(
    'is found in its folder and below it: serverless.%s',
    (extension) => {
      const root = temporaryFolder();
      const file = join(root, `serverless.${extension}`);
      writeTree(root, { [`serverless.${extension}`]: '' });
      mkdirSync(join(root, 'lib/handlers'), { recursive: true });
      expect(findServiceFile(root)).toBe(file);
      expect(findServiceFile(join(root, 'lib/handlers'))).toBe(file);
    },
  );

  it('is not found beside it, nor by a similar name', () => {
    const root = temporaryFolder();
    writeTree(root, { 'shop/serverless.yml': '', 'serverless.md': '', 'my-serverless.yml': '' });
    expect(findServiceFile(root)).toBeUndefined();
  });
});
