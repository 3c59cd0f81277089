import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, resolveUri } from '../dart/main/declarations.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { examplesOf } from '../dart/model/example.ts';
import {
  functionPrefix,
  type KnownModels,
  knownModels,
  libraryFor,
  withoutLibraries,
} from '../dart/model/known.ts';
import { type ReadModels, readModels } from '../dart/model/read.ts';
import { errorCode, InvalidValueError } from '../errors.ts';
import type { NamedObject } from '../sample/reference.ts';
import {
  checksum,
  MODELS,
  type ModelRecord,
  recordedSums,
  type ServiceRecord,
} from '../service/record.ts';
import { readTexts } from './editable.ts';
import * as messages from './messages.ts';

/** The models of a service, by the names of their classes. */
export interface ServiceModels {
  /** Those that new models can use. */
  readonly known: KnownModels;
  /** Returns an example of a model, with its name; undefined if there is none of that name. */
  readonly find: (className: string) => NamedObject | undefined;
}

/** Finds the models of a service, those of its record and others that are in lib/models/. */
export function serviceModels(
  root: string,
  recorded: ModelRecord,
  parser: DartParser,
): ServiceModels {
  const files = new Map<string, ReadModels | undefined>();
  const read = (library: string): ReadModels | undefined => {
    if (!files.has(library)) {
      const text = textOf(join(root, MODELS, library));
      files.set(library, text === undefined ? undefined : readModels(parser, text));
    }
    return files.get(library);
  };
  const libraryOf = (className: string): string =>
    recorded.get(className)?.library ?? libraryFor(className);
  const fileOf = (className: string) => read(libraryOf(className));
  return {
    known: knownModels([...recorded].map(([className, model]) => ({ className, ...model }))),
    find(className) {
      const library = libraryOf(className);
      const found = fileOf(className);
      if (!found?.classes.has(className)) return undefined;
      const examples = examplesOf(className, fileOf);
      if (examples === undefined) {
        const path = `${MODELS}${library}`;
        throw new InvalidValueError(
          messages.modelNotUnderstood({ path, name: className }),
          `${className}={"id": 7}`,
        );
      }
      const hasFunctions = found.functions.has(`${functionPrefix(className)}FromJson`);
      const key = recorded.get(className)?.shape;
      const { short, full, least } = examples;
      const model = { className, library, hasFunctions, key };
      return { ...short, model, described: [full, least] };
    },
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/**
 * Plans files that use models which are there, those that are as they were generated: an edited one
 * may read something else by now.
 */
export async function sharingModels<T extends { readonly chosen: readonly string[] }>(
  root: string,
  record: ServiceRecord,
  known: KnownModels,
  plan: (models: KnownModels) => Promise<T>,
): Promise<T> {
  const files = await plan(known);
  const sums = recordedSums(record);
  const found = await readTexts(root, files.chosen);
  const stale = files.chosen.filter((path) => {
    const text = found.get(path);
    return text === undefined || checksum(text) !== sums[path];
  });
  if (stale.length === 0) return files;
  const libraries = stale.map((path) => path.slice(MODELS.length));
  return sharingModels(root, record, withoutLibraries(known, libraries), plan);
}

/** Adds the models that models import. */
export async function withImports(
  root: string,
  paths: readonly string[],
  packageName: string,
  parser: DartParser,
): Promise<readonly string[]> {
  const all = new Set(paths);
  for (const from of all) {
    const text = (await readTexts(root, [from])).get(from) ?? '';
    const imports = importsOf(parser, text).map((uri) =>
      resolveUri(uri, { from, package: packageName }),
    );
    for (const path of imports) if (path?.startsWith(MODELS)) all.add(path);
  }
  return [...all];
}
