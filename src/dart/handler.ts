import type { CreateFile } from '../changes/change-set.ts';
import type { Sample } from '../sample/sample.ts';
import { handlerFor } from '../service/endpoint/handler.ts';
import { MODELS } from '../service/record.ts';
import { snakeCase } from './identifiers.ts';
import type { EventType, NewRegistration } from './main/edit.ts';
import type { KnownClass } from './model/known.ts';
import { type Model, type ModelOptions, planModel } from './model/model.ts';

/** Holds the Dart side of a function: of an endpoint, or of another source of events. */
export interface HandlerFiles {
  /** The models, the handler and its test. */
  readonly files: readonly CreateFile[];
  /** The classes that the models declare. */
  readonly classes: readonly KnownClass[];
  /** The paths of the models that are there and used. */
  readonly shared: readonly string[];
  /** Those of them that were chosen for their shape, and not named. */
  readonly chosen: readonly string[];
  readonly handlerPath: string;
  readonly registration: NewRegistration;
  /** The files of lib/runtime/ that the handler and the models import. */
  readonly runtimeFiles: readonly string[];
}

/** Describes what {@link handlerFiles} puts together. */
interface Parts {
  /** The function's key in serverless.yml. */
  readonly key: string;
  /** The registered function. */
  readonly handler: string;
  /** The service's Dart package. */
  readonly package: string;
  readonly models: readonly Model[];
  /** The content of the handler's file. */
  readonly code: string;
  /** The content of its test. */
  readonly test: string;
  /** What reads its event; a request of API Gateway where absent. */
  readonly event?: EventType;
  readonly runtimeFiles: readonly string[];
}

/** Gives a handler, its models and its test their paths. */
export function handlerFiles({ key, handler, models, event, ...parts }: Parts): HandlerFiles {
  const own = models.flatMap(({ file }) => file ?? []);
  const libraries = own.map(({ library }) => library);
  const others = (all: readonly string[]) =>
    [...new Set(all)]
      .filter((library) => !libraries.includes(library))
      .map((library) => `${MODELS}${library}`);
  const handlerPath = handlerFile(key);
  const files = [
    ...own.map(({ library, content }) => ({ path: `${MODELS}${library}`, content })),
    { path: handlerPath, content: parts.code },
    { path: testFile(key), content: parts.test },
  ];
  return {
    files: files.map((file) => ({ kind: 'create', ...file })),
    classes: models.flatMap(({ classes }) => classes),
    shared: others(models.flatMap(({ shared }) => shared)),
    chosen: others(models.flatMap(({ chosen }) => chosen)),
    handlerPath,
    registration: {
      name: handlerFor(key),
      handler,
      library: handlerPath.replace(/^lib\//, ''),
      package: parts.package,
      ...(event && { event }),
    },
    runtimeFiles: parts.runtimeFiles,
  };
}

/** Lists the files of lib/models/ that code which uses the models imports. */
export const importsOf = (models: readonly Model[]): readonly string[] =>
  [...new Set(models.flatMap(({ imports }) => imports))].sort();

export const handlerFile = (key: string): string => `lib/handlers/${snakeCase(key)}.dart`;
export const testFile = (key: string): string => `test/handlers/${snakeCase(key)}_test.dart`;

/** Plans the model of a sample: one for the service if it has a name, else one for the function. */
export const modelOf = (sample: Sample, options: ModelOptions): Promise<Model> =>
  planModel(sample, { ...options, ...named(sample.className) });

const named = (className: string | undefined): Partial<ModelOptions> =>
  className === undefined
    ? {}
    : { className, prefix: className, description: '', openEnums: false };
