import type { OptionSpec } from './option-specs.ts';

/** Returns the words that are neither options nor their values. */
export function positionals(words: readonly string[], options: readonly OptionSpec[]): string[] {
  const valued = new Set(options.filter(({ takesValue }) => takesValue).flatMap(flagsOf));
  return words.filter((word, index) => {
    return !word.startsWith('-') && !valued.has(words[index - 1] ?? '');
  });
}

/** Returns `-y` and `--yes` for `-y, --yes`, and `--port` for `--port <port>`. */
export const flagsOf = ({ flags }: OptionSpec): string[] =>
  flags.match(/(?<![\w-])--?[a-z][a-z-]*/g) ?? [];
