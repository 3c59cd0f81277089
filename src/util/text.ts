/** The text with a capital at its beginning. */
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The text without what marks its letters: `e` for `é`. */
export const withoutMarks = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}+/gu, '');

/** The text with a full stop at its end, if it has none. */
export const withFullStop = (text: string): string => text.replace(/\.?$/, '.');

/** The text in double quotes, on one line, and with its control characters escaped. */
export const inQuotes = (text: string): string =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A pattern of that text and nothing else. */
export const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
