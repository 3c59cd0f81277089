import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import { FALLBACK_REGION } from '../service/region.ts';
import type { Env } from '../util/env.ts';
import { profileSettings } from './config-file-text.ts';

/**
 * The region that the AWS tools would use: AWS_REGION, AWS_DEFAULT_REGION, the
 * configured profile's in the AWS config file, else {@link FALLBACK_REGION}.
 */
export function defaultRegion(env: Env): string {
  const fromEnv = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (fromEnv) return fromEnv;
  const path = env.AWS_CONFIG_FILE || join(env.HOME || homedir(), '.aws', 'config');
  try {
    const config = readFileSync(path, 'utf8');
    const profile = profileSettings(config, env.AWS_PROFILE || 'default');
    return profile?.get('region') || FALLBACK_REGION;
  } catch (error) {
    // No AWS configuration is usual; one that cannot be read is for the deployment to complain of.
    if (errorCode(error) !== undefined) return FALLBACK_REGION;
    throw error;
  }
}
