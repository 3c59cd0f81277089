/**
 * Reads and writes the record of a service: which version generated it, and a checksum of each
 * file that `create` and `add-endpoint` wrote. `upgrade` and `remove-endpoint` use these to detect
 * edited files. The record is in the service's folder and belongs under version control.
 */

import { UserError } from '../errors.ts';
import { isRecord, tryParseJson } from '../util/json.ts';
import { isInside } from '../util/paths.ts';
import { notARecord } from './messages.ts';
import { type FunctionRecord, isRecordedFunction, type RecordedFunction } from './new-function.ts';

/** The folder of the models. */
export const MODELS = 'lib/models/';

export const RECORD_FILE = '.create-lambda-hello.json';

const ABOUT =
  'What create-lambda-hello wrote, with checksums: upgrade and remove-endpoint change only what is unedited. Keep it under version control.';

/** Maps the paths of files to their checksums. */
export type RecordedFiles = Readonly<Record<string, string>>;
/** Maps the keys of functions to the files of their endpoints. */
export type EndpointRecord = ReadonlyMap<string, RecordedFiles>;

/** Describes a class of lib/models/ that was generated. */
export interface RecordedModel {
  /** The file's name: `order.dart`. */
  readonly library: string;
  /** Identifies what JSON it reads and writes. */
  readonly shape: string;
  /** What `add-model` wrote for it; undefined for the model of an endpoint. */
  readonly files?: RecordedFiles | undefined;
}
/** Maps the names of classes to what is known of them. */
export type ModelRecord = ReadonlyMap<string, RecordedModel>;

/** Says what `add-endpoint --cors` wrote, which `remove-endpoint` takes out again. */
export interface RecordedCors {
  /** The endpoints whose routes have `cors` of it. */
  readonly endpoints: readonly string[];
  /** The call that it added to lib/main.dart, as written: `..use(cors())`. */
  readonly call?: string | undefined;
}

/** Says what `client` wrote. */
export interface RecordedClient {
  readonly files: RecordedFiles;
  /** The dependency that it added to pubspec.yaml: `http: ^1.5.0`. */
  readonly dependency?: string | undefined;
}

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
  /** A model that several endpoints use is among the files of each, except for those of `add-model`. */
  readonly endpoints: EndpointRecord;
  readonly models: ModelRecord;
  readonly cors?: RecordedCors | undefined;
  /** What `add-function` wrote to serverless.yml; the files of these functions are in `endpoints`. */
  readonly functions?: FunctionRecord | undefined;
  readonly client?: RecordedClient | undefined;
}

const EMPTY: ServiceRecord = { made: undefined, endpoints: new Map(), models: new Map() };

/**
 * Parses the record. A missing one is empty.
 *
 * @throws UserError when the text is not a record
 */
export function readRecord(text: string | undefined): ServiceRecord {
  if (text === undefined) return EMPTY;
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
  const {
    version,
    variables,
    generated,
    endpoints = {},
    models = {},
    cors,
    functions,
    client,
  } = value;
  const hasEndpoints = isRecord(endpoints) && Object.values(endpoints).every(areFiles);
  if (!hasEndpoints) return undefined;
  if (!isRecord(models) || !Object.values(models).every(isModel)) return undefined;
  if (cors !== undefined && !isCors(cors)) return undefined;
  if (functions !== undefined && !areFunctions(functions)) return undefined;
  if (client !== undefined && !isClient(client)) return undefined;
  const added = {
    endpoints: new Map(Object.entries(endpoints as Record<string, RecordedFiles>)),
    models: new Map(Object.entries(models as Record<string, RecordedModel>)),
    ...(cors && { cors }),
    ...(functions && { functions: new Map(Object.entries(functions)) }),
    ...(client && { client }),
  };
  if (version === undefined) {
    const parts = [value.endpoints, value.models, functions, client];
    const isEmpty = parts.every((part) => part === undefined);
    return isEmpty ? undefined : { made: undefined, ...added };
  }
  const hasVariables = variables === undefined || areVariables(variables);
  if (typeof version !== 'string' || !hasVariables || !areFiles(generated)) return undefined;
  if (!Object.keys(generated).every(isInside)) return undefined;
  return { made: { version, variables, files: generated }, ...added };
}

