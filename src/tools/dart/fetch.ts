import { CancelledError, UserError } from '../../errors.ts';
import type { Env } from '../../util/env.ts';
import { cancelledReading } from '../../util/messages.ts';
import { formatBytes } from '../../util/shell-words.ts';
import { withFullStop } from '../../util/text.ts';
import { withTimeLimit } from '../../util/within.ts';
import { noAnswer } from '../messages.ts';

/** Fetches Dart SDKs for this tool's own use. */
export interface DartFetcher {
  /**
   * Looks up the newest Dart for this machine and, where it is known, the size of the download.
   *
   * @throws UserError when that fails, as without a network
   */
  newest(
    signal: AbortSignal,
  ): Promise<{ readonly version: string; readonly bytes: number | undefined }>;
  /**
   * Fetches a version and shows the progress.
   *
   * @returns the path of its `dart`
   * @throws UserError when that fails, CancelledError when the user stops it
   */
  install(version: string): Promise<{ readonly dart: string }>;
}

/** The part of the Context that offering an SDK needs. */
export interface FetchHost {
  readonly env: Env;
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  readonly ask: (question: {
    readonly type: 'select';
    readonly message: string;
    readonly initial: string;
    readonly choices: readonly { readonly value: string; readonly title: string }[];
  }) => Promise<string>;
  readonly out: {
    detail(text: string): void;
    waitFor<T>(what: string, work: Promise<T>): Promise<T>;
  };
  readonly dartFetcher: () => Promise<DartFetcher | undefined>;
}

/** The time for looking up the newest version, in milliseconds. */
const NEWEST_LIMIT = 4000;

/**
 * Asks in the terminal whether to fetch a Dart SDK, and fetches it.
 *
 * @param problem thrown without a terminal, where nothing can be fetched, and after a no
 * @returns the path of its `dart`
 * @throws UserError when fetching fails
 */
export async function fetchDartInstead(
  host: FetchHost,
  problem: UserError,
  limit = NEWEST_LIMIT,
): Promise<string> {
  // DART_SDK would be used instead of the fetched SDK.
  if (!host.interactive || host.env.DART_SDK) throw problem;
  const fetcher = await host.dartFetcher();
  if (fetcher === undefined) throw problem;
  const newest = await host.out.waitFor(
    'Asking for the newest Dart',
    newestOf(fetcher, host, limit),
  );
  if (newest === undefined) throw problem;
  const { version, bytes } = newest;
  const size = bytes === undefined ? '' : ` (about ${formatBytes(bytes)})`;
  const answer = await host.ask({
    type: 'select',
    message: `Fetch Dart ${version}${size} now?`,
    initial: 'yes',
    choices: [
      { value: 'yes', title: 'Yes, for this tool only' },
      { value: 'no', title: 'No' },
    ],
  });
  if (answer !== 'yes') throw problem;
  return (await fetcher.install(version)).dart;
}

/** Looks up the newest version; undefined where that takes too long. */
async function newestOf(fetcher: DartFetcher, { signal: stop, out }: FetchHost, limit: number) {
  try {
    return await withTimeLimit(stop, limit, (signal) => {
      const late = new Promise<never>((_, reject) => {
        const end = () => reject(new UserError(noAnswer({ seconds: limit / 1000 })));
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      });
      return Promise.race([fetcher.newest(signal), late]);
    });
  } catch (error) {
    if (stop.aborted) throw new CancelledError(cancelledReading());
    if (!(error instanceof UserError)) throw error;
    out.detail(`the newest Dart is not known: ${withFullStop(error.message)}`);
    return undefined;
  }
}
