import type { Message } from '../message.ts';
import { hasCrossFiles } from '../tools/dart/cross-files.ts';
import type { Reached } from '../tools/reach.ts';
import type { Check, CheckContext, Finding } from './check.ts';
import { otherTargets } from './dart.ts';
import * as messages from './messages.ts';

/** The package server of `dart pub` (https://dart.dev/tools/pub/environment-variables). */
const PACKAGES = 'https://pub.dev';

/** A package that every service depends on. */
const PACKAGE = 'lints';

/** The server of Dart SDKs, and of the files that `dart compile` fetches. */
const ARCHIVE = 'https://storage.googleapis.com';

export const packagesCheck: Check = {
  id: 'packages',
  title: 'Dart packages',
  statusWhenSlow: 'warn',
  async run(context) {
    const { PUB_HOSTED_URL } = context.env;
    const registry = PUB_HOSTED_URL || PACKAGES;
    const purpose = messages.pubFetchesThere();
    const fix = PUB_HOSTED_URL
      ? 'look at PUB_HOSTED_URL, and at HTTPS_PROXY behind a proxy'
      : 'look at the network; set HTTPS_PROXY behind a proxy, or PUB_HOSTED_URL to a mirror';
    return ask(context, registry, `/api/packages/${PACKAGE}`, { purpose, fix });
  },
};

export const downloadsCheck: Check = {
  id: 'downloads',
  title: 'Dart downloads',
  statusWhenSlow: 'warn',
  async run(context) {
    const { env, service, toolchain } = context;
    const { sdk } = await toolchain.sdk();
    const path = '/dart-archive/channels/stable/release/latest/VERSION';
    if (sdk === undefined || !sdk.crossCompiles) {
      const purpose = messages.installDartFetchesThere();
      const fix = 'set HTTPS_PROXY behind a proxy, or FLUTTER_STORAGE_BASE_URL to a mirror';
      return ask(context, env.FLUTTER_STORAGE_BASE_URL || ARCHIVE, path, { purpose, fix });
    }
    const targets = otherTargets(context);
    if (service.kind === 'found') {
      const missing = targets.filter((target) => !isThere(context, sdk.version, target));
      if (targets.length === 0) {
        return { status: 'ok', detail: 'not needed: the service is for this machine' };
      }
      if (missing.length === 0) {
        const named = targets.join(' and ');
        return { status: 'ok', detail: `not needed: what compiles for Linux ${named} is here` };
      }
    }
    const target = `Linux ${targets.join(' and ')}`.trimEnd();
    const purpose = messages.compileFetchesThere({ target });
    const fix =
      'set HTTPS_PROXY behind a proxy; no mirror is asked for it: ' +
      'build once where it is reached, or with --build-in-container';
    return ask(context, ARCHIVE, path, { purpose, fix });
  },
};

function isThere({ env, machine }: CheckContext, version: string, target: string): boolean {
  const { platform, architecture } = machine;
  return hasCrossFiles({ env, platform, architecture, version, target });
}

interface Purpose {
  /** The commands that fail without it. */
  readonly purpose: Message;
  readonly fix: string;
}

async function ask(
  { env, machine, signal }: CheckContext,
  base: string,
  path: string,
  { purpose, fix }: Purpose,
): Promise<Finding> {
  const reached = await machine.reach(base.replace(/\/+$/, '') + path, { env, signal });
  const host = withoutUser(base);
  const { proxy } = reached;
  const reason = problemOf(reached);
  if (reason === undefined) {
    const by = proxy === undefined ? '' : ` by the proxy ${proxy}`;
    return { status: 'ok', detail: `${host} is reached${by}` };
  }
  const detail =
    proxy === undefined
      ? messages.notReached({ host, reason, purpose })
      : messages.notReachedByProxy({ host, proxy, reason, purpose });
  return { status: 'warn', detail, fix };
}

function problemOf(reached: Reached): Message | undefined {
  if ('problem' in reached) return reached.problem;
  return reached.status < 400 ? undefined : messages.answersStatus({ status: reached.status });
}

/** Formats a URL without `https://` and without its password. */
function withoutUser(address: string): string {
  return address.replace(/^https:\/\//, '').replace(/^(\w+:\/\/)?[^/@]*@/, '$1');
}
