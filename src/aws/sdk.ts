/* Uses the AWS SDK that osls depends on, with the settings of osls. */

import { errorCode, UserError } from '../errors.ts';
import type { Env } from '../util/env.ts';
import type { CredentialSource } from './credentials.ts';
import { sdkLacks } from './messages.ts';

/** The part of an SDK client that is used. */
export type Client = { send(command: object, options: object): Promise<unknown> };
export type Sdk = Readonly<Record<string, new (input: object) => object>>;
/** Loads a module from the dependencies of osls. */
export type Load = (name: string) => unknown;

/** In milliseconds. Less would make a distant region seem unreachable over a slow connection. */
const CONNECTION_TIMEOUT = 5000;
const REQUEST_TIMEOUT = 30_000;

/**
 * Loads a package of the SDK.
 *
 * @throws UserError when osls does not bring it
 */
export function loadSdk(load: Load, name: string): Sdk {
  try {
    return load(name) as Sdk;
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    throw lacks(name);
  }
}

const lacks = (name: string): UserError =>
  new UserError(sdkLacks({ name }), 'npm install --save-dev osls@4');

/**
 * Creates a client or a command of the SDK.
 *
 * @throws UserError when the SDK lacks it
 */
export function make(sdk: Sdk, name: string, input: object): object {
  const Constructor = sdk[name];
  if (Constructor === undefined) throw lacks(name);
  return new Constructor(input);
}

/**
 * Gets credentials as osls does in
 * https://github.com/oss-serverless/osls/blob/main/lib/aws/credentials.js, but without prompts.
 */
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
  const { fromIni, fromNodeProviderChain } = loadSdk(
    load,
    '@aws-sdk/credential-providers',
  ) as unknown as Record<'fromIni' | 'fromNodeProviderChain', (options: object) => unknown>;
  const clientConfig = { requestHandler };
  return source.kind === 'profile'
    ? fromIni({ profile: source.profile, clientConfig })
    : fromNodeProviderChain({ clientConfig });
}

/** Returns the connection settings of the SDK: the proxy of osls, and timeouts. */
export function httpOptions(load: Load): object {
  return {
    ...oslsHttpOptions(load),
    connectionTimeout: CONNECTION_TIMEOUT,
    requestTimeout: REQUEST_TIMEOUT,
    throwOnRequestTimeout: true,
  };
}

/** Returns the proxy and certificates of osls; none where its version lacks the module. */
function oslsHttpOptions(load: Load): object {
  try {
    const { buildHttpOptions } = load('./lib/aws/config.js') as { buildHttpOptions(): object };
    return buildHttpOptions();
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND' && !(error instanceof TypeError)) throw error;
    return {};
  }
}

/** Creates a client without the SDK's warning about old versions of Node.js, as osls warns too. */
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
