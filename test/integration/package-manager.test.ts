import { describe, expect, it } from 'vitest';
import { packageManagerOf } from '../../src/tools/package-manager.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const BUN = { npm_config_user_agent: 'bun/1.1.30 npm/? node/v22.6.0 linux x64' };
const of = (files: Record<string, string>) => {
  const root = temporaryFolder();
  writeTree(root, files);
  return packageManagerOf(root, BUN);
};

describe('the package manager of a folder', () => {
  it.each([
    ['package-lock.json', 'npm install', 'npx'],
    ['npm-shrinkwrap.json', 'npm install', 'npx'],
    ['pnpm-lock.yaml', 'pnpm install', 'pnpm dlx'],
    ['yarn.lock', 'yarn install', 'npx'],
    ['bun.lock', 'bun install', 'bunx'],
    ['bun.lockb', 'bun install', 'bunx'],
  ])('is that of its %s', async (name, install, dlx) => {
    expect(await of({ 'package.json': '{}', [name]: '' })).toMatchObject({ install, dlx });
  });

  it.each([
    ['pnpm@10.1.0', 'pnpm install', 'pnpm dlx'],
    ['yarn@1.22.22', 'yarn install', 'npx'],
    ['yarn@4.5.0', 'yarn install', 'yarn dlx'],
  ])('is the one that its package.json names: %s', async (packageManager, install, dlx) => {
    const file = JSON.stringify({ packageManager });
    expect(await of({ 'package.json': file })).toMatchObject({ install, dlx });
  });

  it('is Yarn 2 or newer where Yarn has settings', async () => {
    const found = await of({ 'yarn.lock': '', '.yarnrc.yml': 'nodeLinker: node-modules\n' });
    expect(found.dlx).toBe('yarn dlx');
  });

  it.each([
    ['nothing', {}],
    ['a package.json alone', { 'package.json': '{}' }],
    ['a lockfile of one that is not known', { 'deno.lock': '' }],
    ['a package.json that is broken', { 'package.json': '{' }],
  ])('is the one that started this program where it has %s', async (_what, files) => {
    expect((await of(files)).name).toBe('bun');
  });

  it('is not that of the folder above', async () => {
    const root = temporaryFolder();
    writeTree(root, { 'pnpm-lock.yaml': '', 'service/package.json': '{}' });
    expect((await packageManagerOf(`${root}/service`, BUN)).name).toBe('bun');
  });
});
