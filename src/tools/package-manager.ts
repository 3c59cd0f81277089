import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_MANAGERS, type PackageManager, startedBy } from '../service/package-manager.ts';
import type { Env } from '../util/env.ts';
import type { Command } from './command.ts';

/** Returns the command that installs the service's devDependencies: osls. */
export function installCommand({ name }: PackageManager, folder: string): Command {
  // npm would print a page about audits and funding.
  const quiet = name === 'npm' ? ['--no-audit', '--no-fund'] : [];
  return { tool: name, args: ['install', ...quiet], cwd: folder };
}

/**
 * The package manager that the folder uses, by its lockfile or its package.json; where these do
 * not tell, that which started this program.
 */
export async function packageManagerOf(folder: string, env: Env): Promise<PackageManager> {
  const { detect } = await import('package-manager-detector/detect');
  // What lies above the folder may be another project's.
  const found = await detect({ cwd: folder, stopDir: folder });
  const isYarn2 = found?.name === 'yarn' && existsSync(join(folder, '.yarnrc.yml'));
  const known = isYarn2 || found?.agent === 'yarn@berry' ? 'yarn@berry' : found?.name;
  return PACKAGE_MANAGERS.get(known ?? '') ?? startedBy(env.npm_config_user_agent);
}
