import type { CreateFile } from '../changes/change-set.ts';
import type { NewRegistration } from './main/edit.ts';
import type { KnownClass } from './model/known.ts';

/** Holds the Dart side of a function. */
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

/** Returns the path of a handler, for the name of its file without an extension. */
export const handlerFile = (name: string): string => `lib/handlers/${name}.dart`;

/** Returns the path of the test of a handler. */
export const handlerTest = (name: string): string => `test/handlers/${name}_test.dart`;
