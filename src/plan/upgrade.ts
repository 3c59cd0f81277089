import { type Change, type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { appliedAlready, unifiedDiff } from '../changes/diff.ts';
import type { Message } from '../message.ts';
import { PINS, type Pin, raisePin } from '../service/pins.ts';
import {
  checksum,
  type MadeService,
  RECORD_FILE,
  type RecordedFiles,
  type ServiceRecord,
  sameLineEndings,
  writeRecord,
} from '../service/record.ts';
import { VERSION, versionRange } from '../version.ts';
import * as messages from './messages.ts';

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
  readonly record: ServiceRecord;
  /** The text of {@link RECORD_FILE}, if there is one. */
  readonly recordText: string | undefined;
  /** The contents on disk at all these paths. */
  readonly existing: ReadonlyMap<string, string>;
  /** Whether to replace the tool's files even if they were edited. */
  readonly force: boolean;
  /** Whether to raise the versions of osls and of the Dart SDK. */
  readonly pins: boolean;
}

/** Describes a file that is kept although this version has another one. */
export interface KeptFile {
  readonly path: string;
  readonly reason: Message;
  /** The file after the upgrade. */
  readonly yours: string;
  /** The file as this version generates it; undefined if it no longer has one. */
  readonly generated: string | undefined;
  /** The checksum of the file as it was generated, if known. */
  readonly recorded: string | undefined;
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
  const { record, existing, force } = upgrade;
  const recorded: RecordedFiles = record.made?.files ?? {};
  const paths = new Set(upgrade.generated.map(({ path }) => path));
  const keepsProgram = programIsEdited(upgrade, recorded);
  const changes: Change[] = [];
  const kept: KeptFile[] = [];
  const pins: Pin[] = [];
  const files = new Map<string, string>();

  for (const { path, content } of upgrade.generated) {
    const known = Object.hasOwn(recorded, path) ? recorded[path] : undefined;
    const yours = existing.get(path);
    const isNew = known === undefined && record.made?.variables !== undefined;
    if (yours === undefined) {
      if (isOurs(path) || (isNew && !isProgram(path))) {
        changes.push({ kind: 'create', path, content });
        files.set(path, checksum(content));
      } else if (known !== undefined) files.set(path, known);
      continue;
    }
    const isEdited = checksum(yours) !== known;
    const isSame = checksum(yours) === checksum(content);
    const keeps = isEdited || (isProgram(path) && keepsProgram) || Object.hasOwn(PINS, path);
    const replaces = !keeps || (force && isOurs(path));
    if (isSame || replaces) {
      files.set(path, checksum(content));
      if (!isSame) changes.push(...change(path, yours, sameLineEndings(content, yours)));
      continue;
    }
    const pin = raisePin(path, yours, content);
    if (pin !== undefined) pins.push(pin);
    const named = NAMES_VERSION.includes(path) ? nameVersion(yours) : yours;
    const revised = pin !== undefined && upgrade.pins ? pin.after : named;
    changes.push(...change(path, yours, revised));
    const sum = checksum(revised) === checksum(content) ? checksum(content) : known;
    if (sum !== undefined) files.set(path, sum);
    if (Object.hasOwn(PINS, path)) continue;
    const reason = isEdited ? messages.edited() : messages.relatedEdited();
    kept.push({ path, reason, yours: revised, generated: content, recorded: known });
  }
  for (const [path, known] of Object.entries(recorded)) {
    const yours = existing.get(path);
    if (paths.has(path) || yours === undefined) continue;
    if (!isProgram(path) && checksum(yours) === known) {
      changes.push({ kind: 'delete', path, before: yours });
      continue;
    }
    files.set(path, known);
    const reason = messages.editedForNothing();
    if (isOurs(path)) kept.push({ path, reason, yours, generated: undefined, recorded: known });
  }
  const made: MadeService = {
    variables: undefined,
    ...record.made,
    version: VERSION,
    files: Object.fromEntries(files),
  };
  const written = writeRecord({ ...record, made }, upgrade.recordText);
  return {
    changes: [...inOrder(changes), ...change(RECORD_FILE, upgrade.recordText, written)],
    kept,
    pins,
  };
}

/**
 * Returns whether the user has started on a program of their own: a file of the generated one is
 * gone, or matches neither what was generated nor what a killed upgrade wrote.
 */
function programIsEdited({ generated, existing }: Upgrade, recorded: RecordedFiles): boolean {
  const present = new Map(generated.map(({ path, content }) => [path, checksum(content)]));
  return Object.entries(recorded).some(([path, known]) => {
    const sum = checksum(existing.get(path) ?? '');
    return isProgram(path) && sum !== known && sum !== present.get(path);
  });
}

/** Sorts changes: what is created comes before what needs it, and deletions come last. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const rank = ({ kind, path }: Change): number =>
    kind === 'create' ? 0 : kind === 'delete' ? 3 : isOurs(path) ? 1 : 2;
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/** Replaces the version in the commands of a text by this one. */
function nameVersion(text: string): string {
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
  const before = NAMES_VERSION.includes(path) ? nameVersion(base) : base;
  if (before === generated || appliedAlready(text, before, generated)) return undefined;
  return { path, reason, diff: diffOf(before, generated), yours: diffOf(before, text) };
}
