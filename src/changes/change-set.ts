/** A file that is to be made. */
export interface CreateFile {
  readonly kind: 'create';
  /** Relative to the root that the set is applied to, with `/` on every platform. */
  readonly path: string;
  readonly content: string;
}

/** A file that is to get another content. */
export interface UpdateFile {
  readonly kind: 'update';
  readonly path: string;
  /** What it must still have in it: the precondition, and what a roll-back restores. */
  readonly before: string;
  readonly after: string;
}

/** A file that is to go. */
export interface DeleteFile {
  readonly kind: 'delete';
  readonly path: string;
  /** What it must still have in it: the precondition, and what a roll-back restores. */
  readonly before: string;
}

export type Change = CreateFile | UpdateFile | DeleteFile;

/**
 * What should change in a folder: planned by pure functions, shown by --dry-run,
 * applied in one place. In the order of the steps: a plan puts them so that the
 * service compiles and packages after each.
 */
export type ChangeSet = readonly Change[];

/** The step from one content of a file to another, where undefined is no file; none if they are equal. */
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
