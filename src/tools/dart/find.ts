import { findDartSdk, problemsOf } from '../../../templates/service/tool/dart-sdk.mjs';
import { findToolchain, NoCompilerError } from '../../../templates/service/tool/dart-toolchain.mjs';
import { UserError } from '../../errors.ts';
import type { Env } from '../../util/env.ts';
import { type FetchHost, fetchDartInstead } from './fetch.ts';

/** One implementation: what every service builds with finds its SDK here too. */
export { findDartSdk, problemsOf } from '../../../templates/service/tool/dart-sdk.mjs';
export { findContainerEngine } from '../../../templates/service/tool/dart-toolchain.mjs';
export {
  CROSS_COMPILES_SINCE,
  compareVersions,
} from '../../../templates/service/tool/dart-version.mjs';

/** What to do about a DART_SDK that is none. */
export const CORRECT_DART_SDK = 'set DART_SDK to the folder of a Dart SDK, or unset it';

/** What to do where there is no SDK. */
export const GET_DART =
  'create-lambda-hello install-dart  fetches one; or install it from https://dart.dev/get-dart';

const START_ENGINE = 'start a container engine such as Docker or Podman';

/**
 * The path of the `dart` program for a service. In a terminal, one is fetched where there is none
 * and the user wants that.
 *
 * @param root the folder of the service
 * @throws UserError naming what was searched
 */
export async function requireDart(host: FetchHost, root: string): Promise<string> {
  const found = await lookForDart(host.env, root);
  return typeof found === 'string' ? found : fetchDartInstead(host, found);
}

/** The same without a question. */
export async function findDart(env: Env, root: string): Promise<string> {
  const found = await lookForDart(env, root);
  if (typeof found === 'string') return found;
  throw found;
}

/** The path of `dart`, or the problem that there is none. Throws UserError for a wrong DART_SDK. */
async function lookForDart(env: Env, root: string): Promise<string | UserError> {
  const { sdk, searched, wrong } = await findDartSdk({ env, serviceDir: root });
  if (sdk !== undefined) return sdk.dart;
  if (wrong !== undefined) throw new UserError(`${wrong}.`, CORRECT_DART_SDK);
  const problems = problemsOf(searched).join('; ');
  return new UserError(`no Dart SDK was found: ${problems}.`, GET_DART);
}

/** What is to be compiled, and how. */
export interface Compilation {
  /** The folder of the service. */
  readonly root: string;
  /** Processors, as serverless.yml names them. */
  readonly architectures: readonly string[];
  readonly inContainer: boolean;
}

/**
 * Says why nothing here can compile for the processors, as the service's own build will look for
 * it; undefined when something can.
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
    // What fetches an SDK is known by another name here.
    const hint = env.DART_SDK || inContainer ? error.whatToDo : `${GET_DART}; or ${START_ENGINE}`;
    return new UserError(error.reason, hint);
  }
}
