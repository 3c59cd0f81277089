import { type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { addCors, usesCors } from '../dart/main/cors.ts';
import { topLevelDeclarations } from '../dart/main/declarations.ts';
import { addRegistration, type NewRegistration } from '../dart/main/edit.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE } from '../dart/main/read.ts';
import type { KnownClass } from '../dart/model/known.ts';
import { NotUnderstoodError, UserError } from '../errors.ts';
import { addFunction, type FileEdit } from '../serverless-yml/edit/functions.ts';
import type { EditedService } from '../serverless-yml/edit/readable.ts';
import { addSourceFunction } from '../serverless-yml/edit/source/add.ts';
import type { NewEndpoint } from '../service/endpoint/problem.ts';
import type { EventSourceName } from '../service/event-sources.ts';
import type { NewFunction, RecordedFunction } from '../service/new-function.ts';
import {
  checksums,
  RECORD_FILE,
  type RecordedCors,
  type RecordedFiles,
  readRecord,
  type ServiceRecord,
  withModels,
  writeRecord,
} from '../service/record.ts';
import { fileInTheWay, filesInTheWay } from './messages.ts';

/** Holds the files of a service that a function affects. */
export interface EditedFiles {
  /** The functions, in serverless.yml or in a file that it names. */
  readonly service: EditedService;
  /** The text of {@link MAIN_FILE}. */
  readonly main: string;
  /** The text of {@link RECORD_FILE}, if there is one. */
  readonly record: string | undefined;
}

/** Describes a function whose events come from another source than an HTTP API. */
export interface NewSourceFunction extends NewFunction {
  readonly source: EventSourceName;
}

export interface AddFunction {
  readonly fn: NewEndpoint | NewSourceFunction;
  readonly registration: NewRegistration;
  /** The handler, its models and its test, and what is new of the event library. */
  readonly files: readonly CreateFile[];
  /** The classes that the models declare. */
  readonly classes: readonly KnownClass[];
  /** The paths of other models that these use, and of files of the event library that are there. */
  readonly shared: readonly string[];
  /** The texts of other Dart files which may have the runtime use `cors`, if the route has `cors`. */
  readonly corsElsewhere?: Iterable<string>;
}

/** Holds the changes that add a function, and the edits that are left to the user. */
export interface PlannedFunction {
  readonly changes: ChangeSet;
  /** Paths of the function's files that exist with other content and are not changed. */
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
 * Plans the changes that add a function to a service. New files come first, then the entry file,
 * then the function, so that the service works after each step. Steps that are done already are
 * omitted, so that running the command again completes a run that was killed.
 *
 * An existing handler is kept, for example one that remained when the function was removed. The
 * record gets the checksum of what would have been written, so that the handler counts as edited.
 *
 * @param existing the contents on disk at the paths of the function's files
 * @throws UserError when a file is in the way
 */
export function planAddFunction(
  { fn, registration, corsElsewhere = [], ...models }: AddFunction,
  before: EditedFiles,
  existing: ReadonlyMap<string, string>,
  parser: DartParser,
): PlannedFunction {
  const { files } = models;
  const kept = files
    .filter(({ path, content }) => (existing.get(path) ?? content) !== content)
    .map(({ path }) => path);
  if (kept.length > 0 && !isAdopted(registration, existing, parser)) throw inTheWayError(kept);
  const left: LeftEdit[] = [];
  const record = readRecord(before.record);
  const added = orLeft(left, 'function', () => withFunction(before.service, fn, record));
  const main = orLeft(left, 'registration', () =>
    addRegistration(parser, before.main, registration),
  );
  const registered = main ?? before.main;
  const needsCors =
    hasCors(fn) && ![registered, ...corsElsewhere].some((text) => usesCors(parser, text));
  const cors = needsCors
    ? orLeft(left, 'cors', () => {
        // Of the text as it is, so that an error names the user's lines.
        if (registered !== before.main) addCors(parser, before.main, registration.package);
        return addCors(parser, registered, registration.package);
      })
    : undefined;
  const changes = [
    ...change(
      RECORD_FILE,
      before.record,
      writeRecord(recordOf(record, fn, models, { call: cors?.call, added }), before.record),
    ),
    ...files.filter(({ path }) => !existing.has(path)),
    ...change(MAIN_FILE, before.main, cors?.text ?? registered),
    ...(added?.edits ?? []).flatMap((edit) => change(edit.file, edit.before, edit.after)),
  ];
  return { changes, kept, left, needsCors, functionFile: added?.edits.at(-1)?.file };
}

const hasCors = (fn: AddFunction['fn']): boolean => 'api' in fn && fn.cors === true;

interface WrittenFunction {
  /** The last one has the function. */
  readonly edits: readonly FileEdit[];
  /** What is recorded of a function of another source. */
  readonly recorded?: RecordedFunction;
}

function withFunction(
  service: EditedService,
  fn: AddFunction['fn'],
  { functions }: ServiceRecord,
): WrittenFunction {
  if ('api' in fn) return { edits: [addFunction(service, fn)] };
  const { source, ...written } = fn;
  const { edits, added } = addSourceFunction(service, written, functions);
  return { edits, recorded: { event: source, ...added } };
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
 * Adds the files of a function, and the classes in them, to the record, what it has of `cors`, and
 * what was written to serverless.yml for another source.
 *
 * @param call what is added to lib/main.dart for `cors`
 */
function recordOf(
  record: ServiceRecord,
  fn: AddFunction['fn'],
  { files, classes, shared }: Pick<AddFunction, 'files' | 'classes' | 'shared'>,
  {
    call,
    added,
  }: { readonly call: string | undefined; readonly added: WrittenFunction | undefined },
): ServiceRecord {
  const { key } = fn;
  const written = Object.assign({}, ...record.endpoints.values()) as RecordedFiles;
  const used = shared.flatMap((path) => {
    const sum = written[path];
    return sum === undefined ? [] : [[path, sum] as const];
  });
  const own = { ...checksums(files), ...Object.fromEntries(used) };
  const endpoints = new Map(record.endpoints).set(key, own);
  const models = withModels(record.models, classes);
  const cors = hasCors(fn) ? withCors(record.cors, key, call) : record.cors;
  const recorded = added === undefined ? pasted(fn) : added.recorded;
  const functions = recorded && new Map(record.functions).set(key, recorded);
  return { ...record, endpoints, models, cors, ...(functions && { functions }) };
}

/** Returns what is recorded of a function that the user pastes: all that it has. */
function pasted(fn: AddFunction['fn']): RecordedFunction | undefined {
  if ('api' in fn) return undefined;
  const { source, key: _, handler: __, ...written } = fn;
  return { event: source, ...written };
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
    'move it away, or choose another name for the function',
  );
}
