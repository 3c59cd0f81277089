/** Words that YAML 1.1 or 1.2 reads as null or as a boolean. */
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** Whether YAML, in one version or another, reads the unquoted word as a value that is no text. */
export function isYamlWord(word: string): boolean {
  return WORDS.test(word);
}

/**
 * Whether a text must have quotes to be one in every version of YAML. Meant for
 * names, methods and paths: texts without spaces at their ends and line breaks.
 */
export function needsQuotes(text: string): boolean {
  // Numbers, dates and times begin with such a character, and so does what YAML has a meaning for.
  return isYamlWord(text) || !/^[a-z/_$]/i.test(text) || /:$|:\s|\s#/.test(text);
}
