import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from './command.ts';

/** Makes an empty repository. It is never committed to: that is the user's to do. */
export function gitInit(folder: string): Command {
  return { tool: 'git', args: ['init', '--quiet'], cwd: folder };
}

/** Whether the folder, which need not exist yet, is in a repository of any kind: its marker is in it or above it. */
export function isInRepository(folder: string): boolean {
  for (const marker of ['.git', '.hg', '.svn', '.jj']) {
    if (existsSync(join(folder, marker))) return true;
  }
  const parent = dirname(folder);
  return parent !== folder && isInRepository(parent);
}
