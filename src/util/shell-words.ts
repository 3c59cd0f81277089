/** Words as they are typed into a POSIX shell. */
export function formatWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** A word as a POSIX shell would have to be given it. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** An amount of bytes as a person says it: `98 kB`, `210 MB`, `1.3 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.ceil(bytes / 1e3)} kB`;
}

/** Names as a sentence has them: `a`, `a and b`, `a and 2 others`. */
export function formatNames([first = '', ...others]: readonly string[]): string {
  if (others.length > 1) return `${first} and ${others.length} others`;
  return [first, ...others].join(' and ');
}
