import type { Report } from '../../local/report.ts';

/** What happens while `dev` serves a service, as data. Files are relative to its folder. */
export type DevEvent =
  | Report
  /** Something about the service's files that the user should know. */
  | { readonly type: 'service-warning'; readonly message: string }
  /** A command is run for the service, such as `dart pub get`. */
  | { readonly type: 'command'; readonly line: string }
  /** The command that runs a function is known. */
  | { readonly type: 'process'; readonly function: string; readonly line: string }
  /** serverless.yml or the variables have been read again, and no process was touched. */
  | { readonly type: 'read-again'; readonly files: readonly string[] }
  /** The code of every process has been replaced while it runs. */
  | { readonly type: 'reloaded'; readonly files: readonly string[]; readonly ms: number }
  /** Every process is replaced; `reason` is why a running one could not take the change. */
  | { readonly type: 'restarted'; readonly files: readonly string[]; readonly reason?: string }
  /** The changed code does not compile; what was served is served on. */
  | { readonly type: 'compile-error'; readonly message: string };

/** An event as `dev --json` prints it and the API passes it on. */
export function documentOf(event: DevEvent): Readonly<Record<string, unknown>> {
  const time = new Date().toISOString();
  return event.type === 'defect'
    ? { time, ...event, error: describe(event.error) }
    : { time, ...event };
}

/** An error of this program, with its stack. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
