import type { Message } from '../message.ts';
import type { ParameterType } from '../service/endpoint/rules.ts';
import { inQuotes } from '../util/text.ts';
import * as messages from './messages.ts';
import type { Member, Value } from './value.ts';

/** The types of a field list, each with an example. */
const TYPES: Readonly<Record<ParameterType | 'any', Value>> = {
  string: { kind: 'string', raw: '"text"', text: 'text' },
  int: { kind: 'number', raw: '1' },
  double: { kind: 'number', raw: '1.5' },
  bool: { kind: 'boolean', raw: 'true' },
  datetime: { kind: 'string', raw: '"2024-02-29T12:30:00Z"', text: '2024-02-29T12:30:00Z' },
  date: { kind: 'string', raw: '"2024-02-29"', text: '2024-02-29' },
  any: { kind: 'null', raw: 'null' },
};
const NULL: Value = { kind: 'null', raw: 'null' };

/**
 * Parses `name:string,age:int?,tags:string[]`: `?` after the type allows null, `[]` makes a list.
 * The first value returned is an example with all fields; a second one shows which may be null.
 */
export function parseFieldList(
  text: string,
): { readonly values: readonly [Value, ...Value[]] } | { readonly problem: Message } {
  const full = new Map<string, Member>();
  const least = new Map<string, Member>();
  for (const [index, entry] of text.split(',').entries()) {
    const number = index + 1;
    const colon = entry.lastIndexOf(':');
    const name = entry.slice(0, Math.max(colon, 0)).trim();
    if (colon === -1 || name === '') {
      return { problem: messages.notAField({ number, text: inQuotes(entry.trim()) }) };
    }
    const [, typeName = '', list, nullable] =
      /^\s*(\w*)(\[\])?(\?)?\s*$/.exec(entry.slice(colon + 1)) ?? [];
    const type = new Map(Object.entries(TYPES)).get(typeName.toLowerCase());
    if (type === undefined) {
      const given = entry.slice(colon + 1).trim();
      const types = Object.keys(TYPES).join(', ');
      return {
        problem: messages.notAType({ number, name: inQuotes(name), type: inQuotes(given), types }),
      };
    }
    if (full.has(name)) return { problem: messages.fieldTwice({ number, name: inQuotes(name) }) };
    const raw = JSON.stringify(name);
    const value: Value = list === undefined ? type : { kind: 'array', items: [type] };
    full.set(name, { raw, value });
    least.set(name, { raw, value: nullable === undefined ? value : NULL });
  }
  const values: [Value, Value] = [
    { kind: 'object', members: full },
    { kind: 'object', members: least },
  ];
  return { values };
}
