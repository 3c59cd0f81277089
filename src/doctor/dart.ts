import { CROSS_COMPILES_SINCE } from '../tools/dart.ts';
import type { Check } from './check.ts';
import { hostTarget, isUsable, otherTargets } from './toolchain.ts';

const INSTALL_DART = 'install it from https://dart.dev/get-dart, or set DART_SDK to its folder';
const UPGRADE_DART = `install Dart ${CROSS_COMPILES_SINCE} or newer from https://dart.dev/get-dart`;

export const dartCheck: Check = {
  id: 'dart',
  title: 'Dart SDK',
  fixWhenSlow: 'dart --version  once by hand: the first start of an SDK can take long',
  async run(context) {
    const sdk = await context.toolchain.sdk();
    const { dart, version, searched, crossCompiles } = sdk;
    if (crossCompiles) return { status: 'ok', detail: `${version} at ${dart}, compiles for Linux` };
    const needed = otherTargets(context).join(' and ');
    if (isUsable(sdk, context)) {
      const detail = `${version} at ${dart}, compiles for Linux ${hostTarget(context)} only`;
      return { status: 'warn', detail, fix: UPGRADE_DART };
    }
    const { engine } = await context.toolchain.engines();
    const instead = engine ? `${engine.name} compiles instead` : 'no container engine either';
    const status = engine ? 'warn' : 'fail';
    if (dart === undefined) {
      const where = searched.join(', ') || 'an empty PATH';
      const detail = `no dart in ${where}; ${instead}; dev needs it too`;
      return { status, detail, fix: INSTALL_DART };
    }
    if (version === undefined) {
      const detail = `${dart} does not tell its version; ${instead}`;
      return { status, detail, fix: INSTALL_DART };
    }
    const target = needed === '' ? 'Linux' : `Linux ${needed}`;
    const detail = `${version} at ${dart}, too old to compile for ${target}; ${instead}`;
    return { status, detail, fix: UPGRADE_DART };
  },
};
