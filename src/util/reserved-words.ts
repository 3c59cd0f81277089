/** Dart's reserved words (https://dart.dev/language/keywords), which can be no name anywhere. */
export const DART_RESERVED = words(`
  assert break case catch class const continue default do else enum extends false final finally
  for if in is new null rethrow return super switch this throw true try var void while with
`);

/** Dart's other keywords: names in some places only. */
export const DART_BUILT_IN = words(`
  abstract as async await covariant deferred dynamic export extension external factory Function get
  implements import interface late library mixin operator part required set static sync typedef
  yield
`);

/** Names that Windows keeps for devices, with any extension: no file or folder can be called so. */
export const WINDOWS_DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** The words of a text. */
export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
