import { type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { topLevelDeclarations } from '../dart/main/declarations.ts';
import { addRegistration, type NewRegistration } from '../dart/main/edit.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE } from '../dart/main/read.ts';
import { NotUnderstoodError, UserError } from '../errors.ts';
import { addFunction } from '../serverless-yml/edit/functions.ts';
import type { EditedService } from '../serverless-yml/edit/readable.ts';
import type { NewFunction } from '../serverless-yml/edit/style.ts';
import { checksums, RECORD_FILE, readRecord, writeRecord } from '../service/record.ts';

/** A service's files, as far as an endpoint touches them. */
export interface EditedFiles {
  /** Its serverless.yml, and what that names. */
  readonly service: EditedService;
  /** Of {@link MAIN_FILE}. */
  readonly main: string;
  /** Of {@link RECORD_FILE}, if there is one. */
  readonly record: string | undefined;
}

export interface AddEndpoint {
  readonly fn: NewFunction;
  readonly registration: NewRegistration;
  /** The handler, its models and its test. */
  readonly files: readonly CreateFile[];
}

/** What adds an endpoint, and what is left to the user. */
export interface PlannedEndpoint {
  readonly changes: ChangeSet;
  /** Paths of the endpoint's files that are there with other content, and stay as they are. */
  readonly kept: readonly string[];
  /** The edits of files that have a shape which cannot be edited: the changes are without them. */
  readonly left: readonly LeftEdit[];
  /** The file that the function is added to; undefined where that is left. */
  readonly functionFile: string | undefined;
}

export interface LeftEdit {
  readonly edit: 'function' | 'registration';
  readonly reason: NotUnderstoodError;
}

/**
 * What adds an endpoint to a service. New files come first, then the entry file,
 * then the function: the service works after each step. A step that is done
 * already is left out, so that a run which was killed can be completed.
 *
 * A handler that is there stays, such as one that was kept when the endpoint was
 * removed. It is recorded as what would have been written, and so is one that was edited.
 *
 * @param existing what is on the disk at the paths of the endpoint's files
 * @throws UserError when a file is in the way
 */
export function planAddEndpoint(
  { fn, registration, files }: AddEndpoint,
  before: EditedFiles,
  existing: ReadonlyMap<string, string>,
  parser: DartParser,
): PlannedEndpoint {
  const kept = files
    .filter(({ path, content }) => (existing.get(path) ?? content) !== content)
    .map(({ path }) => path);
  const handler = existing.get(`lib/${registration.library}`) ?? '';
  const isAdopted = topLevelDeclarations(parser, handler).some(
    ({ name }) => name === registration.handler,
  );
  if (kept.length > 0 && !isAdopted) throw inTheWayError(kept);
  const left: LeftEdit[] = [];
  const edited = <T>(edit: LeftEdit['edit'], make: () => T): T | undefined => {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      left.push({ edit, reason: error });
      return undefined;
    }
  };
  const added = edited('function', () => addFunction(before.service, fn));
  const main = edited('registration', () =>
    addRegistration(parser, before.main, registration, { file: MAIN_FILE }),
  );
  const record = readRecord(before.record);
  const endpoints = new Map(record.endpoints).set(fn.key, checksums(files));
  const changes = [
    ...change(RECORD_FILE, before.record, writeRecord({ ...record, endpoints }, before.record)),
    ...files.filter(({ path }) => !existing.has(path)),
    ...change(MAIN_FILE, before.main, main ?? before.main),
    ...(added ? change(added.file, added.before, added.after) : []),
  ];
  return { changes, kept, left, functionFile: added?.file };
}

function inTheWayError(paths: readonly string[]): UserError {
  const list = paths.map((path) => `  ${path}`).join('\n');
  return new UserError(
    `${paths.length === 1 ? 'a file is' : 'files are'} in the way. Nothing was written:\n${list}`,
    'move it away, or choose another name for the endpoint',
  );
}
