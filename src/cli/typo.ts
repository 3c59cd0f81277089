/**
 * Returns the only name that is a single typo away from the word. A different digit is not a typo:
 * `test2` is a name of its own.
 */
export function meantName(word: string, names: readonly string[]): string | undefined {
  return names.find((name) => isOneSlip(word.toLowerCase(), name));
}

/**
 * Returns whether inserting, deleting, replacing or swapping one letter or hyphen makes the two
 * equal.
 */
function isOneSlip(word: string, name: string): boolean {
  let start = 0;
  while (start < word.length && word[start] === name[start]) start++;
  let end = 0;
  const most = Math.min(word.length, name.length) - start;
  while (end < most && word.at(-1 - end) === name.at(-1 - end)) end++;
  const typed = word.slice(start, word.length - end);
  const right = name.slice(start, name.length - end);
  if (start === 0 || !/^[a-z-]*$/.test(typed)) return false;
  const swapped = typed.length === 2 && typed[1] === right[0] && typed[0] === right[1];
  return swapped ? right.length === 2 : typed.length <= 1 && right.length <= 1;
}
