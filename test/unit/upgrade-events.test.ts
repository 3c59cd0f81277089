import { describe, expect, it } from 'vitest';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { stillInUse } from '../../src/plan/obsolete-files.ts';
import type { Upgrade } from '../../src/plan/upgrade.ts';
import { eventLibrary } from '../../src/plan/upgrade-events.ts';
import {
  checksum,
  type EndpointRecord,
  RECORD_FILE,
  type RecordedFiles,
  readRecord,
  writeRecord,
} from '../../src/service/record.ts';
import { loadTemplate } from '../../src/templates.ts';
import { eventTypes, newService } from '../support/service.ts';
import { applied, planUpgradeOf } from '../support/upgrade.ts';

type Files = Record<string, string>;

const template = await loadTemplate('event-types');
const EVENTS = 'lib/runtime/events/';
const [SQS, KINESIS, BATCH, JSON_FILE] = ['sqs', 'kinesis', 'batch', 'event_json'].map(
  (name) => `${EVENTS}${name}.dart`,
) as [string, string, string, string];
const now = eventTypes();
/** What an earlier version generated, which had no batch.dart. */
const OLD = { [SQS]: '// The queue of an earlier version.\n', [JSON_FILE]: '// Its JSON.\n' };

const sumsOf = (files: Files): RecordedFiles =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [path, checksum(text)]));

/** A service with these files of the event library, which the functions have recorded. */
function serviceWith(files: Files, endpoints: Record<string, Files>): Files {
  const service = newService();
  const recorded: EndpointRecord = new Map(
    Object.entries(endpoints).map(([key, own]) => [key, sumsOf(own)]),
  );
  const record = writeRecord({ ...readRecord(service[RECORD_FILE]), endpoints: recorded });
  return { ...service, ...files, [RECORD_FILE]: record ?? '' };
}

function plan(files: Files, { force = false, ...flags }: Partial<Upgrade> = {}) {
  const { endpoints } = readRecord(files[RECORD_FILE]);
  const present = Object.keys(files).filter((path) => path.startsWith(EVENTS));
  const events = eventLibrary(endpoints, present, force, template);
  return planUpgradeOf(files, { events, force, ...flags });
}

const upgraded = (files: Files, flags?: Partial<Upgrade>) =>
  applied(files, plan(files, flags).changes);

/** What is recorded of the event library, by function. */
const recordedIn = (files: Files) =>
  Object.fromEntries(readRecord(files[RECORD_FILE]).endpoints) as Record<string, RecordedFiles>;

const only = (...paths: string[]): Files =>
  Object.fromEntries(paths.map((path) => [path, now[path] ?? '']));