const areFiles = (value: unknown): value is RecordedFiles =>
  isRecord(value) && Object.values(value).every((sum) => typeof sum === 'string');

/** The library becomes a path, so it must be the plain name of a file. */
const isModel = (value: unknown): value is RecordedModel =>
  isRecord(value) &&
  typeof value.library === 'string' &&
  /^\w+\.dart$/.test(value.library) &&
  typeof value.shape === 'string' &&
  (value.files === undefined || areFiles(value.files));

const isCors = (value: unknown): value is RecordedCors =>
  isRecord(value) &&
  Array.isArray(value.endpoints) &&
  value.endpoints.every((key) => typeof key === 'string') &&
  (value.call === undefined || typeof value.call === 'string');

const isClient = (value: unknown): value is RecordedClient =>
  isRecord(value) &&
  areFiles(value.files) &&
  (value.dependency === undefined || typeof value.dependency === 'string');

const areFunctions = (value: unknown): value is Readonly<Record<string, RecordedFunction>> =>
  isRecord(value) && Object.values(value).every(isRecordedFunction);

const areVariables = (value: unknown): value is NonNullable<MadeService['variables']> =>
  isRecord(value) &&
  Object.values(value).every((one) => typeof one === 'string' || typeof one === 'number');

/**
 * Formats the record. Returns undefined if it is empty, and no file is needed.
 *
 * @param before the text to replace, whose line endings are kept
 */
export function writeRecord(
  { made, endpoints, models, cors, functions = new Map(), client }: ServiceRecord,
  before?: string,
): string | undefined {
  const isEmpty =
    [endpoints, models, functions].every(({ size }) => size === 0) && !cors && !client;
  if (made === undefined && isEmpty) return undefined;
  const record = {
    about: ABOUT,
    ...(made && {
      version: made.version,
      variables: made.variables,
      generated: sorted(Object.entries(made.files)),
    }),
    ...(endpoints.size > 0 && { endpoints: sorted([...endpoints]) }),
    ...(models.size > 0 && { models: sorted([...models]) }),
    ...(cors && { cors: { endpoints: [...cors.endpoints].sort(), call: cors.call } }),
    ...(functions.size > 0 && { functions: sorted([...functions]) }),
    ...(client && { client }),
  };
  return sameLineEndings(`${JSON.stringify(record, undefined, 2)}\n`, before);
}

/** Returns the checksums of the files of all endpoints and models. */
export const recordedSums = ({ endpoints, models }: ServiceRecord): RecordedFiles =>
  Object.assign({}, ...endpoints.values(), ...[...models.values()].map(({ files }) => files));

/** Adds classes to those that are recorded. */
export const withModels = (
  models: ModelRecord,
  classes: readonly (RecordedModel & { readonly className: string })[],
): ModelRecord =>
  new Map([
    ...models,
    ...classes.map(({ className, ...model }): [string, RecordedModel] => [className, model]),
  ]);

/** Removes the classes of files that are deleted. */
export function withoutFiles(models: ModelRecord, deleted: readonly string[]): ModelRecord {
  const isGone = ({ library }: RecordedModel) => deleted.includes(`${MODELS}${library}`);
  return new Map([...models].filter(([, model]) => !isGone(model)));
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

/** Lists the recorded files that are there and differ from what was recorded. */
export function editedFiles(
  files: RecordedFiles,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  return Object.keys(files).filter((path) => {
    const text = texts.get(path);
    return text !== undefined && checksum(text) !== files[path];
  });
}

/** Returns the checksums of files by their paths. */
export function checksums(
  files: readonly { readonly path: string; readonly content: string }[],
): RecordedFiles {
  return Object.fromEntries(files.map(({ path, content }) => [path, checksum(content)]));
}
