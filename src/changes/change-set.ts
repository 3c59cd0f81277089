/** Creates a file. */
export interface CreateFile {
  readonly kind: 'create';
  /** Relative to the root of the change set, with `/` on every platform. */
  readonly path: string;
  readonly content: string;
}

/** Replaces the content of a file. */
export interface UpdateFile {
  readonly kind: 'update';
  readonly path: string;
  /** The content that it must still have, which a roll-back restores. */
  readonly before: string;
  readonly after: string;
}

/** Deletes a file. */
export interface DeleteFile {
  readonly kind: 'delete';
  readonly path: string;
  /** The content that it must still have, which a roll-back restores. */
  readonly before: string;
}

export type Change = CreateFile | UpdateFile | DeleteFile;

/**
 * Changes to a folder: planned by pure functions, shown by --dry-run, applied in one place. They
 * are in an order in which the service compiles and packages after each.
 */
export type ChangeSet = readonly Change[];

/** Lists changes without the contents of the files, as `--json` prints them. */
export const listed = (changes: ChangeSet): Pick<Change, 'kind' | 'path'>[] =>
  changes.map(({ kind, path }) => ({ kind, path }));

/** Returns the change between two contents of a file, where undefined is no file; none if equal. */
export function change(
  path: string,
  before: string | undefined,
  after: string | undefined,
): readonly Change[] {
  if (before === after) return [];
  if (before === undefined) return [{ kind: 'create', path, content: after as string }];
  if (after === undefined) return [{ kind: 'delete', path, before }];
  return [{ kind: 'update', path, before, after }];
}
