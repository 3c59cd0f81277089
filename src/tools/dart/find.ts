import { findDartSdk, problemsOf } from '../../../templates/service/tool/dart-sdk.mjs';
import { findToolchain, NoCompilerError } from '../../../templates/service/tool/dart-toolchain.mjs';
import { UserError } from '../../errors.ts';
import { quoted } from '../../message.ts';
import type { Env } from '../../util/env.ts';
import { type FetchHost, fetchDartInstead } from './fetch.ts';
import { noDartSdk } from './messages.ts';

/** The module with which every service finds its SDK, so that both find the same. */
export { findDartSdk, problemsOf } from '../../../templates/service/tool/dart-sdk.mjs';
export { findContainerEngine } from '../../../templates/service/tool/dart-toolchain.mjs';
export {
  CROSS_COMPILES_SINCE,
  compareVersions,
} from '../../../templates/service/tool/dart-version.mjs';

/** The hint for a DART_SDK that is not an SDK. */
export const CORRECT_DART_SDK = 'set DART_SDK to the folder of a Dart SDK, or unset it';

/** The hint where there is no SDK. */
export const GET_DART =
  'create-lambda-hello install-dart  fetches one; or install it from https://dart.dev/get-dart';

const START_ENGINE = 'start a container engine such as Docker or Podman';

/**
 * Finds the `dart` program for a service. Where there is none, offers in a terminal to fetch one.
 *
 * @param root the folder of the service
 * @throws UserError naming what was searched
 */
export async function requireDart(host: FetchHost, root: string): Promise<string> {
  const found = await lookForDart(host.env, root);
  return typeof found === 'string' ? found : fetchDartInstead(host, found);
}

/** Finds the `dart` program without a prompt. */
export async function findDart(env: Env, root: string): Promise<string> {
  const found = await lookForDart(env, root);
  if (typeof found === 'string') return found;
  throw found;
}

/** Returns the path of `dart`, or the error where there is none. Throws for a wrong DART_SDK. */
async function lookForDart(env: Env, root: string): Promise<string | UserError> {
  const { sdk, searched, wrong } = await findDartSdk({ env, serviceDir: root });
  if (sdk !== undefined) return sdk.dart;
  if (wrong !== undefined) throw new UserError(quoted(`${wrong}.`), CORRECT_DART_SDK);
  return new UserError(noDartSdk({ whatWasTried: problemsOf(searched).join('; ') }), GET_DART);
}

export interface Compilation {
  /** The folder of the service. */
  readonly root: string;
  /** The architectures, named as in serverless.yml. */
  readonly architectures: readonly string[];
  readonly inContainer: boolean;
}

/**
 * Explains why this machine cannot compile for the architectures, by the rules of the service's own
 * build; undefined where it can.
 */
export async function compilerProblem(
  env: Env,
  { root, architectures, inContainer }: Compilation,
): Promise<UserError | undefined> {
  try {
    for (const architecture of architectures) {
      await findToolchain({ architecture, inContainer, env, serviceDir: root });
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof NoCompilerError)) throw error;
    // Here, another command fetches an SDK.
    const hint = env.DART_SDK || inContainer ? error.whatToDo : `${GET_DART}; or ${START_ENGINE}`;
    return new UserError(quoted(error.reason), hint);
  }
}
