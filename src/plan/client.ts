import { type Change, type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { CLIENT_FILE } from '../dart/client/client.ts';
import { MAIN_FILE } from '../dart/main/read.ts';
import { UserError } from '../errors.ts';
import { withDependency } from '../service/pubspec.ts';
import {
  areAsRecorded,
  checksum,
  checksums,
  RECORD_FILE,
  type RecordedFiles,
  readRecord,
  sameLineEndings,
  writeRecord,
} from '../service/record.ts';
import { fileInTheWay, filesInTheWay } from './messages.ts';

/** What the client is of: it calls the API with this package only. */
const HTTP = { name: 'http', version: '^1.5.0' } as const;

const PUBSPEC = 'pubspec.yaml';

/** Holds the files of a service that a client affects. */
export interface ClientBefore {
  readonly pubspec: string;
  readonly record: string | undefined;
  /** The texts of the files of the client that are there. */
  readonly existing: ReadonlyMap<string, string>;
}

/**
 * Plans the changes that put a client into its service, or bring it up to date.
 *
 * @param files the client, and what of lib/runtime/ it needs and the service lacks
 * @throws UserError when one is there that `client` did not write, or that was edited since
 */
export function planClient(
  files: readonly CreateFile[],
  { pubspec, record: recordText, existing }: ClientBefore,
): ChangeSet {
  const record = readRecord(recordText);
  const before = record.client?.files ?? {};
  const written = writtenOver(files, before, existing);
  const after = withDependency(pubspec, HTTP.name, HTTP.version);
  const added = after === pubspec ? record.client?.dependency : `${HTTP.name}: ${HTTP.version}`;
  const client = {
    files: { ...before, ...checksums(files) },
    ...(added !== undefined && { dependency: added }),
  };
  return [
    ...change(RECORD_FILE, recordText, writeRecord({ ...record, client }, recordText)),
    ...change(PUBSPEC, pubspec, after),
    ...written,
  ];
}

/**
 * Plans the changes that write files over those that an earlier run wrote.
 *
 * @param recorded the checksums of what was written
 * @throws UserError when one is there that was not written so, and differs
 */
export function writtenOver(
  files: readonly CreateFile[],
  recorded: RecordedFiles,
  existing: ReadonlyMap<string, string>,
): ChangeSet {
  const changes = files.flatMap((file) => overwritten(file, existing));
  const inTheWay = changes.filter(
    (one) => one.kind === 'update' && recorded[one.path] !== checksum(one.before),
  );
  if (inTheWay.length === 0) return changes;
  const paths = inTheWay.map(({ path }) => `  ${path}`).join('\n');
  throw new UserError(
    (inTheWay.length === 1 ? fileInTheWay : filesInTheWay)({ files: paths }),
    'move it away, as create-lambda-hello did not write it, or you edited it; then run this again',
  );
}

/** Returns the change that gives a file its content; none if it differs in its line endings only. */
export const overwritten = (
  { path, content }: CreateFile,
  existing: ReadonlyMap<string, string>,
): readonly Change[] => {
  const before = existing.get(path);
  return change(path, before, sameLineEndings(content, before));
};

/** Whether the client is as it was written, by the record of the service. */
export function isUnedited(current: string, recordText: string | undefined): boolean {
  const { client } = readRecord(recordText);
  return client !== undefined && areAsRecorded(new Map([[CLIENT_FILE, current]]), client.files);
}

/**
 * Adds the update of the client to the changes that add an endpoint or remove one. It is made where
 * all that the client imports is there: before a removal, and after the new files of an addition.
 *
 * @param recordText the record as it is before the changes
 */
export function withClient(
  changes: ChangeSet,
  current: string,
  text: string,
  recordText: string | undefined,
): ChangeSet {
  const written = change(CLIENT_FILE, current, sameLineEndings(text, current));
  const planned = changes.find(({ path }) => path === RECORD_FILE);
  const recordAfter = planned?.kind === 'delete' ? undefined : (textOf(planned) ?? recordText);
  const record = readRecord(recordAfter);
  const files = { ...record.client?.files, [CLIENT_FILE]: checksum(text) };
  const client = { ...record.client, files };
  const rewritten = change(RECORD_FILE, recordText, writeRecord({ ...record, client }, recordText));
  const others = changes.filter(({ path }) => path !== RECORD_FILE);
  const isRemoval = others.some(({ kind }) => kind === 'delete');
  if (isRemoval) return [...written, ...others, ...rewritten];
  const last = others.findLastIndex(({ kind, path }) => kind === 'create' || path === MAIN_FILE);
  return [...rewritten, ...others.slice(0, last + 1), ...written, ...others.slice(last + 1)];
}

const textOf = (planned: Change | undefined): string | undefined =>
  planned?.kind === 'create'
    ? planned.content
    : planned?.kind === 'update'
      ? planned.after
      : undefined;
