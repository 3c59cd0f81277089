/**
 * What `add-endpoint` has written, with a checksum of each file: so that
 * `remove-endpoint` can tell the files that were edited since. It lies in the
 * service's folder and belongs under version control.
 */

import { createHash } from 'node:crypto';
import { UserError } from '../errors.ts';
import { isRecord } from './values.ts';

export const RECORD_FILE = '.create-lambda-hello.json';

const ABOUT =
  'Files that add-endpoint wrote, with their checksums: remove-endpoint deletes those that are unchanged. Keep it under version control.';

/** The checksums of an endpoint's files by their paths. */
export type RecordedFiles = Readonly<Record<string, string>>;
/** The files of the endpoints by their functions' keys. */
export type EndpointRecord = ReadonlyMap<string, RecordedFiles>;

/** Reads the record; a missing one is empty. Throws a UserError when it is not what was written. */
export function readRecord(text: string | undefined): EndpointRecord {
  if (text === undefined) return new Map();
  const endpoints = parseEndpoints(text);
  if (endpoints === undefined) {
    throw new UserError(
      `${RECORD_FILE} cannot be read as what add-endpoint wrote.`,
      'restore it from version control; without it, remove-endpoint keeps every file',
    );
  }
  return new Map(Object.entries(endpoints));
}

function parseEndpoints(text: string): Record<string, RecordedFiles> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // a merge conflict, mostly: readRecord says what to do
  }
  const endpoints = isRecord(value) ? value.endpoints : undefined;
  const valid =
    isRecord(endpoints) &&
    Object.values(endpoints).every(
      (files) => isRecord(files) && Object.values(files).every((sum) => typeof sum === 'string'),
    );
  return valid ? (endpoints as Record<string, RecordedFiles>) : undefined;
}

/** The text of the record; undefined when there is nothing in it, and no file is needed. */
export function writeRecord(record: EndpointRecord): string | undefined {
  if (record.size === 0) return undefined;
  const keys = [...record.keys()].sort();
  const endpoints = Object.fromEntries(keys.map((key) => [key, record.get(key)]));
  return `${JSON.stringify({ about: ABOUT, endpoints }, undefined, 2)}\n`;
}

/** The checksum of a file, whatever its line endings: git may change them. */
export function checksum(content: string): string {
  return createHash('sha256').update(content.replaceAll('\r\n', '\n')).digest('hex').slice(0, 16);
}
