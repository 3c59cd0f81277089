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

/** The columns of a line of Dart. */
const WIDTH = 80;

/**
 * Formats a value as JSON, indented by two spaces. What fits on a line is on one.
 *
 * @param taken the columns before and after it, besides the indentation
 */
export function printValue(value: Value, indent = '', taken = 0): string {
  const line = oneLine(value);
  if (indent.length + taken + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  if (value.kind === 'array') {
    const items = value.items.map((item) => printValue(item, inner, 1));
    return `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
  }
  if (value.kind === 'object') {
    const members = [...value.members.values()].map(
      (member) => `${member.raw}: ${printValue(member.value, inner, member.raw.length + 3)}`,
    );
    return `{\n${inner}${members.join(`,\n${inner}`)}\n${indent}}`;
  }
  return line;
}

function oneLine(value: Value): string {
  if (value.kind === 'array') return `[${value.items.map(oneLine).join(', ')}]`;
  if (value.kind !== 'object') return value.raw;
  const members = [...value.members.values()].map(
    ({ raw, value: own }) => `${raw}: ${oneLine(own)}`,
  );
  return `{${members.join(', ')}}`;
}
