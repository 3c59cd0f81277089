import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import type { Env } from '../util/env.ts';
import { profileSettings } from './config-file-text.ts';

/** How a profile gets its credentials, by the setting that makes it so; the first that it has. */
const KINDS: readonly (readonly [setting: string, kind: string])[] = [
  ['sso_session', 'SSO'],
  ['sso_start_url', 'SSO'],
  ['role_arn', 'a role'],
  ['credential_process', 'a program'],
  ['login_session', 'aws login'],
  ['aws_access_key_id', 'access keys'],
];

/**
 * Where a profile of the shared AWS files has its credentials from, `SSO in
 * /home/ada/.aws/config` for example, or undefined when the files have none of
 * that name. The values of settings are never kept.
 */
export async function profileOrigin(profile: string, env: Env): Promise<string | undefined> {
  const folder = join(env.HOME || homedir(), '.aws');
  const files = [
    env.AWS_CONFIG_FILE || join(folder, 'config'),
    env.AWS_SHARED_CREDENTIALS_FILE || join(folder, 'credentials'),
  ];
  let known: string | undefined;
  for (const file of files) {
    const settings = profileSettings(await readText(file), profile);
    const kind = KINDS.find(([setting]) => settings?.has(setting))?.[1];
    if (kind !== undefined) return `${kind} in ${file}`;
    if (settings !== undefined) known ??= file;
  }
  return known;
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    // A file that cannot be read holds no credentials for anyone else either.
    if (errorCode(error) !== undefined) return '';
    throw error;
  }
}
