import { libraryOf } from './imports.ts';
import { type Import, importsIn } from './read.ts';

/** The runtime of a service, below lib/. */
export const RUNTIME = 'runtime/runtime.dart';

/** A package that a library takes its `Runtime` from. */
export interface RuntimePackage {
  /** `aws_lambda_dart_runtime`. */
  readonly name: string;
  /** Of its import, from 1. */
  readonly line: number;
}

/**
 * The package that a library takes its `Runtime` from, in place of the service's own lib/runtime/:
 * aws_lambda_dart_runtime, or a copy of it by another name.
 */
export function runtimePackage(
  imports: readonly Import[],
  packageName: string,
): RuntimePackage | undefined {
  if (imports.some(({ uri }) => libraryOf(uri, packageName) === RUNTIME)) return undefined;
  return imports.flatMap(({ uri, line }) => {
    const name = /^package:([^/]+)\//.exec(uri)?.[1] ?? '';
    const isRuntime = name !== packageName && /lambda/.test(name) && /runtime/.test(name);
    return isRuntime ? [{ name, line }] : [];
  })[0];
}

/**
 * The same for the text of a library.
 *
 * @param packageName of the service's own package, asked for only where it matters
 */
export async function runtimePackageOf(
  text: string,
  packageName: () => string | Promise<string>,
): Promise<RuntimePackage | undefined> {
  // Loading the parser takes longer than all else that dev does before it serves.
  if (!/package:\w*lambda/.test(text)) return undefined;
  const { loadDartParser } = await import('./parser.ts');
  return runtimePackage(importsIn(await loadDartParser(), text), await packageName());
}

/** What is different about a service with such a package. */
export const runtimePackageMessage = ({ name }: RuntimePackage): string =>
  `the Runtime is that of package:${name}, not that of lib/runtime/.`;

/** The same with its place. */
export const foreignRuntime = (path: string, found: RuntimePackage): string =>
  `${path}:${found.line}: ${runtimePackageMessage(found)}`;

/** What to do about it. */
export const MIGRATE =
  'docs/migrating.md of create-lambda-hello tells what differs, and how to change over';
