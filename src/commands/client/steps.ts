import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ClientOptions, MadeClient } from '../../api-types.ts';
import { applyEdit } from '../../changes/apply-edit.ts';
import { type ChangeSet, type CreateFile, change, listed } from '../../changes/change-set.ts';
import { unifiedDiff } from '../../changes/diff.ts';
import { readText } from '../../changes/text-file.ts';
import { readContract } from '../../contract/read.ts';
import { CLIENT_FILE, clientCode, JSON_FILE } from '../../dart/client/client.ts';
import { packageFiles } from '../../dart/client/package.ts';
import { loadDartParser } from '../../dart/main/parser.ts';
import { RUNTIME_FILES } from '../../dart/model/files.ts';
import { type Flags, readFlags } from '../../options/option.ts';
import { overwritten, planClient, writtenOver } from '../../plan/client.ts';
import type { Contract } from '../../service/contract.ts';
import {
  checksums,
  editedFiles,
  RECORD_FILE,
  type RecordedFiles,
  readRecord,
} from '../../service/record.ts';
import { readTexts } from '../../service-folder/editable.ts';
import { type ReadService, readService, requireFunctions } from '../../service-folder/read.ts';
import { requireRuntime } from '../../service-folder/runtime.ts';
import { loadTemplate, type Template } from '../../templates.ts';
import type { Surroundings } from '../../util/env.ts';
import { asText, recordOf, tryParseJson } from '../../util/json.ts';
import { isInside } from '../../util/paths.ts';
import { clientOptions } from './options.ts';

export type ClientFlags = Flags<typeof clientOptions>;

/** The checksums of what was written, in a package of the client alone. */
const PACKAGE_RECORD = '.create-lambda-hello-client.json';

/**
 * Writes the client of a service without asking anything.
 *
 * @throws UserError when the service cannot be read, or what is there was not written so
 */
export async function makeClient(
  { directory = '.', params: param, ...given }: ClientOptions,
  { cwd, env }: Surroundings,
): Promise<MadeClient> {
  const folder = resolve(cwd, directory);
  const flags = readFlags(clientOptions, { ...given, param });
  const { root, changes } = await planned(
    await readService({ cwd: folder, env }, flags),
    folder,
    flags,
  );
  if (!flags.dryRun) await write(root, changes);
  return { changes: listed(changes), ...(flags.dryRun && { diff: unifiedDiff(changes) }) };
}

/** Holds the changes that write a client, and the folder that they are in. */
export interface PlannedClient {
  readonly root: string;
  readonly changes: ChangeSet;
}

/**
 * Plans what writes a client, or with `check` what it differs in, edited or not.
 *
 * @throws UserError when something is there that was not written so
 */
export async function planned(
  read: ReadService,
  cwd: string,
  { out, check }: Pick<ClientFlags, 'out' | 'check'>,
): Promise<PlannedClient> {
  requireFunctions(read);
  const contract = await readContract(read);
  const template = await loadTemplate('client');
  return out === undefined
    ? inService(read, contract, template, check)
    : inPackage(read, contract, template, { root: resolve(cwd, out), check });
}

/** Applies the changes. */
export async function write(root: string, changes: ChangeSet): Promise<void> {
  await mkdir(root, { recursive: true });
  await applyEdit(root, changes);
}

async function inService(
  { root }: ReadService,
  contract: Contract,
  template: Template,
  check: boolean | undefined,
): Promise<PlannedClient> {
  const { text, libraries } = clientCode(contract, template);
  const code: CreateFile = { kind: 'create', path: CLIENT_FILE, content: text };
  const existing = await readTexts(root, [CLIENT_FILE]);
  if (check) return { root, changes: overwritten(code, existing) };
  const record = await readText(root, RECORD_FILE);
  const usesJson = libraries.includes(JSON_FILE);
  const lacking = usesJson ? await lackingRuntime(root, code, record) : [];
  const files = [...lacking, code];
  const pubspec = (await readText(root, 'pubspec.yaml')) ?? '';
  return { root, changes: planClient(files, { pubspec, record, existing }) };
}

/**
 * Returns what reads JSON, for a service that has none of it, as its runtime is of a package.
 *
 * @throws UserError when it has an older form of it
 */
async function lackingRuntime(
  root: string,
  code: CreateFile,
  record: string | undefined,
): Promise<readonly CreateFile[]> {
  const present = await readTexts(root, RUNTIME_FILES);
  if (present.size > 0) {
    const needed = { files: [code], runtimeFiles: RUNTIME_FILES };
    await requireRuntime(root, needed, readRecord(record), await loadDartParser());
    return [];
  }
  return runtimeOf(await loadTemplate('service'));
}

const runtimeOf = (template: Template): readonly CreateFile[] =>
  RUNTIME_FILES.map((path) => ({ kind: 'create', path, content: template.text(path, {}) }));

async function inPackage(
  { root: service }: ReadService,
  contract: Contract,
  template: Template,
  { root, check }: { readonly root: string; readonly check: boolean | undefined },
): Promise<PlannedClient> {
  const runtime = await loadTemplate('service');
  const read = async (path: string) =>
    (await readText(service, path)) ??
    (RUNTIME_FILES.includes(path) ? runtime.text(path, {}) : undefined);
  const files = await packageFiles(contract, template, await loadDartParser(), read);
  const recordText = await readText(root, PACKAGE_RECORD);
  const recorded = recordedIn(recordText);
  const left = Object.keys(recorded).filter(
    (path) => isInside(path) && !files.some((file) => file.path === path),
  );
  const existing = await readTexts(root, [...files.map(({ path }) => path), ...left]);
  if (check) return { root, changes: files.flatMap((file) => overwritten(file, existing)) };
  const edited = editedFiles(recorded, existing);
  const obsolete = left.filter((path) => existing.has(path) && !edited.includes(path));
  const about = 'What create-lambda-hello wrote, with checksums: it overwrites what is unedited.';
  const record = `${JSON.stringify({ about, files: checksums(files) }, undefined, 2)}\n`;
  return {
    root,
    changes: [
      ...change(PACKAGE_RECORD, recordText, record),
      ...writtenOver(files, recorded, existing),
      ...obsolete.flatMap((path) => change(path, existing.get(path), undefined)),
    ],
  };
}

/** Reads the checksums of a package; none where there is no record, or none that can be read. */
function recordedIn(text: string | undefined): RecordedFiles {
  const { files } = recordOf(tryParseJson(text ?? ''));
  return Object.fromEntries(
    Object.entries(recordOf(files)).flatMap(([path, sum]) => {
      const known = asText(sum);
      return known === undefined ? [] : [[path, known]];
    }),
  );
}
