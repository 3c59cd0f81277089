/*
 * Finds the source of the AWS credentials of osls, in its order of precedence
 * (https://github.com/oss-serverless/osls/blob/main/docs/guides/credentials.md).
 */

import type { Env } from '../util/env.ts';

export type CredentialSource =
  | { readonly kind: 'profile'; readonly profile: string; readonly from: string }
  | { readonly kind: 'keys'; readonly prefix: string }
  /** The default profile, then the provider chain of the AWS SDK. */
  | { readonly kind: 'chain' };

export interface CredentialOptions {
  /** As in `--aws-profile`. */
  readonly profile?: string | undefined;
  readonly stage?: string | undefined;
  /** `provider.profile` of serverless.yml. */
  readonly serviceProfile?: string | undefined;
}

/** Returns the first source that is configured. */
export function credentialSource(env: Env, options: CredentialOptions): CredentialSource {
  const { profile, stage, serviceProfile } = options;
  const profileOf = (variable: string): CredentialSource | undefined => {
    const named = env[variable];
    return named ? { kind: 'profile', profile: named, from: variable } : undefined;
  };
  const keysOf = (prefix: string): CredentialSource | undefined =>
    env[`${prefix}_ACCESS_KEY_ID`] && env[`${prefix}_SECRET_ACCESS_KEY`]
      ? { kind: 'keys', prefix }
      : undefined;
  const ofStage = stage === undefined ? undefined : `AWS_${stage.toUpperCase()}`;
  return (
    (profile ? { kind: 'profile', profile, from: '--aws-profile' } : undefined) ??
    (ofStage === undefined ? undefined : (profileOf(`${ofStage}_PROFILE`) ?? keysOf(ofStage))) ??
    profileOf('AWS_PROFILE') ??
    keysOf('AWS') ??
    (serviceProfile
      ? { kind: 'profile', profile: serviceProfile, from: 'serverless.yml' }
      : undefined) ??
    profileOf('AWS_DEFAULT_PROFILE') ?? { kind: 'chain' }
  );
}

/** Describes a source within a sentence. */
export function describeSource(source: CredentialSource): string {
  switch (source.kind) {
    case 'profile':
      return `the profile ${source.profile} (${source.from})`;
    case 'keys':
      return `${source.prefix}_ACCESS_KEY_ID and ${source.prefix}_SECRET_ACCESS_KEY`;
    case 'chain':
      return 'the default profile, then the surroundings (container, EC2 instance)';
  }
}
