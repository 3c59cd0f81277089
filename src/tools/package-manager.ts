import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type PackageManager, startedBy, usedIn } from '../service/package-manager.ts';
import type { Env } from '../util/env.ts';
import type { Command } from './command.ts';

/** Installs what the service's package.json lists: osls. */
export function installCommand({ name }: PackageManager, folder: string): Command {
  // npm would add a page about audits and funding.
  const quiet = name === 'npm' ? ['--no-audit', '--no-fund'] : [];
  return { tool: name, args: ['install', ...quiet], cwd: folder };
}

/** The package manager that the folder uses; one without a lockfile: that started this program. */
export function packageManagerOf(folder: string, env: Env): PackageManager {
  return usedIn((name) => existsSync(join(folder, name))) ?? startedBy(env.npm_config_user_agent);
}
