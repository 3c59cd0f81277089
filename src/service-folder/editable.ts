import { readText } from '../changes/text-file.ts';
import { UserError } from '../errors.ts';
import { pubspecName } from '../service/pubspec.ts';
import { RECORD_FILE } from '../service/record.ts';
import { readServiceFolder, type ServiceFolder } from './folder.ts';
import { missing } from './messages.ts';

/** Holds the parts of a service that `add-endpoint` and `remove-endpoint` edit. */
export interface EditableService extends ServiceFolder {
  /** The name of its Dart package. */
  readonly package: string;
  /** The text of lib/main.dart. */
  readonly main: string;
  /** The text of the record, if there is one. */
  readonly record: string | undefined;
}

/**
 * Reads the service that contains the folder.
 *
 * @throws UserError when there is none, or when one of its files is missing or cannot be edited
 */
export async function readEditableService(cwd: string): Promise<EditableService> {
  const { root, file } = await readServiceFolder(cwd);
  const [serverlessYml, main, pubspec, record] = await Promise.all([
    requireText(root, file),
    requireText(root, 'lib/main.dart'),
    requireText(root, 'pubspec.yaml'),
    readText(root, RECORD_FILE),
  ]);
  return { root, file, package: pubspecName(pubspec), serverlessYml, main, record };
}

async function requireText(root: string, path: string): Promise<string> {
  const text = await readText(root, path);
  if (text !== undefined) return text;
  throw new UserError(
    missing({ path, folder: root }),
    'go to the folder of the service, or create one with  create-lambda-hello hello',
  );
}

/** Reads those of the files that exist, and returns their texts by path. */
export async function readTexts(
  root: string,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const texts = await Promise.all(
    paths.map(async (path) => [path, await readText(root, path)] as const),
  );
  return new Map(texts.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
