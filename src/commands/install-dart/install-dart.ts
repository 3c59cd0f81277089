import type { Context } from '../../context.ts';
import { shown } from '../../dart-sdk/address.ts';
import { fetchDartSdk } from '../../dart-sdk/fetch.ts';
import { listDartSdks, removeDartSdk } from '../../dart-sdk/fetched.ts';
import { type FoundSdk, lookUpDartSdk } from '../../dart-sdk/look-up.ts';
import { CancelledError, UsageError } from '../../errors.ts';
import { notTogether } from '../../options/messages.ts';
import { cancelled } from '../../util/messages.ts';
import { formatBytes } from '../../util/shell-words.ts';
import type { InstallDartFlags } from './options.ts';

/** Fetches a Dart SDK, lists those that were fetched, or removes one. */
export async function installDart(context: Context, flags: InstallDartFlags): Promise<void> {
  const [first, second] = (['version', 'list', 'remove'] as const).filter((name) => flags[name]);
  if (second !== undefined) {
    throw new UsageError(
      notTogether({ option: `--${first}`, otherOption: `--${second}` }),
      'create-lambda-hello install-dart --help',
    );
  }
  if (flags.list) return list(context, flags);
  if (flags.remove !== undefined) return remove(context, flags.remove, flags);
  return install(context, flags);
}

async function list({ env, out }: Context, { json }: InstallDartFlags): Promise<void> {
  const sdks = await listDartSdks({ env });
  if (json) return out.result(JSON.stringify({ sdks }, undefined, 2));
  if (sdks.length === 0) {
    out.note('No Dart SDK has been fetched. create-lambda-hello install-dart  does it.');
  }
  const width = Math.max(...sdks.map(({ version }) => version.length));
  for (const { version, folder } of sdks) out.result(`${version.padEnd(width)}  ${folder}`);
}

async function remove(
  { env, out }: Context,
  version: string,
  { json }: InstallDartFlags,
): Promise<void> {
  const sdk = await out.waitFor(`Removing Dart ${version}`, removeDartSdk(version, { env }));
  out.result(
    json
      ? JSON.stringify({ removed: sdk }, undefined, 2)
      : `Removed Dart ${version} from ${sdk.folder}.`,
  );
}

async function install(context: Context, flags: InstallDartFlags): Promise<void> {
  const { env, out, signal } = context;
  const { version = 'latest' } = flags;
  const looking = lookUpDartSdk({ env, signal, version });
  const found = await out.waitFor('Looking for the Dart SDK', looking);
  if (!found.installed) {
    await confirm(context, flags, found);
    out.note(
      `Fetching Dart ${found.version} for ${found.target}${ofSize(found)}: ${shown(found.zip)}`,
    );
  }
  const sdk = await fetchDartSdk({ env, signal, out, version: found.version });
  if (flags.json) return out.result(JSON.stringify(sdk, undefined, 2));
  const already = sdk.fetched ? '' : ' already';
  out.result(`Dart ${sdk.version} is${already} in ${sdk.folder}`);
}

/** Asks before a download, unless an option agreed to it or there is no terminal. */
async function confirm(
  { ask, interactive }: Context,
  { yes }: InstallDartFlags,
  found: FoundSdk,
): Promise<void> {
  if (!interactive || yes) return;
  const answer = await ask({
    type: 'select',
    message: `Fetch Dart ${found.version}${ofSize(found, 'about ')} now?`,
    initial: 'yes',
    choices: [
      { value: 'yes', title: `yes, into ${found.folder}` },
      { value: 'no', title: 'no' },
    ],
  });
  if (answer === 'no') throw new CancelledError(cancelled());
}

const ofSize = ({ bytes }: FoundSdk, about = ''): string =>
  bytes === undefined ? '' : ` (${about}${formatBytes(bytes)})`;
