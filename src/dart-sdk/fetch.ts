import type { DartFetcher } from '../tools/dart/fetch.ts';
import { bar, TransferLine } from '../ui/progress.ts';
import { installDartSdk } from './install.ts';
import { type LookUpOptions, lookUpDartSdk } from './look-up.ts';

/** Where it is shown how far a download is. */
interface FetchOptions extends LookUpOptions {
  readonly out: {
    waitFor<T>(
      what: (screen: { readonly unicode: boolean }) => string,
      work: Promise<T>,
    ): Promise<T>;
  };
}

/** Fetches a version of Dart, unless it is there, while a terminal shows how far it is. Fails as {@link installDartSdk}. */
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

/** What commands that need Dart offer to fetch where there is none. */
export function dartFetcher(options: Omit<FetchOptions, 'version'>): DartFetcher {
  return {
    newest: (signal) => lookUpDartSdk({ ...options, signal }),
    install: (version) => fetchDartSdk({ ...options, version }),
  };
}
