import type { Env } from '../util/env.ts';
/** The AWS SDK that osls brings into a service, used as osls uses it. */

import { errorCode } from '../errors.ts';
import type { CredentialSource } from './credentials.ts';

/** As much of the AWS SDK as is used. */
export type Client = { send(command: object, options: object): Promise<unknown> };
export type Sdk = Readonly<Record<string, new (input: object) => object>>;
/** Loads a module as osls would. */
export type Load = (name: string) => unknown;

/** Below 5 s a far region on a slow line would look unreachable. */
const CONNECTION_TIMEOUT = 5000;
const REQUEST_TIMEOUT = 30_000;

/** A client or a command of the SDK. */
export function make(sdk: Sdk, name: string, input: object): object {
  const Constructor = sdk[name];
  if (Constructor === undefined) throw new Error(`the AWS SDK of osls has no ${name}`);
  return new Constructor(input);
}

/** As osls gets them (its lib/aws/credentials.js), but without asking anything. */
export function credentialProvider(
  load: Load,
  source: CredentialSource,
  env: Env,
  requestHandler: object,
): unknown {
  if (source.kind === 'keys') {
    const value = (name: string) => env[`${source.prefix}_${name}`];
    return {
      accessKeyId: value('ACCESS_KEY_ID'),
      secretAccessKey: value('SECRET_ACCESS_KEY'),
      sessionToken: value('SESSION_TOKEN'),
    };
  }
  const { fromIni, fromNodeProviderChain } = load('@aws-sdk/credential-providers') as Record<
    'fromIni' | 'fromNodeProviderChain',
    (options: object) => unknown
  >;
  const clientConfig = { requestHandler };
  return source.kind === 'profile'
    ? fromIni({ profile: source.profile, clientConfig })
    : fromNodeProviderChain({ clientConfig });
}

/** How the SDK connects: through the proxy of osls, and never waiting for ever. */
export function httpOptions(load: Load): object {
  return {
    ...oslsHttpOptions(load),
    connectionTimeout: CONNECTION_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    throwOnRequestTimeout: true,
  };
}

/** The proxy and the certificates that osls would use; none where its version has no such module. */
function oslsHttpOptions(load: Load): object {
  try {
    const { buildHttpOptions } = load('./lib/aws/config.js') as { buildHttpOptions(): object };
    return buildHttpOptions();
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND' && !(error instanceof TypeError)) throw error;
    return {};
  }
}

/** The SDK warns of old versions of Node.js when its first client is made; osls warns of them too. */
export function quietly<T>(action: () => T): T {
  const variable = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
  const before = process.env[variable];
  process.env[variable] = 'true';
  try {
    return action();
  } finally {
    if (before === undefined) delete process.env[variable];
    else process.env[variable] = before;
  }
}
