import { readText } from '../changes/text-file.ts';
import { UserError } from '../errors.ts';
import { pubspecName } from '../service/pubspec.ts';

/**
 * The name of a service's package; '' where pubspec.yaml tells none. For what is shown only: that
 * the file is broken, `dart pub get` says.
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
