import { type Change, type ChangeSet, type CreateFile, change } from '../changes/change-set.ts';
import { appliedAlready, unifiedDiff } from '../changes/diff.ts';
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

/** What no user need edit: an upgrade adds to it and takes out of it, too. */
const isOurs = (path: string): boolean => /^(lib\/runtime|tool)\//.test(path);

/** What a user begins with. Its files fit together, so they are replaced all or none. */
const isProgram = (path: string): boolean =>
  !isOurs(path) && /^((lib|test)\/.*|serverless\.yml)$/.test(path);

/** Where the version of this tool is named. */
const NAMES_VERSION = ['Makefile', 'README.md'];

export interface Upgrade {
  /** As this version generates them; with the record's answers where there are any. */
  readonly generated: readonly CreateFile[];
  readonly record: ServiceRecord;
  /** The text of {@link RECORD_FILE}, if there is one. */
  readonly recordText: string | undefined;
  /** What is on the disk at the paths of all these. */
  readonly existing: ReadonlyMap<string, string>;
  /** Whether what is ours is replaced where it was edited, too. */
  readonly force: boolean;
  /** Whether the versions of osls and of the Dart SDK are raised. */
  readonly pins: boolean;
}

/** A file that stays, though this version has another one. */
export interface KeptFile {
  readonly path: string;
  /** Why, as a sentence without its end. */
  readonly reason: string;
  /** The file as it will be. */
  readonly yours: string;
  /** As this version generates it; undefined where it has no such file any more. */
  readonly generated: string | undefined;
  /** The checksum of the file as it was generated, if that is known. */
  readonly recorded: string | undefined;
}

export interface PlannedUpgrade {
  readonly changes: ChangeSet;
  readonly kept: readonly KeptFile[];
  readonly pins: readonly Pin[];
}

/**
 * What brings a service to this version. New files come first and the record last, so that a
 * run that was killed is completed by the next one: what is done already is left out.
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
    const reason = isEdited ? 'it was edited since' : 'what belongs to it was edited since';
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
    const reason = 'it was edited since, but nothing needs it any more';
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
 * Whether the user has begun to write his own program: a file of the first one is gone, or neither
 * as it was generated nor as an upgrade that was killed has left it.
 */
function programIsEdited({ generated, existing }: Upgrade, recorded: RecordedFiles): boolean {
  const present = new Map(generated.map(({ path, content }) => [path, checksum(content)]));
  return Object.entries(recorded).some(([path, known]) => {
    const sum = checksum(existing.get(path) ?? '');
    return isProgram(path) && sum !== known && sum !== present.get(path);
  });
}

/** What is new before what needs it; what is no longer needed at the end. */
function inOrder(changes: readonly Change[]): readonly Change[] {
  const rank = ({ kind, path }: Change): number =>
    kind === 'create' ? 0 : kind === 'delete' ? 3 : isOurs(path) ? 1 : 2;
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/** The same text with this version in the commands that name one. */
function nameVersion(text: string): string {
  return text.replace(/(?<=create-lambda-hello@)\d[\w.-]*/g, versionRange(VERSION));
}

/** What is new in a file that was kept, to be taken over by hand. */
export interface NewsOfFile {
  readonly path: string;
  readonly reason: string;
  /** What this version has changed since the file was generated; without that, what differs. */
  readonly diff: string;
  /** What the user has changed since then; undefined where it is not known how that was. */
  readonly yours?: string;
}

/**
 * What a kept file lacks of this version: undefined where that is nothing, or cannot be told.
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
