import type { UserError } from '../errors.ts';

/** Where in a serverless.yml a value is. */
type Path = readonly (string | number)[];

/** A serverless.yml with its variables resolved, as far as they are known. */
export interface OslsConfiguration {
  readonly value: Readonly<Record<string, unknown>>;
  /** Makes an error that points to the value at the path, or to what is closest to it. */
  readonly fail: (path: Path, message: string, hint: string) => UserError;
}

/** What osls refuses, or does otherwise than it seems. */
export interface OslsFinding {
  /** `error` only where osls is known to fail. */
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  /** What it is, with its place, and what to write instead. */
  readonly problem: UserError;
}

/** Makes the finding for a value. */
export type Find = (path: Path, message: string, hint: string) => OslsFinding[];
