import { InvalidValueError } from '../../errors.ts';
import { inQuotes } from '../../util/text.ts';
import { isTypeName, upperCamel } from '../identifiers.ts';
import { isAType, notAModelName } from './messages.ts';

/**
 * Checks the name of a model's class and returns it.
 *
 * @param rest what the user has written behind it, for the suggestion
 * @throws InvalidValueError
 */
export function modelName(text: string, rest = ''): string {
  const name = inQuotes(text);
  if (!/^[A-Z][A-Za-z0-9]*$/.test(text)) {
    throw new InvalidValueError(notAModelName({ name }), `${upperCamel(text)}${rest}`);
  }
  if (isTypeName(text)) throw new InvalidValueError(isAType({ name }), `${text}Model${rest}`);
  return text;
}
