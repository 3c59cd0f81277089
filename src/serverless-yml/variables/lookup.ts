/** Defines what looks up values for variables: `${source:address}`. */

import type { Message } from '../../message.ts';

/** Lists the keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** Encodes a path as a string, to be used as a key. */
export const pathKey = (path: Path): string => path.join('\0');

/** Carries the reason why a variable cannot be resolved on this machine. */
export class Unknown {
  readonly reason: Message | undefined;

  constructor(reason?: Message) {
    this.reason = reason;
  }
}

/** Carries the reason why a source has no value; the next alternative is tried. */
export class Missing extends Unknown {}

/** Carries a value that a source found in another file, and its place there. */
export class FromFile {
  readonly value: unknown;
  readonly origin: Origin;

  constructor(value: unknown, origin: Origin) {
    this.value = value;
    this.origin = origin;
  }
}

/** Says where a value is in another file. */
export interface Origin {
  readonly file: string;
  readonly path: Path;
}

/** Holds a parsed source: `file(config.yml):table`. */
export interface SourceCall {
  readonly parameters: readonly unknown[];
  /** A string, unless it contains a variable that has another type. */
  readonly address: unknown;
}

/**
 * Looks up a value. Returns null, undefined or {@link Missing} if there is none, so that the next
 * alternative is tried, or an {@link Unknown} if only osls can know it.
 */
export type VariableSource = (call: SourceCall) => unknown;

/** Maps the names of sources to sources: `opt` for `${opt:stage}`. */
export type VariableSources = Readonly<Record<string, VariableSource>>;

/** Lets sources read from the configuration whose variables are being resolved. */
export interface Lookup {
  /** Returns the resolved value at the path, or undefined if there is none. */
  at(path: Path): unknown;
  /**
   * Returns the value at the path within a value of another file, resolving variables on the way.
   */
  follow(value: unknown, origin: Origin): unknown;
}
