import { defaultRegion, profileOrigin } from '../aws/config-files.ts';
import { type CredentialSource, credentialSource, describeSource } from '../aws/credentials.ts';
import { SignInError } from '../aws/errors.ts';
import type { Message } from '../message.ts';
import { isRegion } from '../service/region.ts';
import { findOsls } from '../tools/osls.ts';
import type { Env } from '../util/env.ts';
import { inQuotes } from '../util/text.ts';
import { type Check, type CheckContext, type Finding, findingOf } from './check.ts';
import * as messages from './messages.ts';

export const credentialsCheck: Check = {
  id: 'credentials',
  title: 'AWS credentials',
  fixWhenSlow: 'look at the network, at HTTPS_PROXY and at AWS_ENDPOINT_URL',
  async run(context) {
    const { env, service, profile, signal } = context;
    const found = service.kind === 'found' ? service : undefined;
    const options = {
      profile,
      stage: found?.service.stage ?? context.stage,
      serviceProfile: found?.deployment.profile,
    };
    const origin = originOf(credentialSource(env, options), env);
    // The AWS SDK is a dependency of osls: without osls, AWS cannot be called.
    if (service.kind === 'none') return unasked(origin, messages.needsOslsOfService());
    const osls = findOsls(service.root);
    if (osls === undefined) return unasked(origin, messages.needsOsls());
    try {
      const region = regionToAsk(context);
      const aws = await context.connectAws({ osls, region, env, signal, ...options });
      const { account, arn } = await aws.callerIdentity();
      const from = origin ?? 'what surrounds this process (a container or an EC2 instance)';
      return { status: 'ok', detail: `account ${account}, ${arn}, from ${from}` };
    } catch (error) {
      // osls prompts for the sign-in when it deploys, or says how to sign in.
      if (error instanceof SignInError) return findingOf(error, 'warn');
      throw error;
    }
  },
};

/** Describes where the credentials are; undefined where this machine has none. */
function originOf(source: CredentialSource, env: Env): string | undefined {
  switch (source.kind) {
    case 'keys':
      return describeSource(source);
    case 'profile': {
      const origin = profileOrigin(source.profile, env);
      return origin && `${describeSource(source)}, ${origin}`;
    }
    case 'chain': {
      const origin = profileOrigin('default', env);
      if (origin !== undefined) return `the profile default, ${origin}`;
      return [
        'AWS_WEB_IDENTITY_TOKEN_FILE',
        'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
        'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      ].find((name) => env[name]);
    }
  }
}

function unasked(origin: string | undefined, reason: Message): Finding {
  if (origin !== undefined) {
    return { status: 'warn', detail: messages.awsNotAsked({ source: origin, reason }) };
  }
  return {
    status: 'warn',
    detail: messages.noCredentials({ reason }),
    fix: 'aws configure, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE',
  };
}

/** Returns a region to ask for the account, which is the same in all: the service's, if known. */
function regionToAsk({ service, region, env }: CheckContext): string {
  const wanted = region ?? (service.kind === 'found' ? service.service.region : '');
  return isRegion(wanted) ? wanted : defaultRegion(env);
}

export const regionCheck: Check = {
  id: 'region',
  title: 'AWS region',
  async run({ service, region, env }) {
    const variable = ['AWS_REGION', 'AWS_DEFAULT_REGION'].find((name) => env[name]);
    if (region !== undefined) return judge(region, 'from --region');
    if (service.kind === 'unreadable') {
      return { status: 'warn', detail: messages.regionUnread() };
    }
    if (service.kind === 'none') {
      const from = variable ?? 'the AWS configuration, or the default';
      return judge(defaultRegion(env), `from ${from}`, '; a new service takes it');
    }
    const wanted = service.service.region;
    const finding = judge(wanted, 'where serverless.yml deploys to');
    const other = variable && env[variable];
    if (finding.status !== 'ok' || !variable || !other || other === wanted) return finding;
    return {
      status: 'warn',
      detail: messages.regionPassedOver({ region: wanted, variable, otherRegion: other }),
      fix: `--region ${other}  to deploy there, or unset ${variable}`,
    };
  },
};

function judge(region: string, origin: string, use = ''): Finding {
  if (isRegion(region)) return { status: 'ok', detail: `${region}, ${origin}${use}` };
  const fix = '--region eu-central-1';
  if (region.includes('${')) {
    return { status: 'warn', detail: messages.regionIsVariable({ variable: region }), fix };
  }
  return { status: 'fail', detail: messages.notARegion({ region: inQuotes(region), origin }), fix };
}
