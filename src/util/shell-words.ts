/** Formats words for a POSIX shell. */
export function formatWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** Quotes a word for a POSIX shell where it needs quotes. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Formats a number of bytes: `98 kB`, `210 MB`, `1.3 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}

/** Lists names for a sentence: `a`, `a and b`, `a and 2 others`. */
export function formatNames([first = '', ...others]: readonly string[]): string {
  if (others.length > 1) return `${first} and ${others.length} others`;
  return [first, ...others].join(' and ');
}
