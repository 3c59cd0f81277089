import { declaringFile } from '../dart/main/declaring-file.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { MAIN_FILE, type MainFile, readMainFile } from '../dart/main/read.ts';
import { handlerFor, keyOfHandler } from '../service/endpoint/handler.ts';
import { readRecord } from '../service/record.ts';
import type { ServiceFunction } from '../service/service.ts';
import type { EditedFiles } from './add-endpoint.ts';

/** A service as it is before an endpoint is taken out. */
export interface ExistingService extends EditedFiles {
  /** Its Dart package. */
  readonly package: string;
  /** Of serverless.yml. */
  readonly functions: readonly NamedFunction[];
  /** Every Dart file of it by its path. */
  readonly sources: ReadonlyMap<string, string>;
}

export type NamedFunction = Pick<ServiceFunction, 'key' | 'handler'>;

/**
 * The functions that an endpoint of that name has become in serverless.yml: those that
 * run its handler, where no function has the name itself any more.
 */
export function renamedTo(
  name: string,
  service: ExistingService,
  parser: DartParser,
): readonly string[] {
  const { functions } = service;
  if (functions.some(({ key }) => key === name)) return [];
  const find = recordFinder(
    service,
    readMainFile(parser, service.main, { file: MAIN_FILE }),
    parser,
  );
  return functions
    .filter((fn) => fn.handler === handlerFor(name) || find(fn) === name)
    .map(({ key }) => key);
}

/**
 * Makes what finds the key under which the files of a function are recorded. That is
 * the key that add-endpoint was given, whatever has been renamed since: it stands in
 * the handler's name, else it is that of the file which declares what is registered.
 */
export function recordFinder(
  service: ExistingService,
  main: MainFile,
  parser: DartParser,
): (fn: NamedFunction) => string | undefined {
  const record = readRecord(service.record).endpoints;
  const recorded = new Set([...record.values()].flatMap((files) => Object.keys(files)));
  const libraries = {
    from: MAIN_FILE,
    package: service.package,
    sources: new Map([...service.sources].filter(([path]) => recorded.has(path))),
  };
  return ({ key, handler }) => {
    if (record.has(keyOfHandler(handler))) return keyOfHandler(handler);
    const registration = main.registrations.find(({ name }) => name === handler);
    const declaring = registration && declaringFile(parser, main, registration, libraries);
    const owner =
      declaring && [...record].find(([, files]) => Object.hasOwn(files, declaring.path));
    return owner?.[0] ?? (record.has(key) ? key : undefined);
  };
}
