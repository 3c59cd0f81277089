import { type Change, type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { appliedAlready, unifiedDiff } from '../changes/diff.ts';
import type { Message } from '../message.ts';
import { PINS, type Pin, raisePin } from '../service/pins.ts';
import {
  checksum,
  type MadeService,
  RECORD_FILE,
  type ServiceRecord,
  sameLineEndings,
  writeRecord,
} from '../service/record.ts';
import { VERSION, versionRange } from '../version.ts';
import * as messages from './messages.ts';
import { type EventLibrary, eventSums, isEventFile, upgradedEndpoints } from './upgrade-events.ts';

/**
 * Returns whether a file belongs to the tool and needs no edits by users: an upgrade also adds
 * such files and deletes them.
 */
const isOurs = (path: string): boolean => /^(lib\/runtime|tool)\//.test(path);

/**
 * Returns whether a file is part of the user's program. These files depend on each other, so
 * either all of them are replaced or none.
 */
const isProgram = (path: string): boolean =>
  !isOurs(path) && /^((lib|test)\/.*|serverless\.yml)$/.test(path);

/** The files that name the version of this tool. */
const NAMES_VERSION = ['Makefile', 'README.md'];

export interface Upgrade {
  /** The files as this version generates them, with the values in the record if it has any. */
  readonly generated: readonly CreateFile[];
  /** What the service has of the event library; undefined if it has nothing of it. */
  readonly events?: EventLibrary | undefined;
  readonly record: ServiceRecord;
  /** The text of {@link RECORD_FILE}, if there is one. */
  readonly recordText: string | undefined;
  /** The contents on disk at all these paths. */
  readonly existing: ReadonlyMap<string, string>;
  /** Whether to replace the tool's files even if they were edited. */
  readonly force: boolean;
  /** Whether to raise the versions of osls and of the Dart SDK. */
  readonly pins: boolean;
  /** Why files stay that this version no longer has; see `stillInUse`. */
  readonly inUse?: ReadonlyMap<string, Message>;
}

/** Describes a file that this version or the one before it generates. */
interface ServiceFile {
  readonly path: string;
  /** The file on disk, if it exists. */
  readonly yours: string | undefined;
  /** The file as this version generates it; undefined if it no longer has one. */
  readonly generated: string | undefined;
  /** The checksum of the file as it was generated, if known. */
  readonly recorded: string | undefined;
}

/** Describes a file that is kept although this version has another one. */
export interface KeptFile extends ServiceFile {
  readonly reason: Message;
  /** The file after the upgrade. */
  readonly yours: string;
}

export interface PlannedUpgrade {
  readonly changes: ChangeSet;
  readonly kept: readonly KeptFile[];
  readonly pins: readonly Pin[];
}

/**
 * Plans the changes that bring a service to this version. New files come first and the record
 * last, and steps that are done already are omitted, so that running the command again completes a
 * run that was killed.
 */
export function planUpgrade(upgrade: Upgrade): PlannedUpgrade {
  const { record, recordText, events } = upgrade;
  const files = filesOf(upgrade);
  const keepsProgram = files.some(isOfOwnProgram);
  const plans = files.map((file) => planFile(file, keepsProgram, upgrade));
  const sums = new Map(
    plans.flatMap(({ path, sum }) => (sum === undefined ? [] : [[path, sum] as const])),
  );
  const own = new Set([
    ...upgrade.generated.map(({ path }) => path),
    ...Object.keys(record.made?.files ?? {}),
  ]);
  const made: MadeService = {
    variables: undefined,
    ...record.made,
    version: VERSION,
    files: Object.fromEntries([...sums].filter(([path]) => own.has(path))),
  };
  const endpoints = upgradedEndpoints(record, events, sums, own);
  const written = writeRecord({ ...record, made, endpoints }, recordText);
  return {
    changes: [
      ...inOrder(plans.flatMap(({ changes }) => changes ?? [])),
      ...change(RECORD_FILE, recordText, written),
    ],
    kept: plans.flatMap(({ kept }) => kept ?? []),
    pins: plans.flatMap(({ pin }) => pin ?? []),
  };
}

/** Lists the files that this version generates, then those that it no longer has. */
function filesOf(upgrade: Upgrade): readonly ServiceFile[] {
  const { generated, events, record, existing } = upgrade;
  const contents = new Map(
    [...(events?.files ?? []), ...generated].map(({ path, content }) => [path, content]),
  );
  const recorded = { ...eventSums(record.endpoints), ...record.made?.files };
  const paths = new Set([...contents.keys(), ...Object.keys(recorded)]);
  return [...paths].map((path) => ({
    path,
    yours: existing.get(path),
    generated: contents.get(path),
    recorded: recorded[path],
  }));
}

/**
 * Returns whether the file shows that the user has started on a program of their own: it is a file
 * of the generated one that is gone, or matches neither what was generated nor what a killed
 * upgrade wrote.
 */
function isOfOwnProgram({ path, yours = '', generated, recorded }: ServiceFile): boolean {
  const known = generated === undefined ? [recorded] : [recorded, checksum(generated)];
  return isProgram(path) && recorded !== undefined && !known.includes(checksum(yours));
}

/** Says what an upgrade does to a file. */
interface FilePlan {
  readonly path: string;
  readonly changes?: readonly Change[];
  /** The checksum to record, if any. */
  readonly sum?: string | undefined;
  readonly kept?: KeptFile;
  readonly pin?: Pin | undefined;
}

function planFile(file: ServiceFile, keepsProgram: boolean, upgrade: Upgrade): FilePlan {
  const { path, yours, generated, recorded } = file;
  if (yours === undefined) return planMissing(file, upgrade);
  if (generated === undefined) return planObsolete({ ...file, yours }, upgrade.inUse?.get(path));
  const sum = checksum(generated);
  if (checksum(yours) === sum) return { path, sum };
  const isEdited = checksum(yours) !== recorded;
  const keeps = isEdited || (isProgram(path) && keepsProgram) || Object.hasOwn(PINS, path);
  if (!keeps || (upgrade.force && isOurs(path))) {
    return { path, changes: change(path, yours, sameLineEndings(generated, yours)), sum };
  }
  const reason = isEdited ? editedReason(file) : messages.relatedEdited();
  return planKept({ ...file, yours, reason }, generated, upgrade.pins);
}

/** Users may have copied files of the event library, as no command wrote them once. */
const editedReason = ({ path, recorded }: ServiceFile): Message =>
  recorded === undefined && isEventFile(path) ? messages.notRecorded() : messages.edited();

/** Creates a file that is the tool's or that this version adds, unless it is the user's to write. */
function planMissing({ path, generated, recorded }: ServiceFile, { record }: Upgrade): FilePlan {
  if (generated === undefined) return { path };
  const isNew = recorded === undefined && record.made?.variables !== undefined;
  if (!isOurs(path) && (!isNew || isProgram(path))) return { path, sum: recorded };
  return { path, changes: change(path, undefined, generated), sum: checksum(generated) };
}

/**
 * Deletes a file that this version no longer generates, unless the user has edited it.
 *
 * @param use why it stays even so
 */
function planObsolete(file: Omit<KeptFile, 'reason'>, use: Message | undefined): FilePlan {
  const { path, yours, recorded } = file;
  if (!isProgram(path) && checksum(yours) === recorded && use === undefined) {
    return { path, changes: change(path, yours, undefined) };
  }
  const kept = { ...file, reason: use ?? messages.editedForNothing() };
  return { path, sum: recorded, ...(isOurs(path) && { kept }) };
}

/** Keeps a file, except for the versions in it. */
function planKept(file: KeptFile, generated: string, raisesPins: boolean): FilePlan {
  const { path, yours, recorded } = file;
  const pin = raisePin(path, yours, generated);
  const revised = pin !== undefined && raisesPins ? pin.after : withVersion(path, yours);
  const sum = checksum(revised) === checksum(generated) ? checksum(generated) : recorded;
  const plan = { path, changes: change(path, yours, revised), sum, pin };
  return Object.hasOwn(PINS, path) ? plan : { ...plan, kept: { ...file, yours: revised } };
}

/** Sorts changes: what is created comes before what needs it, and deletions come last. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const rank = ({ kind, path }: Change): number =>
    kind === 'create' ? 0 : kind === 'delete' ? 3 : isOurs(path) ? 1 : 2;
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/** Replaces the version in the commands of a file by this one, if it names it. */
function withVersion(path: string, text: string): string {
  if (!NAMES_VERSION.includes(path)) return text;
  return text.replace(/(?<=create-lambda-hello@)\d[\w.-]*/g, versionRange(VERSION));
}

/** Describes what this version changed in a file that was kept, so that the user can apply it. */
export interface NewsOfFile {
  readonly path: string;
  readonly reason: Message;
  /**
   * What this version changed since the file was generated, or the whole difference if that is
   * unknown.
   */
  readonly diff: string;
  /** What the user changed since then; undefined if the generated file is unknown. */
  readonly yours?: string;
}

/**
 * Compares a kept file with this version's. Returns undefined if there is nothing to apply, or no
 * way to know.
 *
 * @param found the file as it was generated, if git has it
 */
export function newsOf(
  { path, reason, yours, generated, recorded }: KeptFile,
  found: string | undefined,
): NewsOfFile | undefined {
  if (generated === undefined) {
    return { path, reason, diff: unifiedDiff(change(path, yours, undefined)) };
  }
  const text = yours.replaceAll('\r\n', '\n');
  const diffOf = (before: string, after: string): string =>
    unifiedDiff(change(path, before, after));
  const base = checksum(text) === recorded ? text : found;
  if (base === undefined) {
    return isOurs(path) ? { path, reason, diff: diffOf(text, generated) } : undefined;
  }
  const before = withVersion(path, base);
  if (before === generated || appliedAlready(text, before, generated)) return undefined;
  return { path, reason, diff: diffOf(before, generated), yours: diffOf(before, text) };
}
