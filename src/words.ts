/** Words as they are typed into a POSIX shell. */
export function formatWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}

/** A word as a POSIX shell would have to be given it. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
