/**
 * The record of a service: which version made it, and a checksum of each file that `create` and
 * `add-endpoint` wrote. By these, `upgrade` and `remove-endpoint` tell the files that were edited
 * since. It lies in the service's folder and belongs under version control.
 */

import { crc32 } from 'node:zlib';
import { UserError } from '../errors.ts';
import { isRecord } from '../util/json.ts';

export const RECORD_FILE = '.create-lambda-hello.json';

const ABOUT =
  'What create-lambda-hello wrote, with checksums: upgrade and remove-endpoint change only what is unedited. Keep it under version control.';

/** The checksums of files by their paths. */
export type RecordedFiles = Readonly<Record<string, string>>;
/** The files of the endpoints by their functions' keys. */
export type EndpointRecord = ReadonlyMap<string, RecordedFiles>;

/** How a service was generated. */
export interface MadeService {
  /** That of the create-lambda-hello which made it, or has upgraded it last. */
  readonly version: string;
  /** What the templates were filled in with; undefined for a service that is older than this record. */
  readonly variables: Readonly<Record<string, string | number>> | undefined;
  readonly files: RecordedFiles;
}

export interface ServiceRecord {
  /** Undefined for a service that is older than this record. */
  readonly made: MadeService | undefined;
  readonly endpoints: EndpointRecord;
}

/** Reads the record; a missing one is empty. Throws a UserError when it is not what was written. */
export function readRecord(text: string | undefined): ServiceRecord {
  if (text === undefined) return { made: undefined, endpoints: new Map() };
  const record = parse(text);
  if (record === undefined) {
    throw new UserError(
      `${RECORD_FILE} cannot be read as what create-lambda-hello wrote.`,
      'restore it from version control; without it, upgrade and remove-endpoint keep every file',
    );
  }
  return record;
}

function parse(text: string): ServiceRecord | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // a merge conflict, mostly: readRecord says what to do
  }
  if (!isRecord(value)) return undefined;
  const { version, variables, generated, endpoints = {} } = value;
  const hasEndpoints = isRecord(endpoints) && Object.values(endpoints).every(areFiles);
  if (!hasEndpoints) return undefined;
  const byKey = new Map(Object.entries(endpoints as Record<string, RecordedFiles>));
  if (version === undefined) {
    return value.endpoints === undefined ? undefined : { made: undefined, endpoints: byKey };
  }
  const hasVariables = variables === undefined || areVariables(variables);
  if (typeof version !== 'string' || !hasVariables || !areFiles(generated)) return undefined;
  if (!Object.keys(generated).every(isInside)) return undefined;
  return { made: { version, variables, files: generated }, endpoints: byKey };
}

const areFiles = (value: unknown): value is RecordedFiles =>
  isRecord(value) && Object.values(value).every((sum) => typeof sum === 'string');

/** Whether a path stays in the service. */
const isInside = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const areVariables = (value: unknown): value is NonNullable<MadeService['variables']> =>
  isRecord(value) &&
  Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number');

/**
 * The text of the record; undefined when there is nothing in it, and no file is needed.
 *
 * @param before the text that it replaces, whose line endings it keeps
 */
export function writeRecord(
  { made, endpoints }: ServiceRecord,
  before?: string,
): string | undefined {
  if (made === undefined && endpoints.size === 0) return undefined;
  const record = {
    about: ABOUT,
    ...(made && {
      version: made.version,
      variables: made.variables,
      generated: sorted(Object.entries(made.files)),
    }),
    ...(endpoints.size > 0 && { endpoints: sorted([...endpoints]) }),
  };
  return sameLineEndings(`${JSON.stringify(record, undefined, 2)}\n`, before);
}

/** A text that has been made here, with the line endings of the one that it replaces. */
export function sameLineEndings(text: string, before: string | undefined): string {
  return before?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

const sorted = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * The checksum of a file, whatever its line endings: git may change them. It tells an edit from
 * none, and nobody is kept out by it, so a CRC will do: node:crypto takes `create` 3 ms to load.
 */
export function checksum(content: string): string {
  return crc32(content.replaceAll('\r\n', '\n')).toString(16).padStart(8, '0');
}

/** Whether each of the texts, by their paths, is what was recorded. */
export function areAsRecorded(texts: ReadonlyMap<string, string>, files: RecordedFiles): boolean {
  return [...texts].every(([path, text]) => files[path] === checksum(text));
}

/** The checksums of files, by their paths. */
export function checksums(
  files: readonly { readonly path: string; readonly content: string }[],
): RecordedFiles {
  return Object.fromEntries(files.map(({ path, content }) => [path, checksum(content)]));
}
