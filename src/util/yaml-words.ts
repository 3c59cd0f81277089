/** Words that YAML 1.1 or 1.2 reads as null or as a boolean. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** Tells whether some version of YAML reads the unquoted word as null or as a boolean. */
export function isYamlWord(word: string): boolean {
  return WORDS.test(word);
}

/**
 * Tells whether a text needs quotes to be a string in every version of YAML. Meant for names,
 * methods and paths: texts without line breaks and without spaces at their ends.
 */
export function needsQuotes(text: string): boolean {
  // Numbers, dates, times and the syntax of YAML all begin with another character, except for what
  // a parser of YAML 1.1 takes for a number without digits in front of its exponent.
  return (
    isYamlWord(text) ||
    /^e[-+]?\d+$/i.test(text) ||
    !/^[a-z/_$]/i.test(text) ||
    /:$|:\s|\s#/.test(text)
  );
}
