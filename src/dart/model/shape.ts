/** Describes the values at one place in JSON, as far as a Dart type can. */
export type Shape =
  | { readonly kind: 'string' | 'int' | 'double' | 'num' | 'bool' }
  /** A string that is a date, always in the same format. */
  | { readonly kind: 'dateTime'; readonly format: DateFormat }
  /** Values of different types, or only null: `Object?`. */
  | { readonly kind: 'any' }
  /** A string that is a decimal number. */
  | { readonly kind: 'decimal' }
  | EnumShape
  | MapShape
  | ListShape
  | ObjectShape;

/** A string that is one of some values. */
export interface EnumShape {
  readonly kind: 'enum';
  readonly className: string;
  /** The file of lib/models/ that declares the type; undefined for a new one. */
  readonly library?: string | undefined;
  /** Never empty. */
  readonly values: readonly { readonly name: string; readonly text: string }[];
  /** Whether another text is kept as it is, not refused. */
  readonly open: boolean;
}

/** An object whose names are data, or of which no field is known. */
export interface MapShape {
  readonly kind: 'map';
  readonly value: Shape;
  /** Whether a value may be null. */
  readonly nullable: boolean;
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  /** Whether an item may be null. */
  readonly nullable: boolean;
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly className: string;
  /** The file of lib/models/ that declares the class; undefined for a new class. */
  readonly library?: string | undefined;
  /** Whether that file has functions that decode and encode it as a text. */
  readonly hasFunctions?: boolean;
  /** Stands for its fields where the class is named rather than described. */
  readonly key?: string | undefined;
  /** Never empty, except where the class is named rather than described. */
  readonly fields: readonly Field[];
}

/** `2024-02-29`, `2024-02-29T12:30:00Z` or `2024-02-29T12:30:00.000Z`. */
export type DateFormat = 'date' | 'seconds' | 'milliseconds';

export interface Field {
  /** The name in JSON. */
  readonly jsonName: string;
  /** The name in Dart. */
  readonly name: string;
  readonly shape: Shape;
  /** Whether a sample has null there. */
  readonly nullable: boolean;
  /** Whether a sample lacks the field. */
  readonly optional: boolean;
  /** Whether its type is `Optional<...>`, which tells missing from null. */
  readonly wrapped: boolean;
}
