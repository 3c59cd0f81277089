/** What a place in JSON can hold, as a Dart type knows it. */
export type Shape =
  | { readonly kind: 'string' | 'int' | 'double' | 'num' | 'bool' }
  /** A text that is a date, always written in the same way. */
  | { readonly kind: 'dateTime'; readonly format: DateFormat }
  /** Values of different types, or null alone: `Object?`. */
  | { readonly kind: 'any' }
  /** An object of which no field is known: `Map<String, dynamic>`. */
  | { readonly kind: 'map' }
  | ListShape
  | ObjectShape;

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
  /** Whether an item may be null. */
  readonly nullable: boolean;
}

export interface ObjectShape {
  readonly kind: 'object';
  readonly className: string;
  /** At least one. */
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
  /** Whether the field was null somewhere. */
  readonly nullable: boolean;
  /** Whether the field was missing somewhere. */
  readonly optional: boolean;
  /** Of a field that was both: the name of the field that tells whether it is there. */
  readonly presence: string | undefined;
}
