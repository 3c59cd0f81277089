import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command, Run } from './command.ts';

/** Creates an empty repository. Commits are left to the user. */
export function gitInit(folder: string): Command {
  return { tool: 'git', args: ['init', '--quiet'], cwd: folder };
}

/** Tells whether a folder, which need not exist, is in a repository of any version control system. */
export function isInRepository(folder: string): boolean {
  for (const marker of ['.git', '.hg', '.svn', '.jj']) {
    if (existsSync(join(folder, marker))) return true;
  }
  const parent = dirname(folder);
  return parent !== folder && isInRepository(parent);
}

/**
 * Finds an earlier text of a file in its repository; undefined where there is none.
 *
 * @param path relative to the folder
 * @param isMeant recognizes the text; called from the oldest to the newest
 */
export async function earlierText(
  run: Run,
  folder: string,
  path: string,
  isMeant: (text: string) => boolean,
): Promise<string | undefined> {
  const git = async (...args: string[]): Promise<string | undefined> => {
    const running = await run({ tool: 'git', args, cwd: folder }, { output: 'capture' });
    const { code, stdout } = await running.exited;
    return code === 0 ? stdout : undefined;
  };
  const commits = await git('log', '--reverse', '--format=%H', '--', path);
  for (const commit of commits?.split('\n').filter((hash) => hash !== '') ?? []) {
    const text = await git('show', `${commit}:./${path}`);
    // The last line break is not captured, and every generated file ends with one.
    if (text !== undefined && isMeant(`${text}\n`)) return `${text}\n`;
  }
  return undefined;
}
