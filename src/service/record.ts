/**
 * Reads and writes the record of a service: which version generated it, and a checksum of each
 * file that `create` and `add-endpoint` wrote. `upgrade` and `remove-endpoint` use these to detect
 * edited files. The record is in the service's folder and belongs under version control.
 */

import { UserError } from '../errors.ts';
import { isRecord, tryParseJson } from '../util/json.ts';
import { isInside } from '../util/paths.ts';
import { notARecord } from './messages.ts';

export const RECORD_FILE = '.create-lambda-hello.json';

const ABOUT =
  'What create-lambda-hello wrote, with checksums: upgrade and remove-endpoint change only what is unedited. Keep it under version control.';

/** Maps the paths of files to their checksums. */
export type RecordedFiles = Readonly<Record<string, string>>;
/** Maps the keys of functions to the files of their endpoints. */
export type EndpointRecord = ReadonlyMap<string, RecordedFiles>;

/** Says how a service was generated. */
export interface MadeService {
  /** The version of create-lambda-hello that generated the service, or last upgraded it. */
  readonly version: string;
  /**
   * The values that the templates were rendered with; undefined for a service older than this
   * record.
   */
  readonly variables: Readonly<Record<string, string | number>> | undefined;
  readonly files: RecordedFiles;
}

export interface ServiceRecord {
  /** Undefined for a service older than this record. */
  readonly made: MadeService | undefined;
  readonly endpoints: EndpointRecord;
}

/**
 * Parses the record. A missing one is empty.
 *
 * @throws UserError when the text is not a record
 */
export function readRecord(text: string | undefined): ServiceRecord {
  if (text === undefined) return { made: undefined, endpoints: new Map() };
  const record = parse(text);
  if (record === undefined) {
    throw new UserError(
      notARecord(),
      'restore it from version control; without it, upgrade and remove-endpoint keep every file',
    );
  }
  return record;
}

function parse(text: string): ServiceRecord | undefined {
  const value = tryParseJson(text);
  if (!isRecord(value)) return undefined; // usually a merge conflict, which readRecord explains
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

const areVariables = (value: unknown): value is NonNullable<MadeService['variables']> =>
  isRecord(value) &&
  Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number');

/**
 * Formats the record. Returns undefined if it is empty, and no file is needed.
 *
 * @param before the text to replace, whose line endings are kept
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

/** Gives a generated text the line endings of the one that it replaces. */
export function sameLineEndings(text: string, before: string | undefined): string {
  return before?.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

const sorted = <T>(entries: [string, T][]): Record<string, T> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Returns the checksum of a file, ignoring line endings, which git may change. A CRC is enough to
 * detect an edit, as this is not about security, and loading node:crypto takes `create` 3 ms.
 */
export function checksum(content: string): string {
  // Loaded when it is needed: commands that only share this file would start 2 ms later.
  const { crc32 } = process.getBuiltinModule('node:zlib');
  return crc32(content.replaceAll('\r\n', '\n')).toString(16).padStart(8, '0');
}

/** Returns whether every text, by path, matches its recorded checksum. */
export function areAsRecorded(texts: ReadonlyMap<string, string>, files: RecordedFiles): boolean {
  return [...texts].every(([path, text]) => files[path] === checksum(text));
}

/** Returns the checksums of files by their paths. */
export function checksums(
  files: readonly { readonly path: string; readonly content: string }[],
): RecordedFiles {
  return Object.fromEntries(files.map(({ path, content }) => [path, checksum(content)]));
}
