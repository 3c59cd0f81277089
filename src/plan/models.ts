import { type ChangeSet, change } from '../changes/change-set.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { type ModelFiles, modelFile } from '../dart/model/files.ts';
import { UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import {
  checksums,
  editedFiles,
  MODELS,
  RECORD_FILE,
  readRecord,
  type ServiceRecord,
  withModels,
  withoutFiles,
  writeRecord,
} from '../service/record.ts';
import { filesInUse } from './function-uses.ts';
import * as messages from './messages.ts';
import type { KeptFile } from './remove-function.ts';

/**
 * Plans the changes that add a model to a service. What is there already is omitted.
 *
 * @param record the text of the record
 * @param existing the contents on disk at the paths of the files
 * @throws UserError when there is another model of that name
 */
export function planAddModel(
  className: string,
  { files, classes }: ModelFiles,
  record: string | undefined,
  existing: ReadonlyMap<string, string>,
): ChangeSet {
  const taken = files.find(({ path, content }) => (existing.get(path) ?? content) !== content);
  const before = readRecord(record);
  const other = before.models.get(className);
  if (taken !== undefined || (other !== undefined && other.files === undefined)) {
    const path = taken?.path ?? modelFile(className);
    throw new UserError(
      messages.modelExists({ name: className, path }),
      `use it:  create-lambda-hello add-endpoint ... --response ${className}  or choose another name`,
    );
  }
  const sums = checksums(files);
  const recorded = classes.map((one) =>
    one.className === className ? { ...one, files: sums } : one,
  );
  const after = { ...before, models: withModels(before.models, recorded) };
  return [
    ...change(RECORD_FILE, record, writeRecord(after, record)),
    ...files.filter(({ path }) => !existing.has(path)),
  ];
}

/**
 * Plans the changes that remove a model. Edited files are kept, unless `force` is set.
 *
 * @param sources the Dart files of the service
 * @throws UserError when something else uses it, or there is no model of that name to remove
 */
export function planRemoveModel(
  { className, force }: { readonly className: string; readonly force: boolean },
  service: {
    readonly record: string | undefined;
    readonly package: string;
    readonly sources: ReadonlyMap<string, string>;
  },
  parser: DartParser,
): { readonly changes: ChangeSet; readonly kept: readonly KeptFile[] } {
  const { sources } = service;
  const record = readRecord(service.record);
  const model = record.models.get(className);
  if (model?.files === undefined) throw notRemovable(className, record);
  const paths = Object.keys(model.files);
  const path = modelFile(className);
  const uses = new Map<string, Message>();
  filesInUse(paths, uses, sources, service.package, parser);
  const use = uses.get(path);
  if (use !== undefined) {
    throw new UserError(
      messages.modelInUse({ name: className, reason: use }),
      'remove what uses it first',
    );
  }
  const edited = force ? [] : editedFiles(model.files, sources);
  const deleted = paths.filter((file) => sources.has(file) && !edited.includes(file));
  const models = new Map(withoutFiles(record.models, deleted));
  models.delete(className);
  return {
    changes: [
      ...deleted.toReversed().flatMap((file) => change(file, sources.get(file), undefined)),
      ...change(RECORD_FILE, service.record, writeRecord({ ...record, models }, service.record)),
    ],
    kept: edited.map((file) => ({ path: file, reason: messages.edited() })),
  };
}

function notRemovable(className: string, { models, endpoints }: ServiceRecord): UserError {
  const model = models.get(className);
  const path = model && `${MODELS}${model.library}`;
  const owner = [...endpoints].find(([, files]) => path !== undefined && path in files)?.[0];
  if (owner !== undefined) {
    return new UserError(
      messages.modelOfEndpoint({ name: className, endpoint: owner }),
      `create-lambda-hello remove-endpoint ${owner}`,
    );
  }
  const names = [...models].filter(([, { files }]) => files !== undefined).map(([name]) => name);
  return new UserError(
    messages.noSuchModel({ name: className }),
    names.length > 0 ? `one of: ${names.join(', ')}` : 'create-lambda-hello add-model Order id:int',
  );
}
