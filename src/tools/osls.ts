import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { explained } from '../changes/target.ts';
import { CancelledError, errorCode, ToolError, UserError } from '../errors.ts';
import type { InstalledOsls } from '../serverless-yml/osls/findings.ts';
import type { PackageManager } from '../service/package-manager.ts';
import type { Env } from '../util/env.ts';
import { asText, recordOf } from '../util/json.ts';
import { quoteWord } from '../util/shell-words.ts';
import { formatCommand } from './command.ts';
import { type Host, howItFailed, runInForeground } from './foreground.ts';
import * as messages from './messages.ts';
import { readPackageJson } from './package-json.ts';
import { installCommand, packageManagerOf } from './package-manager.ts';

/**
 * A marker folder that exists while osls is being installed. It is left over after an interrupted
 * installation, whose node_modules is incomplete. The .gitignore of a service has the name.
 */
const INSTALLING = '.create-lambda-hello-installing';

/** Finds the package.json of the service's osls; undefined where it is not installed. */
export function findOsls(root: string): string | undefined {
  if (existsSync(join(root, INSTALLING))) return undefined;
  try {
    return createRequire(join(root, 'serverless.yml')).resolve('osls/package.json');
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    return undefined;
  }
}

/** Loads the osls of a package.json with its semver; undefined where that is impossible. */
export function oslsAt(packageJson: string): InstalledOsls | undefined {
  const load = createRequire(packageJson);
  try {
    const { version } = load(packageJson);
    const semver = load('semver');
    return {
      version,
      satisfies: (range) =>
        semver.validRange(range) === null ? undefined : semver.satisfies(version, range),
    };
  } catch {
    return undefined; // an incomplete osls fails by itself
  }
}

/**
 * Returns the osls of the service, or before its installation the one that package.json asks for;
 * undefined where neither is known.
 *
 * @throws UserError when package.json cannot be read
 */
export async function oslsOf(root: string): Promise<InstalledOsls | undefined> {
  const found = findOsls(root);
  if (found !== undefined) return oslsAt(found);
  const version = wantedOsls(await readPackageJson(join(root, 'package.json')));
  const major = majorOf(version);
  if (version === undefined || major === undefined) return undefined;
  return {
    version,
    satisfies: (range) => {
      if (typeof range !== 'string') return undefined;
      // Without osls there is no semver, so only major versions are compared.
      return (majorOf(range) ?? major) === major;
    },
  };
}

/** Returns the major version of a version or of a simple range; undefined for other ranges. */
const majorOf = (range: string | undefined): string | undefined =>
  /^[\^~=v\s]*(\d+)(\.[\dx*]+)*\s*$/.exec(range ?? '')?.[1];

/** Returns the version range of osls in a package.json; undefined where it is not listed. */
export function wantedOsls(manifest: Record<string, unknown> | undefined): string | undefined {
  return [manifest?.devDependencies, manifest?.dependencies, manifest?.optionalDependencies]
    .map((list) => asText(recordOf(list).osls))
    .find((range) => range !== undefined);
}

/**
 * Finds the package.json of the service's osls, after its package manager has installed osls where
 * it was missing.
 *
 * @throws UserError when the service's package.json does not list it
 * @throws ToolError when the installation fails
 * @throws CancelledError when it is interrupted; the next call completes it
 */
export async function requireOsls(
  host: Host & { readonly env: Env },
  root: string,
): Promise<string> {
  const found = findOsls(root);
  if (found !== undefined) return found;
  const manager = await packageManagerOf(root, host.env);
  const byHand = (command: string) => `cd ${quoteWord(root)} && ${command}`;
  const path = join(root, 'package.json');
  if (wantedOsls(await readPackageJson(path)) === undefined) {
    throw new UserError(messages.oslsNotListed({ path }), byHand(`${manager.add} osls@4`));
  }
  host.out.note(
    existsSync(join(root, INSTALLING))
      ? 'The installation of osls was cut off; it is completed now.'
      : 'osls, which builds and deploys, is not installed yet. It is 96 MB, once.',
  );
  await install(host, root, manager);
  const installed = findOsls(root);
  if (installed !== undefined) return installed;
  // With NODE_ENV=production and similar settings, package managers skip devDependencies.
  throw new UserError(
    messages.oslsStillMissing({ command: manager.install, folder: root }),
    `unset NODE_ENV and whatever leaves devDependencies out, then  ${byHand(manager.install)}`,
  );
}

async function install(host: Host, root: string, manager: PackageManager): Promise<void> {
  const command = installCommand(manager, root);
  const line = formatCommand(command);
  await explained(root, () => mkdir(join(root, INSTALLING), { recursive: true }));
  const running = runInForeground(host, command, { output: 'stream' });
  const exit = await running.catch((error: unknown) => {
    if (!(error instanceof CancelledError)) throw error;
    throw new CancelledError(messages.installationInterrupted());
  });
  if (exit.code !== 0) {
    throw new ToolError(
      messages.oslsNotInstalled({ reason: howItFailed(line, exit) }),
      `cd ${quoteWord(root)} && ${line}`,
      exit.code ?? 1,
    );
  }
  await rm(join(root, INSTALLING), { recursive: true, force: true });
}
