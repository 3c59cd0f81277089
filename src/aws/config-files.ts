/* Reads the files that all AWS tools share: `config` and `credentials`. */

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import { DEFAULTS } from '../service/defaults.ts';
import type { Env } from '../util/env.ts';

/**
 * Returns the region that the AWS tools would use: AWS_REGION, AWS_DEFAULT_REGION, that of the
 * profile in the AWS config file, or else {@link DEFAULTS.region}.
 */
export function defaultRegion(env: Env): string {
  const fromEnv = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (fromEnv) return fromEnv;
  const settings = profileSettings(readText(configFile(env)), env.AWS_PROFILE || 'default');
  return settings?.get('region') || DEFAULTS.region;
}

/** The settings that give a profile its credentials, in order of precedence. */
const KINDS: readonly (readonly [setting: string, kind: string])[] = [
  ['sso_session', 'SSO'],
  ['sso_start_url', 'SSO'],
  ['role_arn', 'a role'],
  ['credential_process', 'a program'],
  ['login_session', 'aws login'],
  ['aws_access_key_id', 'access keys'],
];

/**
 * Describes where a profile gets its credentials, such as `SSO in /home/ada/.aws/config`; undefined
 * where there is no such profile. Never returns the values of settings.
 */
export function profileOrigin(profile: string, env: Env): string | undefined {
  const credentials = env.AWS_SHARED_CREDENTIALS_FILE || inHome(env, 'credentials');
  let known: string | undefined;
  for (const file of [configFile(env), credentials]) {
    const settings = profileSettings(readText(file), profile);
    const kind = KINDS.find(([setting]) => settings?.has(setting))?.[1];
    if (kind !== undefined) return `${kind} in ${file}`;
    if (settings !== undefined) known ??= file;
  }
  return known;
}

const configFile = (env: Env): string => env.AWS_CONFIG_FILE || inHome(env, 'config');

const inHome = (env: Env, name: string): string => join(env.HOME || homedir(), '.aws', name);

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // Usually missing; if it cannot be read, the deployment reports that.
    if (errorCode(error) !== undefined) return '';
    throw error;
  }
}

/**
 * Reads the settings of a profile from the text of `config` or `credentials`
 * (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html), without nested settings.
 * Undefined where there is no such profile.
 */
export function profileSettings(
  text: string,
  profile: string,
): ReadonlyMap<string, string> | undefined {
  let settings: Map<string, string> | undefined;
  let inProfile = false;
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[\s*(?:profile\s+)?["']?(.+?)["']?\s*\]/.exec(line)?.[1];
    if (section !== undefined) inProfile = section === profile;
    if (!inProfile) continue;
    settings ??= new Map();
    // Nested settings are indented; a space precedes a comment.
    const [, name, value] = /^(\w+)\s*=\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line) ?? [];
    if (name !== undefined) settings.set(name, value ?? '');
  }
  return settings;
}
