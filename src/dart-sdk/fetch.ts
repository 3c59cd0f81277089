import type { DartFetcher } from '../tools/dart/fetch.ts';
import { bar, TransferLine } from '../ui/progress.ts';
import { installDartSdk } from './install.ts';
import { type LookUpOptions, lookUpDartSdk } from './look-up.ts';

/** The part of the Context that shows the progress of a download. */
interface FetchOptions extends LookUpOptions {
  readonly out: {
    waitFor<T>(
      what: (screen: { readonly unicode: boolean }) => string,
      work: Promise<T>,
    ): Promise<T>;
  };
}

/** Fetches a version of Dart and shows the progress. Throws the errors of {@link installDartSdk}. */
export function fetchDartSdk({ out, ...options }: FetchOptions & { readonly version: string }) {
  const transfer = new TransferLine();
  let unpacked: number | undefined;
  const work = installDartSdk({
    ...options,
    onProgress: (step, progress) => {
      if (step === 'fetch') transfer.update(progress);
      else unpacked = progress.done / (progress.total ?? progress.done);
    },
  });
  return out.waitFor(
    ({ unicode }) =>
      unpacked === undefined
        ? `Fetching Dart ${options.version} ${transfer.text(unicode)}`
        : `Unpacking Dart ${options.version} ${bar(unpacked, unicode)}`,
    work,
  );
}

/** Makes the fetcher for commands that need Dart. */
export function dartFetcher(options: Omit<FetchOptions, 'version'>): DartFetcher {
  return {
    newest: (signal) => lookUpDartSdk({ ...options, signal }),
    install: (version) => fetchDartSdk({ ...options, version }),
  };
}
