import { InvalidValueError } from '../../errors.ts';
import type { Sample } from '../../sample/sample.ts';
import type { TextHint, Value } from '../../sample/value.ts';
import type { ParameterType } from '../../service/endpoint/rules.ts';
import { inQuotes } from '../../util/text.ts';
import { dateFormat, isInt, numberKind } from '../model/literals.ts';
import type { Shape } from '../model/shape.ts';
import * as messages from './messages.ts';

/** Narrows a shape to those that a single text can have. */
export type Scalar = Exclude<Shape, { readonly kind: 'any' | 'enum' | 'list' | 'map' | 'object' }>;

/** Maps the types of parameters to shapes, each with a valid text. */
export const TYPES: Readonly<
  Record<ParameterType, { readonly shape: Scalar; readonly sample: string }>
> = {
  string: { shape: { kind: 'string' }, sample: 'text' },
  int: { shape: { kind: 'int' }, sample: '1' },
  double: { shape: { kind: 'double' }, sample: '1.5' },
  bool: { shape: { kind: 'bool' }, sample: 'true' },
  datetime: { shape: { kind: 'dateTime', format: 'seconds' }, sample: '2024-02-29T12:30:00Z' },
  date: { shape: { kind: 'dateTime', format: 'date' }, sample: '2024-02-29' },
  decimal: { shape: { kind: 'decimal' }, sample: '12.50' },
};

/** Describes a parameter. */
export interface ParameterField {
  readonly key: string;
  readonly shape: Scalar;
  readonly nullable: boolean;
  /** The only texts that are valid, if not all of the shape are. */
  readonly oneOf?: readonly string[];
  /** A valid value, as text. */
  readonly sample: string;
  /** Valid items, as texts, if it is a list. */
  readonly items?: readonly string[];
}

/**
 * Turns the fields of a sample into parameters of a query.
 *
 * @throws InvalidValueError if the sample is not an object, or a field is an object, or an array of
 *   other things than texts, numbers or booleans
 */
export function queryFields({ values }: Sample): readonly ParameterField[] {
  const [full] = values;
  if (full?.kind !== 'object') {
    throw new InvalidValueError(messages.queryIsNoObject(), 'limit:int?');
  }
  return [...full.members].map(([key, { value }]) => {
    const nullable = values.some((other) => {
      const found = other.kind === 'object' ? other.members.get(key) : undefined;
      return found === undefined || found.value.kind === 'null';
    });
    return { key, nullable, ...(value.kind === 'array' ? list(key, value) : scalar(key, [value])) };
  });
}

type Described = Omit<ParameterField, 'key' | 'nullable'>;

function list(key: string, { items }: Value & { kind: 'array' }): Described {
  if (items.length === 0) return { ...TYPES.string, items: [TYPES.string.sample] };
  const shape = scalar(key, items);
  const texts = items.map((item) => scalar(key, [item]).sample);
  // No item can be empty, or have the comma that ends it.
  const valid = texts.filter((text) => text !== '' && !text.includes(','));
  const given = valid.length > 0 ? valid : [TYPES.string.sample];
  return { ...shape, sample: given.join(','), items: given };
}

/** Describes the type that all the values share. */
function scalar(key: string, values: readonly Value[]): Described {
  const [first] = values;
  const refuse = (problem: typeof messages.objectInQuery): InvalidValueError =>
    new InvalidValueError(problem({ name: inQuotes(key) }), 'limit:int?,tags:string[]');
  if (values.some(({ kind }) => kind !== first?.kind)) throw refuse(messages.mixedInQuery);
  switch (first?.kind) {
    case 'boolean':
      return { shape: { kind: 'bool' }, sample: first.raw };
    case 'number': {
      const raws = values.flatMap((value) => (value.kind === 'number' ? value.raw : []));
      const kind = numberKind(raws) === 'int' ? 'int' : 'double';
      return { shape: { kind }, sample: asNumber(first.raw) };
    }
    case 'string': {
      const texts = values.flatMap((value) => (value.kind === 'string' ? value.text : []));
      return { ...textType(texts, first.hint), sample: first.text };
    }
    case 'null':
      return TYPES.string;
    case 'array':
      throw refuse(messages.mixedInQuery);
    default:
      throw refuse(messages.objectInQuery);
  }
}

function textType(
  texts: readonly string[],
  hint: TextHint | undefined,
): Pick<ParameterField, 'shape' | 'oneOf'> {
  if (hint === 'decimal') return { shape: { kind: 'decimal' } };
  if (hint !== undefined) return { shape: { kind: 'string' }, oneOf: hint.oneOf };
  const format = dateFormat(texts);
  return { shape: format === undefined ? { kind: 'string' } : { kind: 'dateTime', format } };
}

/** Writes a number as Dart, with `.0` where digits alone would be an int that is out of range. */
const asNumber = (raw: string): string => (isInt(raw) || /[.e]/i.test(raw) ? raw : `${raw}.0`);
