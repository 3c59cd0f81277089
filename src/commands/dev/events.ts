import { stackOf } from '../../errors.ts';
import type { Report } from '../../local/report.ts';
import type { Message } from '../../message.ts';

/**
 * Describes what happens while `dev` serves a service. Paths are relative to the service's folder.
 */
export type DevEvent =
  | Report
  /** Warns about the service's files. */
  | { readonly type: 'service-warning'; readonly message: Message }
  /** A command runs for the service, for example `dart pub get`. */
  | { readonly type: 'command'; readonly line: string }
  /** The code is compiled, for all processes; tells the command line. */
  | { readonly type: 'compile'; readonly line: string }
  /** Tells the command line that runs a function. */
  | { readonly type: 'process'; readonly function: string; readonly line: string }
  /** serverless.yml or the variables were read again; the processes keep running. */
  | { readonly type: 'read-again'; readonly files: readonly string[] }
  /** The code of every process was replaced while it ran. */
  | { readonly type: 'reloaded'; readonly files: readonly string[]; readonly ms: number }
  /** Every process is replaced; `reason` says why a running one could not take the change. */
  | { readonly type: 'restarted'; readonly files: readonly string[]; readonly reason?: Message };

/** Converts an event to the document that `dev --json` prints and the API passes on. */
export function documentOf(event: DevEvent): Readonly<Record<string, unknown>> {
  const time = new Date().toISOString();
  return event.type === 'defect'
    ? { time, ...event, error: stackOf(event.error) }
    : { time, ...event };
}
