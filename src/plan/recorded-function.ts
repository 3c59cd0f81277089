import { resolveUri } from '../dart/main/declarations.ts';
import { declaringFile } from '../dart/main/declaring-file.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE, type MainFile, readMainFile } from '../dart/main/read.ts';
import { handlerFor, keyOfHandler } from '../service/endpoint/handler.ts';
import { readRecord } from '../service/record.ts';
import type { ServiceFunction } from '../service/service.ts';
import type { EditedFiles } from './add-function.ts';

/** Holds a service before an endpoint is removed from it. */
export interface ExistingService extends EditedFiles {
  /** The name of its Dart package. */
  readonly package: string;
  /** The functions in serverless.yml. */
  readonly functions: readonly NamedFunction[];
  /** All its Dart files by path. */
  readonly sources: ReadonlyMap<string, string>;
}

export type NamedFunction = Pick<ServiceFunction, 'key' | 'handler'>;

/**
 * Finds the functions in serverless.yml that an endpoint of that name was renamed to: those that
 * run its handler, if no function has the name any more.
 */
export function renamedTo(
  name: string,
  service: ExistingService,
  parser: DartParser,
): readonly string[] {
  const { functions } = service;
  if (functions.some(({ key }) => key === name)) return [];
  const find = recordFinder(service, readMainFile(parser, service.main), parser);
  return functions
    .filter((fn) => fn.handler === handlerFor(name) || find(fn) === name)
    .map(({ key }) => key);
}

/**
 * Makes a function that finds the key under which the files of an endpoint are recorded. It is the
 * key that add-endpoint was given, whatever was renamed since: the one in the handler's name, or
 * else that of the file which declares the registered function.
 */
export function recordFinder(
  service: ExistingService,
  main: MainFile,
  parser: DartParser,
): (fn: NamedFunction) => string | undefined {
  const record = readRecord(service.record).endpoints;
  const recorded = new Set([...record.values()].flatMap((files) => Object.keys(files)));
  const libraries = {
    package: service.package,
    sources: new Map([...service.sources].filter(([path]) => recorded.has(path))),
  };
  const imports = main.imports.filter(({ uri }) => {
    const path = resolveUri(uri, { from: MAIN_FILE, package: service.package });
    return path !== undefined && recorded.has(path);
  });
  const registrations = new Map(
    main.registrations.map((one) => [one.name, one] as const).reverse(),
  );
  return ({ key, handler }) => {
    if (record.has(keyOfHandler(handler))) return keyOfHandler(handler);
    const registration = registrations.get(handler);
    const declaring = registration && declaringFile(parser, imports, registration, libraries);
    const owner =
      declaring && [...record].find(([, files]) => Object.hasOwn(files, declaring.path));
    return owner?.[0] ?? (record.has(key) ? key : undefined);
  };
}