describe('an upgrade of the event library', () => {
  it('replaces what is unedited, adds what it imports now, and records both for the function', () => {
    const files = serviceWith(OLD, { onOrder: { ...OLD, 'lib/handlers/on_order.dart': 'x' } });
    const after = upgraded(files);
    expect(after).toMatchObject(only(SQS, BATCH, JSON_FILE));
    expect(after).not.toHaveProperty([KINESIS]);
    expect(recordedIn(after)).toEqual({
      onOrder: {
        ...sumsOf(only(SQS, BATCH, JSON_FILE)),
        'lib/handlers/on_order.dart': checksum('x'),
      },
    });
    expect(readRecord(after[RECORD_FILE]).made).toEqual(readRecord(files[RECORD_FILE]).made);
    expect(plan(after)).toEqual({ changes: [], kept: [], pins: [] });
  });

  it('is completed by the next one, wherever it was killed', () => {
    const files = serviceWith(OLD, { onOrder: OLD });
    const { changes } = plan(files);
    expect(changes).toHaveLength(4);
    for (let done = 0; done <= changes.length; done++) {
      expect(upgraded(applied(files, changes.slice(0, done)))).toEqual(upgraded(files));
    }
  });

  it('updates what is recorded of every function that uses a file', () => {
    const files = serviceWith(OLD, { onOrder: OLD, onDoor: { [JSON_FILE]: OLD[JSON_FILE] ?? '' } });
    expect(recordedIn(upgraded(files))).toEqual({
      onOrder: sumsOf(only(SQS, BATCH, JSON_FILE)),
      onDoor: sumsOf(only(JSON_FILE)),
    });
  });

  it('keeps and names what was edited, unless it is forced', () => {
    const files = { ...serviceWith(OLD, { onOrder: OLD }), [SQS]: '// mine\n' };
    const { kept } = plan(files);
    expect(kept.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      `${SQS}: it was edited since`,
    ]);
    const after = upgraded(files);
    expect(after[SQS]).toBe('// mine\n');
    expect(recordedIn(after).onOrder?.[SQS]).toBe(checksum(OLD[SQS] ?? ''));
    expect(upgraded(files, { force: true })).toMatchObject(only(SQS, BATCH, JSON_FILE));
  });

  it('keeps what no function has recorded, and names it only where it differs', () => {
    const files = serviceWith({ ...only(KINESIS), ...OLD }, {});
    const { changes, kept } = plan(files);
    expect(changes).toEqual([]);
    expect(kept.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      `${SQS}: no record says whether it was edited`,
      `${JSON_FILE}: no record says whether it was edited`,
    ]);
    const after = upgraded(files, { force: true });
    expect(after).toMatchObject(only(SQS, BATCH, JSON_FILE, KINESIS));
    expect(recordedIn(after)).toEqual({});
  });

  it('leaves files of your own alone', () => {
    const files = serviceWith({ [`${EVENTS}mine.dart`]: '// mine\n' }, {});
    expect(plan(files, { force: true })).toEqual({ changes: [], kept: [], pins: [] });
  });

  it('brings back a recorded file that is gone, and follows no record out of its folder', () => {
    const outside = `${EVENTS}../../../outside.dart`;
    const files = serviceWith({}, { onOrder: { ...only(SQS), [outside]: 'x' } });
    const { changes } = plan(files);
    expect(changes.map(({ path }) => path).sort()).toEqual(
      [BATCH, JSON_FILE, SQS, RECORD_FILE].sort(),
    );
    expect(recordedIn(applied(files, changes)).onOrder?.[outside]).toBe(checksum('x'));
  });
});

describe('a file that the event library no longer has', async () => {
  const parser = await loadDartParser();
  const GONE = `${EVENTS}queues.dart`;
  const old = { ...OLD, [SQS]: "export 'queues.dart';\n", [GONE]: '// No longer needed.\n' };
  const HANDLER = 'lib/handlers/on_order.dart';

  /** Plans as the command does, which looks for imports of what would be deleted. */
  function planned(files: Files) {
    const { changes } = plan(files);
    return plan(files, {
      inUse: stillInUse(changes, new Map(Object.entries(files)), 'shop', parser),
    });
  }

  it('is deleted, from the record too, when nothing imports it after the upgrade', () => {
    const files = serviceWith(old, { onOrder: old });
    const after = applied(files, planned(files).changes);
    expect(after).not.toHaveProperty([GONE]);
    expect(recordedIn(after).onOrder).not.toHaveProperty([GONE]);
  });

  it('is kept and recorded while a handler of yours imports it', () => {
    const handler = { [HANDLER]: "import '../runtime/events/queues.dart';\n" };
    const files = { ...serviceWith(old, { onOrder: old }), ...handler };
    const { changes, kept } = planned(files);
    expect(kept.map(({ path, reason }) => `${path}: ${reason}`)).toEqual([
      `${GONE}: ${HANDLER} imports it`,
    ]);
    const after = applied(files, changes);
    expect(after[GONE]).toBe(old[GONE]);
    expect(recordedIn(after).onOrder).toHaveProperty([GONE]);
  });
});
