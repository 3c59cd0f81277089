import type { UserError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import type { Configuration } from '../configuration.ts';
import type { Path } from '../variables/lookup.ts';

/** The part of a configuration that is checked against the rules of osls. */
export type OslsConfiguration = Pick<Configuration, 'value' | 'fail'>;

/** Describes something that osls refuses, or does differently than it seems. */
export interface OslsFinding {
  /** `error` only if osls is certain to fail. */
  readonly severity: 'error' | 'warning';
  readonly path: Path;
  /** Names the problem and its place, and says what to write instead. */
  readonly problem: UserError;
}

/** Makes the finding for the value at the path. */
export type Find = (path: Path, message: Message, hint: string) => OslsFinding[];
