import { quoted } from '../message.ts';
import {
  CORRECT_DART_SDK,
  CROSS_COMPILES_SINCE,
  GET_DART,
  problemsOf,
} from '../tools/dart/find.ts';
import type { Check, CheckContext } from './check.ts';
import * as messages from './messages.ts';
import type { Sdk } from './toolchain.ts';

const NEWER_DART_SDK = `set DART_SDK to an SDK of ${CROSS_COMPILES_SINCE} or newer, or unset it`;

export const dartCheck: Check = {
  id: 'dart',
  title: 'Dart SDK',
  fixWhenSlow: 'dart --version  once by hand: the first start of an SDK can take long',
  async run(context) {
    const found = await context.toolchain.sdk();
    const { sdk, searched, wrong } = found;
    if (wrong !== undefined) {
      return { status: 'fail', detail: quoted(wrong), fix: CORRECT_DART_SDK };
    }
    const problems = problemsOf(searched);
    if (sdk?.crossCompiles) {
      // A missing SDK is no news, but an existing one that is not used may be a surprise.
      const others = problemsOf(searched.filter((place) => place.found !== 'missing'));
      const instead = others.map((problem) => `; ${problem}`).join('');
      const named = `${sdk.version} at ${sdk.dart}, ${sdk.why}`;
      return { status: 'ok', detail: `${named}, compiles for Linux${instead}` };
    }
    const newer = sdk?.source === 'DART_SDK' ? NEWER_DART_SDK : GET_DART;
    const processor = hostTarget(context);
    if (sdk && processor && isUsable(found, context)) {
      const detail = messages.sdkForThisMachine({ ...valuesOf(sdk), processor });
      return { status: 'warn', detail, fix: newer };
    }
    const { engine } = await context.toolchain.engines();
    const instead = engine
      ? messages.engineInstead({ engine: engine.name })
      : messages.noEngineEither();
    const status = engine ? 'warn' : 'fail';
    if (sdk === undefined) {
      const detail = messages.noSdk({ whatWasTried: problems.join('; '), instead });
      return { status, detail, fix: GET_DART };
    }
    const targets = otherTargets(context).join(' and ');
    const target = targets === '' ? 'Linux' : `Linux ${targets}`;
    const detail = messages.sdkTooOld({ ...valuesOf(sdk), target, instead });
    return { status, detail, fix: newer };
  },
};

/** Returns what the messages say of an SDK. */
const valuesOf = ({ version, dart, why }: NonNullable<Sdk['sdk']>) => ({
  version,
  path: dart,
  source: why,
});

/** Checks whether the SDK can compile for the service, or without a service for anything. */
export function isUsable({ sdk }: Sdk, context: CheckContext): boolean {
  if (sdk === undefined || sdk.crossCompiles) return sdk !== undefined;
  return hostTarget(context) !== undefined && otherTargets(context).length === 0;
}

/** The only target of an SDK before 3.8: this machine, if it runs Linux. */
function hostTarget({ machine }: CheckContext): string | undefined {
  if (machine.platform !== 'linux') return undefined;
  return machine.architecture === 'x64' ? 'x86_64' : machine.architecture;
}

/** Lists the architectures of the service's functions that this machine does not have. */
export function otherTargets(context: CheckContext): string[] {
  const { service } = context;
  if (service.kind !== 'found') return [];
  return service.deployment.architectures.filter((target) => target !== hostTarget(context));
}
