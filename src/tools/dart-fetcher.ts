/** Fetches Dart SDKs for this tool's own use. */
export interface DartFetcher {
  /**
   * The newest Dart for this machine, and how much is to be fetched.
   *
   * @throws UserError when that is not known, as without a network
   */
  newest(signal: AbortSignal): Promise<{ readonly version: string; readonly megabytes: number }>;
  /**
   * Fetches a version and tells its progress.
   *
   * @returns the path of its `dart`
   * @throws UserError when that fails, CancelledError when the user stops it
   */
  install(version: string): Promise<{ readonly dart: string }>;
}

/**
 * The seam to what fetches SDKs; undefined where nothing is offered. THE REAL ONE IS TO BE PLUGGED
 * IN HERE, and imported here only: few commands need it.
 */
export async function dartFetcher(): Promise<DartFetcher | undefined> {
  return undefined;
}
