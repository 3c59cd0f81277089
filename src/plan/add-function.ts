import { type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { addCors, usesCors } from '../dart/main/cors.ts';
import { topLevelDeclarations } from '../dart/main/declarations.ts';
import { addRegistration, type NewRegistration } from '../dart/main/edit.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE } from '../dart/main/read.ts';
import type { KnownClass } from '../dart/model/known.ts';
import { NotUnderstoodError, UserError } from '../errors.ts';
import { addFunction } from '../serverless-yml/edit/functions.ts';
import type { EditedService } from '../serverless-yml/edit/readable.ts';
import type { NewEndpoint } from '../service/endpoint/problem.ts';
import {
  checksums,
  RECORD_FILE,
  type RecordedCors,
  type RecordedFiles,
  readRecord,
  withModels,
  writeRecord,
} from '../service/record.ts';
import { fileInTheWay, filesInTheWay } from './messages.ts';

/** Holds the files of a service that an endpoint affects. */
export interface EditedFiles {
  /** The functions, in serverless.yml or in a file that it names. */
  readonly service: EditedService;
  /** The text of {@link MAIN_FILE}. */
  readonly main: string;
  /** The text of {@link RECORD_FILE}, if there is one. */
  readonly record: string | undefined;
}

export interface AddEndpoint {
  readonly fn: NewEndpoint;
  readonly registration: NewRegistration;
  /** The handler, its models and its test. */
  readonly files: readonly CreateFile[];
  /** The classes that the models declare. */
  readonly classes: readonly KnownClass[];
  /** The paths of other models that these use. */
  readonly shared: readonly string[];
  /** The texts of other Dart files which may have the runtime use `cors`, if the route has `cors`. */
  readonly corsElsewhere?: Iterable<string>;
}

/** Holds the changes that add an endpoint, and the edits that are left to the user. */
export interface PlannedEndpoint {
  readonly changes: ChangeSet;
  /** Paths of the endpoint's files that exist with other content and are not changed. */
  readonly kept: readonly string[];
  /** Edits of files that have a structure which cannot be edited; `changes` lacks them. */
  readonly left: readonly LeftEdit[];
  /** Whether the runtime has to be told to use `cors`, which nothing did yet. */
  readonly needsCors: boolean;
  /** The file that the function is added to; undefined if that edit is left to the user. */
  readonly functionFile: string | undefined;
}

export interface LeftEdit {
  readonly edit: 'function' | 'registration' | 'cors';
  readonly reason: NotUnderstoodError;
}

/**
 * Plans the changes that add an endpoint to a service. New files come first, then the entry file,
 * then the function, so that the service works after each step. Steps that are done already are
 * omitted, so that running the command again completes a run that was killed.
 *
 * An existing handler is kept, for example one that remained when the endpoint was removed. The
 * record gets the checksum of what would have been written, so that the handler counts as edited.
 *
 * @param existing the contents on disk at the paths of the endpoint's files
 * @throws UserError when a file is in the way
 */
export function planAddEndpoint(
  { fn, registration, corsElsewhere = [], ...models }: AddEndpoint,
  before: EditedFiles,
  existing: ReadonlyMap<string, string>,
  parser: DartParser,
): PlannedEndpoint {
  const { files } = models;
  const kept = files
    .filter(({ path, content }) => (existing.get(path) ?? content) !== content)
    .map(({ path }) => path);
  if (kept.length > 0 && !isAdopted(registration, existing, parser)) throw inTheWayError(kept);
  const left: LeftEdit[] = [];
  const added = orLeft(left, 'function', () => addFunction(before.service, fn));
  const main = orLeft(left, 'registration', () =>
    addRegistration(parser, before.main, registration),
  );
  const registered = main ?? before.main;
  const needsCors =
    fn.cors === true && ![registered, ...corsElsewhere].some((text) => usesCors(parser, text));
  const cors = needsCors
    ? orLeft(left, 'cors', () => {
        // Of the text as it is, so that an error names the user's lines.
        if (registered !== before.main) addCors(parser, before.main, registration.package);
        return addCors(parser, registered, registration.package);
      })
    : undefined;
  const changes = [
    ...change(RECORD_FILE, before.record, withEndpoint(before.record, fn, models, cors?.call)),
    ...files.filter(({ path }) => !existing.has(path)),
    ...change(MAIN_FILE, before.main, cors?.text ?? registered),
    ...(added ? change(added.file, added.before, added.after) : []),
  ];
  return { changes, kept, left, needsCors, functionFile: added?.file };
}

/** Returns whether the handler to register is one that exists. */
function isAdopted(
  { library, handler }: NewRegistration,
  existing: ReadonlyMap<string, string>,
  parser: DartParser,
): boolean {
  const declared = topLevelDeclarations(parser, existing.get(`lib/${library}`) ?? '');
  return declared.some(({ name }) => name === handler);
}

/** Makes an edit, or adds it to those that are left to the user. */
function orLeft<T>(left: LeftEdit[], edit: LeftEdit['edit'], make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof NotUnderstoodError)) throw error;
    left.push({ edit, reason: error });
    return undefined;
  }
}

/**
 * Adds the files of an endpoint, and the classes in them, to the text of the record, and what it has
 * of `cors`.
 *
 * @param corsCall what is added to lib/main.dart for that
 */
function withEndpoint(
  before: string | undefined,
  { key, cors: hasCors }: NewEndpoint,
  { files, classes, shared }: Pick<AddEndpoint, 'files' | 'classes' | 'shared'>,
  corsCall: string | undefined,
) {
  const record = readRecord(before);
  const written = Object.assign({}, ...record.endpoints.values()) as RecordedFiles;
  const used = shared.flatMap((path) => {
    const sum = written[path];
    return sum === undefined ? [] : [[path, sum] as const];
  });
  const own = { ...checksums(files), ...Object.fromEntries(used) };
  const endpoints = new Map(record.endpoints).set(key, own);
  const models = withModels(record.models, classes);
  const cors = hasCors ? withCors(record.cors, key, corsCall) : record.cors;
  return writeRecord({ ...record, endpoints, models, cors }, before);
}

/** A call that an earlier run added, perhaps one that was killed, stays recorded. */
const withCors = (
  before: RecordedCors | undefined,
  key: string,
  call: string | undefined = before?.call,
): RecordedCors => ({
  endpoints: [...new Set(before?.endpoints).add(key)],
  ...(call !== undefined && { call }),
});

function inTheWayError(paths: readonly string[]): UserError {
  const inTheWay = paths.length === 1 ? fileInTheWay : filesInTheWay;
  return new UserError(
    inTheWay({ files: paths.map((path) => `  ${path}`).join('\n') }),
    'move it away, or choose another name for the endpoint',
  );
}
