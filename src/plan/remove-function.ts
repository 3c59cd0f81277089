import { type ChangeSet, change } from '../changes/change-set.ts';
import { usualFiles } from '../dart/endpoint/files.ts';
import { removeCors } from '../dart/main/cors.ts';
import { declaringFile, EVENTS, eventFile } from '../dart/main/declaring-file.ts';
import { removeRegistration } from '../dart/main/edit.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE, type MainFile, readMainFile } from '../dart/main/read.ts';
import { UserError } from '../errors.ts';
import { at, type Message } from '../message.ts';
import { mayHaveCors } from '../serverless-yml/cors.ts';
import {
  type FileEdit,
  type RemovalCommand,
  removalCommand,
  removeFunction,
} from '../serverless-yml/edit/functions.ts';
import type { EditedService } from '../serverless-yml/edit/readable.ts';
import { type KeptPart, removeSourceFunction } from '../serverless-yml/edit/source/remove.ts';
import type { FunctionUse } from '../serverless-yml/function-uses.ts';
import { keyOfHandler } from '../service/endpoint/handler.ts';
import type { FunctionRecord } from '../service/new-function.ts';
import {
  type EndpointRecord,
  editedFiles,
  RECORD_FILE,
  type RecordedCors,
  type RecordedFiles,
  readRecord,
  withoutFiles,
  writeRecord,
} from '../service/record.ts';
import { isUnknown } from '../util/json.ts';
import { filesInUse, registrationInUse, unreadRegistration } from './function-uses.ts';
import * as messages from './messages.ts';
import { type ExistingService, recordFinder } from './recorded-function.ts';

export interface RemoveFunction {
  /** The function's key and the registered name: `getOrder` and `main.getOrder`. */
  readonly key: string;
  readonly handler: string;
  /** Whether to remove edited parts, too. */
  readonly force: boolean;
  /** Finds uses of the function under any of the given keys. */
  readonly usesOf: (names: readonly string[]) => readonly FunctionUse[];
}

/** Describes what is kept of a function, and why. */
export interface KeptFile {
  /** Of a file, or of a resource in serverless.yml. */
  readonly path: string;
  readonly reason: Message;
}

/**
 * Plans the changes that remove a function from a service: those of adding it, inverted and in
 * reverse order. What something else uses is kept. Returns undefined when nothing of the function
 * exists.
 *
 * @throws UserError when something else in the service uses the function, when it was edited and
 * `force` is not set, or when a file has a structure that cannot be edited
 */
export function planRemoveFunction(
  removed: RemoveFunction,
  before: ExistingService,
  parser: DartParser,
): { readonly changes: ChangeSet; readonly kept: readonly KeptFile[] } | undefined {
  const { key, handler, force } = removed;
  const { sources } = before;
  const library = readMainFile(parser, before.main);
  const isRegistered = library.registrations.some(({ name }) => name === handler);
  const find = recordFinder(before, library, parser);
  const recordedAs = find(removed);
  const record = readRecord(before.record);
  const functions = underKey(record.functions, recordedAs, key);
  const command = functions ? 'remove-function' : 'remove-endpoint';
  const hadCors = record.cors?.endpoints.includes(recordedAs ?? '') === true;
  const edit = functions
    ? removeSourceFunction(before.service, key, { force, functions })
    : removeEndpoint(before.service, key, { force, cors: hadCors });
  requireUnused(removed, before, { recordedAs, command, gone: edit?.gone ?? [] });
  const recorded = recordedAs === undefined ? undefined : record.endpoints.get(recordedAs);
  if (edit === undefined && !isRegistered && recorded === undefined) return undefined;

  const reasons = new Map<string, Message>();
  if (edit?.named !== undefined) reasons.set(edit.named, messages.notOurs());
  for (const { path, reason } of edit?.kept ?? []) reasons.set(path, keptReason(reason));
  const others = before.functions.filter((fn) => fn.key !== key);
  const isShared = recordedAs !== undefined && others.some((fn) => find(fn) === recordedAs);
  const rest = new Map(record.endpoints);
  if (recordedAs !== undefined) rest.delete(recordedAs);
  const used = new Set([...rest.values()].flatMap((files) => Object.keys(files)));
  // A service with the names of aws_lambda_dart_runtime has the whole event library of its own.
  for (const path of Object.keys(record.made?.files ?? {})) {
    if (path.startsWith(EVENTS)) used.add(path);
  }
  const own = recorded && omit(recorded, used);
  const candidates = filesOf(removed, sources, own, reasons).filter((path) => !used.has(path));
  const going = new Set(candidates.filter((path) => !reasons.has(path)));
  const use = isRegistered
    ? registrationInUse(handler, others, sources, going, parser)
    : unreadRegistration(library, handler);
  const kept = use === undefined ? unregistered(handler, before, library, parser) : before.main;
  const withCors = mayHaveCors(before.service.configuration.value.functions);
  const isLast =
    (hadCors || withCors.includes(key)) &&
    !others.some((fn) => withCors.includes(fn.key) || isUnknown(fn.key));
  const main = isLast ? withoutCors(kept, record.cors, parser) : kept;
  if (use !== undefined) reasons.set(MAIN_FILE, use);
  filesInUse(candidates, reasons, new Map(sources).set(MAIN_FILE, main), before.package, parser);
  // After an addition that was interrupted, some are not there.
  const gone = candidates.filter((path) => !reasons.has(path));
  const deleted = gone.filter((path) => sources.has(path));
  const endpoints = use === undefined && !isShared ? rest : record.endpoints;
  const models = withoutFiles(record.models, gone);
  const cors = corsOf(endpoints, record.cors, isLast);
  const left = new Map(record.functions);
  if (recordedAs !== undefined && !endpoints.has(recordedAs)) left.delete(recordedAs);
  const after = { ...record, endpoints, models, cors, functions: left };
  return {
    changes: [
      // The function first, as the resources of another file may be those of its event.
      ...(edit?.edits ?? []).toReversed().flatMap((one) => change(one.file, one.before, one.after)),
      ...change(MAIN_FILE, before.main, main),
      ...deleted.toReversed().flatMap((path) => change(path, sources.get(path), undefined)),
      ...change(RECORD_FILE, before.record, writeRecord(after, before.record)),
    ],
    kept: [...reasons].map(([path, reason]) => ({ path, reason })),
  };
}

