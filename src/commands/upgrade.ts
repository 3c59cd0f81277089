import { applyEdit } from '../changes/apply-edit.ts';
import { type CreateFile, listed } from '../changes/change-set.ts';
import { unifiedDiff } from '../changes/diff.ts';
import { readText } from '../changes/text-file.ts';
import type { Context } from '../context.ts';
import { EVENTS } from '../dart/main/declaring-file.ts';
import { CancelledError, UserError } from '../errors.ts';
import type { Flags } from '../options/option.ts';
import type { upgradeOptions } from '../options/shared.ts';
import { renderService, type ServiceVariables } from '../plan/create-service.ts';
import { deletedLibraries, stillInUse } from '../plan/obsolete-files.ts';
import {
  type KeptFile,
  type NewsOfFile,
  newsOf,
  type PlannedUpgrade,
  planUpgrade,
  type Upgrade,
} from '../plan/upgrade.ts';
import { type EventLibrary, eventLibrary, eventSums } from '../plan/upgrade-events.ts';
import type { Pin } from '../service/pins.ts';
import { checksum, RECORD_FILE, readRecord, type ServiceRecord } from '../service/record.ts';
import { listDartFiles, readDartFiles } from '../service-folder/dart-files.ts';
import { readTexts } from '../service-folder/editable.ts';
import { findService } from '../service-folder/folder.ts';
import { requirePackageName } from '../service-folder/package-name.ts';
import { loadTemplate, templateOf } from '../templates.ts';
import { compareVersions } from '../tools/dart/find.ts';
import { earlierText } from '../tools/git.ts';
import { packageManagerOf } from '../tools/package-manager.ts';
import { formatChanges } from '../ui/report.ts';
import { cancelled } from '../util/messages.ts';
import { VERSION } from '../version.ts';
import * as messages from './messages.ts';

type UpgradeFlags = Flags<typeof upgradeOptions>;

/** Upgrades the service in the current folder to this version. */
export async function upgrade(context: Context, flags: UpgradeFlags): Promise<void> {
  const { out, cwd } = context;
  const { root } = findService(cwd);
  const recordText = await readText(root, RECORD_FILE);
  const record = readRecord(recordText);
  const { made } = record;
  refuseNewer(made?.version);
  const { install, exec, dlx } = await packageManagerOf(root, context.env);
  const known = { ...UNRECORDED, install, exec, dlx };
  const variables: ServiceVariables = { ...known, ...made?.variables };
  const generated = renderService(variables, await loadTemplate(templateOf(variables)));
  const { force = false, pins = false } = flags;
  const events = await readEvents(root, record, generated, force);
  const own = [...generated.map(({ path }) => path), ...Object.keys(made?.files ?? {})];
  const paths = [...own, ...events.paths];
  const existing = await readTexts(root, [...new Set(paths)]);
  const given = { generated, events: events.library, record, recordText, existing, force, pins };
  const planned = await withoutUsed(root, given, planUpgrade(given));
  const news = await readNews(context, root, planned.kept);
  const { changes } = planned;
  if (!flags.dryRun) {
    if (context.signal.aborted) throw new CancelledError(cancelled());
    await applyEdit(root, changes);
  }
  if (flags.json) {
    const document = {
      version: { from: made?.version ?? null, to: VERSION },
      changes: listed(changes),
      kept: news,
      pins: planned.pins.map(({ name, from, to }) => ({ name, from, to })),
      diff: flags.dryRun ? unifiedDiff(changes) : undefined,
    };
    out.result(JSON.stringify(document, undefined, 2));
    return;
  }
  if (changes.length > 0) {
    out.result(flags.dryRun ? unifiedDiff(changes).trimEnd() : formatChanges(changes));
  }
  tellNews(context, news);
  tellPins(context, planned.pins, flags, variables.install);
  if (flags.dryRun) out.note('Dry run: nothing was written.');
  else if (changes.length === 0)
    out.note(`Nothing to upgrade: the service is of version ${VERSION}.`);
  else out.note(`Upgraded to ${VERSION}. Run  make test  and review the changes with  git diff .`);
}

/** Finds what the service has of the event library, besides what every service of its kind has. */
async function readEvents(
  root: string,
  { endpoints }: ServiceRecord,
  generated: readonly CreateFile[],
  force: boolean,
): Promise<{ readonly library: EventLibrary | undefined; readonly paths: readonly string[] }> {
  const own = new Set(generated.map(({ path }) => path));
  const present = await listDartFiles(root, EVENTS);
  const found = [...present, ...Object.keys(eventSums(endpoints))].filter((path) => !own.has(path));
  if (found.length === 0) return { library: undefined, paths: [] };
  const template = await loadTemplate('event-types');
  const library = eventLibrary(endpoints, present, force, template);
  return { library, paths: [...found, ...library.files.map(({ path }) => path)] };
}

/** Plans again if a file that would be deleted is still imported. */
async function withoutUsed(
  root: string,
  given: Upgrade,
  planned: PlannedUpgrade,
): Promise<PlannedUpgrade> {
  if (deletedLibraries(planned.changes).length === 0) return planned;
  const { loadDartParser } = await import('../dart/main/parser.ts');
  const [sources, name, parser] = await Promise.all([
    readDartFiles(root),
    requirePackageName(root),
    loadDartParser(),
  ]);
  const inUse = stillInUse(planned.changes, sources, name, parser);
  return inUse.size === 0 ? planned : planUpgrade({ ...given, inUse });
}

/** Placeholders for answers that no record kept. Files that contain one are left alone. */
const UNRECORDED = {
  name: 'service',
  api: 'rest',
  architecture: 'arm64',
  region: 'us-east-1',
  memory: 128,
  timeout: 10,
} as const;

/**
 * Refuses a service that a later version generated, because all its files would seem edited.
 *
 * @throws UserError when it is such a service
 */
function refuseNewer(version: string | undefined): void {
  if (version === undefined || compareVersions(version, VERSION) <= 0) return;
  throw new UserError(
    messages.madeByNewer({ version, thisVersion: VERSION }),
    'npx create-lambda-hello@latest upgrade',
  );
}

/**
 * Compares kept files with this version's, taking the originally generated ones from git if it has
 * them.
 */
async function readNews(
  { run }: Context,
  root: string,
  kept: readonly KeptFile[],
): Promise<NewsOfFile[]> {
  const all = await Promise.all(
    kept.map(async (file) => {
      const { path, recorded, generated, yours } = file;
      // For others, what git has makes no difference.
      const isEdited = generated !== undefined && checksum(yours) !== recorded;
      const base =
        isEdited && recorded
          ? await earlierText(run, root, path, (text) => checksum(text) === recorded)
          : undefined;
      return newsOf(file, base?.replaceAll('\r\n', '\n'));
    }),
  );
  return all.filter((one) => one !== undefined);
}

function tellNews({ out }: Context, news: readonly NewsOfFile[]): void {
  for (const { path, reason, diff, yours } of news) {
    out.warn(messages.wasKept({ path, reason }));
    if (yours) out.note(`What you have changed in it:\n${yours}What is new in it:`);
    out.note(diff.trimEnd());
  }
}

function tellPins(
  { out }: Context,
  pins: readonly Pin[],
  flags: UpgradeFlags,
  install: string,
): void {
  for (const { name, from, to, path } of pins) {
    if (!flags.pins) out.note(messages.olderPin({ path, name, version: from, newVersion: to }));
    else if (!flags.dryRun && name === 'osls') out.note(`Install it:  ${install}`);
  }
}
