import { parse } from 'yaml';
import { messageOf, UserError } from '../errors.ts';
import { at, quoted } from '../message.ts';
import { asText, recordOf } from '../util/json.ts';
import { namelessPackage } from './messages.ts';

/**
 * Reads the name of the package from a pubspec.yaml, by which its own libraries are imported.
 *
 * @throws UserError when the file is broken or has no name
 */
export function pubspecName(text: string): string {
  const name = asText(readMap(text).name);
  if (name !== undefined) return name;
  throw new UserError(at('pubspec.yaml', namelessPackage()), 'name: hello');
}

/**
 * Reads the version of the package from a pubspec.yaml, if it has one.
 *
 * @throws UserError when the file is broken
 */
export function pubspecVersion(text: string): string | undefined {
  return asText(readMap(text).version);
}

function readMap(text: string): Record<string, unknown> {
  try {
    return recordOf(parse(text));
  } catch (error) {
    const [reason = ''] = messageOf(error).split('\n', 1);
    throw new UserError(at('pubspec.yaml', quoted(reason)), 'correct that line');
  }
}
