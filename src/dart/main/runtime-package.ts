import { at, type Message } from '../../message.ts';
import { libraryOf } from './imports.ts';
import { otherRuntime } from './messages.ts';
import { type Import, importsIn } from './read.ts';

/** Names the library of the service's own runtime, relative to lib/. */
export const RUNTIME = 'runtime/runtime.dart';

/** Names the one that has the names of the package aws_lambda_dart_runtime too, and all events. */
const COMPATIBLE = 'runtime/aws_lambda_dart_runtime.dart';

/**
 * Returns whether an import of lib/main.dart has what a library of the service's own runtime declares.
 *
 * @param library relative to lib/: {@link RUNTIME}, or a file of the event library
 */
export const provides = ({ uri }: Import, library: string, packageName: string): boolean =>
  [library, COMPATIBLE].includes(libraryOf(uri, packageName));

/** Names a package from which a library imports `Runtime`. */
export interface RuntimePackage {
  /** `aws_lambda_dart_runtime`. */
  readonly name: string;
  /** The line of its import, from 1. */
  readonly line: number;
}

/**
 * Finds the package from which a library imports `Runtime` instead of the service's own
 * lib/runtime/: aws_lambda_dart_runtime, or a copy of it under another name.
 */
export function runtimePackage(
  imports: readonly Import[],
  packageName: string,
): RuntimePackage | undefined {
  if (imports.some((one) => provides(one, RUNTIME, packageName))) return undefined;
  return imports.flatMap(({ uri, line }) => {
    const name = /^package:([^/]+)\//.exec(uri)?.[1] ?? '';
    const isRuntime = name !== packageName && /lambda/.test(name) && /runtime/.test(name);
    return isRuntime ? [{ name, line }] : [];
  })[0];
}

/**
 * Does the same for the text of a library.
 *
 * @param packageName returns the name of the service's own package; called only if needed
 */
export async function runtimePackageOf(
  text: string,
  packageName: () => string | Promise<string>,
): Promise<RuntimePackage | undefined> {
  // Loading the parser takes longer than all else that `dev` does before it serves.
  if (!/package:\w*lambda/.test(text)) return undefined;
  const { loadDartParser } = await import('./parser.ts');
  return runtimePackage(importsIn(await loadDartParser(), text), await packageName());
}

/** Says which package the `Runtime` is from, with the place. */
export const foreignRuntime = (path: string, found: RuntimePackage): Message =>
  at(`${path}:${found.line}`, otherRuntime({ package: found.name }));

/** Says what to do in the place of a command that writes handlers. */
export const BY_HAND =
  'write the handler by hand, or change over: docs/migrating.md of create-lambda-hello shows both';

/** Says what to do about it. */
export const MIGRATE =
  'read docs/migrating.md of create-lambda-hello: what differs, and how to change over';
