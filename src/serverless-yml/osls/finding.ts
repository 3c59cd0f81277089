import type { UserError } from '../../errors.ts';
import type { Configuration } from '../configuration.ts';
import type { Path } from '../variables/lookup.ts';

/** What of a serverless.yml is held against what osls takes. */
export type OslsConfiguration = Pick<Configuration, 'value' | 'fail'>;

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
