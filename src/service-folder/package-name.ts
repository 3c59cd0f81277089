import { readText } from '../changes/text-file.ts';
import { UserError } from '../errors.ts';
import { pubspecName, pubspecVersion } from '../service/pubspec.ts';

/**
 * Reads the name of a service's package, by which its own libraries are imported.
 *
 * @throws UserError when pubspec.yaml is missing, broken or has no name
 */
export async function requirePackageName(root: string): Promise<string> {
  return pubspecName((await readText(root, 'pubspec.yaml')) ?? '');
}

/**
 * Reads the name of a service's package, or returns '' if pubspec.yaml has none. Use it for
 * display only: a broken file is left to `dart pub get` to report.
 */
export async function packageNameIn(root: string): Promise<string> {
  const text = await readText(root, 'pubspec.yaml');
  try {
    return pubspecName(text ?? '');
  } catch (error) {
    if (error instanceof UserError) return '';
    throw error;
  }
}

/**
 * Reads the version of a service's package; undefined where it has none.
 *
 * @throws UserError when pubspec.yaml is broken
 */
export async function packageVersionIn(root: string): Promise<string | undefined> {
  return pubspecVersion((await readText(root, 'pubspec.yaml')) ?? '');
}
