import type { Command } from './command.ts';

/** Installs what the service's package.json lists: osls. */
export function npmInstall(folder: string): Command {
  return { tool: 'npm', args: ['install', '--no-audit', '--no-fund'], cwd: folder };
}