/**
 * Returns what is recorded of the functions of other sources, with a renamed one under its present
 * key; undefined for an endpoint.
 */
function underKey(
  functions: FunctionRecord | undefined,
  recordedAs: string | undefined,
  key: string,
): FunctionRecord | undefined {
  const recorded = functions?.get(recordedAs ?? '');
  if (functions === undefined || recorded === undefined) return undefined;
  const others = [...functions].filter(([name]) => name !== recordedAs);
  return new Map([...others, [key, recorded]]);
}

interface RemovedParts {
  /** The last one had the function. */
  readonly edits: readonly FileEdit[];
  readonly kept: readonly KeptPart[];
  readonly gone: readonly string[];
  readonly named: string | undefined;
}

function removeEndpoint(
  service: EditedService,
  key: string,
  options: { readonly force: boolean; readonly cors: boolean },
): RemovedParts | undefined {
  const edit = removeFunction(service, key, options);
  return edit && { edits: [edit], kept: [], gone: [], named: edit.named };
}

const keptReason = (reason: KeptPart['reason']): Message =>
  reason === 'edited' ? messages.edited() : messages.partUses({ part: reason.usedBy });

/** Takes out the call that add-endpoint added to lib/main.dart, if it is there as it was. */
function withoutCors(main: string, cors: RecordedCors | undefined, parser: DartParser): string {
  return (cors?.call === undefined ? undefined : removeCors(parser, main, cors.call)) ?? main;
}

/** Keeps what is recorded of `cors` for the endpoints that are left; the last one takes the call along. */
function corsOf(
  endpoints: EndpointRecord,
  before: RecordedCors | undefined,
  isLast: boolean,
): RecordedCors | undefined {
  const left = before?.endpoints.filter((key) => endpoints.has(key)) ?? [];
  const call = isLast ? undefined : before?.call;
  if (left.length === 0 && call === undefined) return undefined;
  return { endpoints: left, ...(call !== undefined && { call }) };
}

/** Leaves out the files that other endpoints use. */
const omit = (files: RecordedFiles, used: ReadonlySet<string>): RecordedFiles =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !used.has(path)));

/**
 * Lists the files of the function. Adds to the reasons those that must stay because the user wrote
 * or edited them; without a record, that is every file with a usual name.
 */
function filesOf(
  { handler, force }: RemoveFunction,
  sources: ReadonlyMap<string, string>,
  recorded: RecordedFiles | undefined,
  reasons: Map<string, Message>,
): readonly string[] {
  if (recorded === undefined) {
    const found = usualFiles(keyOfHandler(handler)).filter((path) => sources.has(path));
    if (force) return found;
    for (const path of found) reasons.set(path, messages.notOurs());
    return [];
  }
  const edited = force ? [] : editedFiles(recorded, sources);
  for (const path of edited) reasons.set(path, messages.edited());
  return Object.keys(recorded);
}

interface RemovalPlace {
  readonly recordedAs: string | undefined;
  readonly command: RemovalCommand;
  /** The paths of what goes with the function, which may refer to it. */
  readonly gone: readonly string[];
}

/**
 * Checks that nothing else in serverless.yml needs the function. `force` does not skip this: osls
 * or AWS would refuse the rest.
 */
function requireUnused(
  { key, usesOf, handler }: RemoveFunction,
  { functions }: ExistingService,
  { recordedAs, command, gone }: RemovalPlace,
): void {
  const others = functions.filter((fn) => fn.key !== key);
  if (others.length === functions.length) return;
  // If another function has the same handler, a former key may be that function's.
  const isShared = others.some((fn) => fn.handler === handler);
  const former = isShared ? [] : [keyOfHandler(handler), recordedAs];
  const names = [key, ...former.filter((name) => name !== undefined)];
  const uses = usesOf(names.filter((name) => !others.some((fn) => fn.key === name)));
  const [first, ...more] = uses.filter(
    ({ by }) => !gone.some((path) => `${by}.`.startsWith(`${path}.`)),
  );
  if (first === undefined) return;
  const also = more.map(({ place, by }) => `by ${by} (${place})`);
  throw new UserError(
    at(first.place, messages.functionInUse({ name: key, users: [first.by, ...also].join(', ') })),
    `remove every use of it, then  ${removalCommand(command, key)}`,
  );
}

/**
 * Returns the entry file without the registration and, if nothing else needs it, without its
 * import.
 */
function unregistered(
  handler: string,
  service: ExistingService,
  library: MainFile,
  parser: DartParser,
): string {
  const registration = library.registrations.find(({ name }) => name === handler);
  if (registration === undefined) return service.main;
  const declaring = declaringFile(parser, library.imports, registration, service);
  const event = eventFile(parser, library.imports, registration, service);
  const libraries = [declaring, event].filter((one) => one !== undefined);
  const removed = { name: handler, declaring: libraries, package: service.package };
  return removeRegistration(parser, service.main, library, removed) ?? service.main;
}
