/** Dart's reserved words, which no identifier may be (https://dart.dev/language/keywords). */
export const DART_RESERVED = words(`
  assert break case catch class const continue default do else enum extends false final finally
  for if in is new null rethrow return super switch this throw true try var void while with
`);

/** Dart's other keywords, which may be identifiers in some places. */
export const DART_BUILT_IN = words(`
  abstract as async await covariant deferred dynamic export extension external factory Function get
  implements import interface late library mixin operator part required set static sync typedef
  yield
`);

/** The names of devices on Windows, which no file may have, with any extension. */
export const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Splits a text at whitespace. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
