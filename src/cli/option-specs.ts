import {
  type Choice,
  type Completion,
  flagOf,
  type Option,
  type Options,
} from '../options/option.ts';

/** Describes an option for the help, the shells' completion and docs/commands.md. */
export interface OptionSpec {
  /** In commander's syntax: `-y, --yes`, `--port <port>`, `--no-git`. */
  readonly flags: string;
  readonly description: string;
  readonly completion?: Completion | undefined;
  readonly takesValue: boolean;
  /** Whether it may be given several times; its values become a list. */
  readonly repeatable: boolean;
  /** Accepted for scripts that use it, but neither shown nor completed. */
  readonly hidden: boolean;
}

/** Returns the visible form of a command's options, in order. */
export function optionSpecs(options: Options): readonly OptionSpec[] {
  return Object.entries(options).flatMap(([name, option]) => {
    const spec = specOf(name, option);
    const negated = { ...spec, flags: negation(name), takesValue: false };
    if (option.negation !== undefined) {
      return [spec, { ...negated, description: option.negation, completion: undefined }];
    }
    return option.hiddenNegation ? [spec, { ...negated, description: '', hidden: true }] : [spec];
  });
}

function specOf(name: string, option: Option): OptionSpec {
  const { short, value, negated, repeatable = false, choices } = option;
  const flag = negated ? negation(name) : flagOf(name);
  return {
    flags: `${short ? `-${short}, ` : ''}${flag}${value ? ` <${value}>` : ''}`,
    description: describe(option),
    completion: option.completion ?? (choices && (async () => choices.map((one) => one.value))),
    takesValue: value !== undefined,
    repeatable,
    hidden: false,
  };
}

const negation = (name: string): string => flagOf(name).replace('--', '--no-');

/** Says what the option does, what values it accepts, and its default. */
function describe({ help, choices, range, repeatable, negated, ...option }: Option): string {
  const fallback = option.defaultHelp ?? (negated ? undefined : option.default);
  return [
    help,
    choices ? `: ${listed(choices)}` : '',
    range ? `, ${range[0]} to ${range[1]}` : '',
    repeatable ? '; may be given more than once' : '',
    fallback === undefined ? '' : `  (default: ${fallback})`,
  ].join('');
}

/** Formats choices: `a (what it is), b or c`. */
function listed(choices: readonly Choice[]): string {
  const words = choices.map(({ value, help }) => (help ? `${value} (${help})` : value));
  return [words.slice(0, -1).join(', '), words.at(-1)].filter(Boolean).join(' or ');
}

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
