/** What looks values up for variables: `${source:address}`. */

/** The keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** A path as one text. */
export const pathKey = (path: Path): string => path.join('\0');

/** Why the value of a variable is not known on this machine. */
export class Unknown {
  readonly reason: string | undefined;

  constructor(reason?: string) {
    this.reason = reason;
  }
}

/** Why a source has no value; a fallback is tried. */
export class Missing extends Unknown {}

/** A value that a source has found in another file, and where in it. */
export class FromFile {
  readonly value: unknown;
  readonly origin: Origin;

  constructor(value: unknown, origin: Origin) {
    this.value = value;
    this.origin = origin;
  }
}

/** Where in another file a value is. */
export interface Origin {
  readonly file: string;
  readonly path: Path;
}

/** What the call of a source says: `file(config.yml):table`. */
export interface SourceCall {
  readonly parameters: readonly unknown[];
  /** A text, unless a variable in it says otherwise. */
  readonly address: unknown;
}

/**
 * Looks a value up: null, undefined or {@link Missing} where there is none, and the fallback is tried;
 * an {@link Unknown} where only osls can know.
 */
export type VariableSource = (call: SourceCall) => unknown;

/** A source by its name: `opt` for `${opt:stage}`. */
export type VariableSources = Readonly<Record<string, VariableSource>>;

/** What sources may look up in the value whose variables are resolved. */
export interface Lookup {
  /** The value at the path, resolved; undefined where there is none. */
  at(path: Path): unknown;
  /** The value at the path within that of another file; variables on the way are resolved. */
  follow(value: unknown, origin: Origin): unknown;
}
