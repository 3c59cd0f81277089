/** The text with a capital at its beginning. */
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The text without what marks its letters: `e` for `é`. */
export const withoutMarks = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}+/gu, '');

/** A pattern of that text and nothing else. */
export const escapePattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
