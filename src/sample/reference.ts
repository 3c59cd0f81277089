import { InvalidValueError } from '../errors.ts';
import type { Message } from '../message.ts';
import { inQuotes } from '../util/text.ts';
import * as messages from './messages.ts';
import { type NamedModel, NULL, type ObjectValue, type Value } from './value.ts';

/** An example of a model, with the name of that. */
export type NamedObject = ObjectValue & {
  readonly model: NamedModel;
  /** Examples that show all of its fields, also where they are null, without the name. */
  readonly described: readonly [ObjectValue, ...ObjectValue[]];
};

/** Finds an example of a model by the name of its class; undefined if there is none. */
export type FindModel = (className: string) => NamedObject | undefined;

/** The name of a class. */
const NAME = '[A-Z][A-Za-z0-9_]*';

export const isClassName = (text: string): boolean => new RegExp(`^${NAME}$`).test(text);

/**
 * Returns the class that a sample is to be, and the sample itself: `Order={"id": 7}`.
 *
 * @throws InvalidValueError for a list of a new class
 */
export function splitName(text: string): { readonly className?: string; readonly rest: string } {
  const match = new RegExp(`^\\s*(${NAME})\\s*(\\[\\])?\\s*=([\\s\\S]*)$`).exec(text);
  if (match === null) return { rest: text };
  const [, className = '', list, rest = ''] = match;
  if (list === undefined) return { className, rest };
  throw new InvalidValueError(messages.listForModel({ name: className }), `${className}={"id": 7}`);
}

/**
 * Reads `Order`, `Order[]` or `Order?`: examples of a model that is there. Returns undefined for a
 * text of another form.
 */
export function parseReference(
  text: string,
  find: FindModel,
): { readonly values: readonly [Value, ...Value[]] } | { readonly problem: Message } | undefined {
  const match = new RegExp(`^\\s*(${NAME})(\\[\\])?(\\?)?\\s*$`).exec(text);
  if (match === null) return undefined;
  const [, className = '', list, nullable] = match;
  const example = find(className);
  if (example === undefined)
    return { problem: messages.noSuchModel({ name: inQuotes(className) }) };
  const value: Value = list === undefined ? example : { kind: 'array', items: [example] };
  return { values: nullable === undefined ? [value] : [value, NULL] };
}
