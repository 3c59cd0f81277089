/**
 * A JSON value that keeps its source, so that numbers and strings are printed as they were
 * written.
 */
export type Value =
  | { readonly kind: 'null' | 'boolean' | 'number'; readonly raw: string }
  | {
      readonly kind: 'string';
      readonly raw: string;
      readonly text: string;
      /** What the text is besides text, where a field list says so. */
      readonly hint?: TextHint;
    }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | ObjectValue;

export interface ObjectValue {
  readonly kind: 'object';
  readonly members: ReadonlyMap<string, Member>;
  /** Whether its names are data, where a field list says so. */
  readonly isMap?: boolean;
  /** The model that it is an example of, if it was named. */
  readonly model?: NamedModel;
}

/** Names a class of a file in lib/models/. */
export interface NamedModel {
  readonly className: string;
  /** The file's name: `order.dart`. */
  readonly library: string;
  /** Whether the file has functions that decode and encode it as a text. */
  readonly hasFunctions: boolean;
  /** What its shape is recorded as; undefined where it is not known. */
  readonly key: string | undefined;
}

/** A decimal number, or one of these texts. */
export type TextHint = 'decimal' | { readonly oneOf: readonly string[] };

export interface Member {
  /** The name as it was written, with its quotes. */
  readonly raw: string;
  readonly value: Value;
}

export const NULL: Value = { kind: 'null', raw: 'null' };

export const textValue = (text: string): Value & { kind: 'string' } => ({
  kind: 'string',
  raw: JSON.stringify(text),
  text,
});

/** Formats a value as JSON, indented by two spaces, with each item on a line of its own. */
export function printValue(value: Value, indent = ''): string {
  const inner = `${indent}  `;
  if (value.kind === 'array')
    return block(
      '[',
      value.items.map((item) => printValue(item, inner)),
      ']',
      indent,
    );
  if (value.kind !== 'object') return value.raw;
  const members = [...value.members.values()].map(
    (member) => `${member.raw}: ${printValue(member.value, inner)}`,
  );
  return block('{', members, '}', indent);
}

const block = (open: string, parts: readonly string[], close: string, indent: string): string =>
  parts.length === 0
    ? `${open}${close}`
    : `${open}\n${indent}  ${parts.join(`,\n${indent}  `)}\n${indent}${close}`;

/** The columns of a line of Dart. */
const WIDTH = 80;

/**
 * Formats a value as the JSON of a sample, indented by two spaces. What fits on a line is on one; the
 * only item of a list begins on the line of that.
 *
 * @param taken the columns before and after it, besides the indentation
 */
export function printSample(value: Value, indent = '', taken = 0): string {
  const line = oneLine(value);
  if (indent.length + taken + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  if (value.kind === 'array') {
    const [only, ...others] = value.items;
    if (only && others.length === 0) return `[${printSample(only, indent, taken + 2)}]`;
    return block(
      '[',
      value.items.map((item) => printSample(item, inner, 1)),
      ']',
      indent,
    );
  }
  if (value.kind !== 'object') return line;
  const members = [...value.members.values()].map(
    (member) => `${member.raw}: ${printSample(member.value, inner, member.raw.length + 3)}`,
  );
  return block('{', members, '}', indent);
}

function oneLine(value: Value): string {
  if (value.kind === 'array') return `[${value.items.map(oneLine).join(', ')}]`;
  if (value.kind !== 'object') return value.raw;
  const members = [...value.members.values()].map(
    ({ raw, value: own }) => `${raw}: ${oneLine(own)}`,
  );
  return `{${members.join(', ')}}`;
}
