/** A file that is to be made. */
export interface CreateFile {
  readonly kind: 'create';
  /** Relative to the root that the set is applied to, with `/` on every platform. */
  readonly path: string;
  readonly content: string;
}

/** What should change in a folder: planned by pure functions, shown by --dry-run, applied in one place. */
export type ChangeSet = readonly CreateFile[];
