import { InvalidValueError, UsageError } from '../errors.ts';
import { at, type Message } from '../message.ts';
import { notOneOf } from '../util/messages.ts';
import { quoteWord } from '../util/shell-words.ts';
import { inQuotes } from '../util/text.ts';
import * as messages from './messages.ts';

/**
 * Declares an option of a command. The command line, its help, completion, the questions in a
 * terminal, and the type of the value derive from it. Its key in {@link Options} is its name:
 * `envFile` is typed `--env-file`.
 */
export interface Option<T = unknown> {
  readonly help: string;
  /** The letter of its short form: `y` for `-y`. */
  readonly short?: string;
  /** Names its value in the help, `port` for `--port <port>`; absent if it takes none. */
  readonly value?: string;
  /** The value if the option is not given. */
  readonly default?: T;
  /** Describes a default that depends on something. */
  readonly defaultHelp?: string;
  /** The minimum and the maximum of a number. */
  readonly range?: readonly [least: number, most: number];
  readonly choices?: readonly Choice[];
  /** Says how a shell completes the value; by default with the choices, if there are any. */
  readonly completion?: Completion;
  /** Is on by default: typed `--no-reload` if its name is `reload`. */
  readonly negated?: boolean;
  /** May be given several times; its value is a list. */
  readonly repeatable?: boolean;
  /**
   * Also accepts the negation, for scripts written for an older version, but neither shows nor
   * completes it.
   */
  readonly hiddenNegation?: boolean;
  /** Explains `--no-...`, which stands for 0. */
  readonly negation?: string;
  /** The question in a terminal if the option is not given. */
  readonly question?: string;
  /** An example of a value, if there is no default to show. */
  readonly suggestion?: string;
  /**
   * Parses what was given: a string from the command line, any value from a program.
   *
   * @throws InvalidValueError
   */
  readonly parse: (given: unknown) => T;
}

/** Maps the names of a command's options, in camel case, to the options. */
export type Options = Readonly<Record<string, Option>>;

/** Describes a value that an option accepts. */
export interface Choice<T extends string = string> {
  readonly value: T;
  /** The title in a terminal's question; the value itself by default. */
  readonly title?: string;
  /** Explains the value in the help, in brackets. */
  readonly help?: string;
}

/**
 * Says what a shell completes: files, folders, a list, or the names of the service's functions, of
 * the endpoints that add-endpoint added, or of the fetched Dart SDKs.
 */
export type Completion =
  | 'file'
  | 'directory'
  | 'function'
  | 'endpoint'
  | 'sdk'
  | (() => Promise<readonly string[]>);

/** The type of an option's value. */
export type Value<O> = O extends { readonly parse: (given: never) => infer T } ? T : never;

/** Names the options that always have a value: those with a default and no question. */
type Certain<O> = {
  [K in keyof O]: O[K] extends { readonly default: NonNullable<unknown> }
    ? O[K] extends { readonly question: string }
      ? never
      : K
    : never;
}[keyof O];

/** The values of a command's options. */
export type Flags<O> = { readonly [K in Certain<O>]: Value<O[K]> } & {
  readonly [K in Exclude<keyof O, Certain<O>>]?: Value<O[K]>;
};

/** The unparsed values of options: strings from a command line, or values from a program. */
export type Given<O> = { readonly [K in keyof O]?: Value<O[K]> | string | undefined };

/**
 * Parses what was given for a command's options, and adds the defaults of those without a
 * question.
 *
 * @param help what to try if an invalid value has no better suggestion
 * @throws UsageError naming the option and a valid value
 */
export function readFlags<O extends Options>(options: O, given: Given<O>, help?: string): Flags<O> {
  const flags: Record<string, unknown> = {};
  for (const [name, option] of Object.entries<Option>(options)) {
    const value = given[name];
    if (value !== undefined) flags[name] = parseAs(flagOf(name), option.parse, value, help);
    else if (option.default !== undefined && option.question === undefined) {
      flags[name] = option.default;
    }
  }
  return flags as Flags<O>;
}

/**
 * Parses the value of a flag.
 *
 * @throws UsageError naming the flag
 */
export function parseAs<G, T>(flag: string, parse: (given: G) => T, given: G, help?: string): T {
  try {
    return parse(given);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    const { suggestion } = error;
    throw new UsageError(
      at(flag, error.message),
      suggestion === undefined ? help : `${flag} ${quoteWord(suggestion)}`,
    );
  }
}

/** Returns the flag as it is typed: `--env-file` for `envFile`. */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

type FlagSpec = Pick<Option, 'help' | 'short' | 'hiddenNegation'>;
type ValueSpec = Pick<Option, 'help' | 'completion' | 'defaultHelp' | 'question' | 'suggestion'> & {
  readonly value: string;
};
interface NumberSpec extends ValueSpec {
  readonly range: readonly [least: number, most: number];
  readonly default?: number;
  /** The unit that a message names for an invalid value. */
  readonly unit?: string;
  readonly negation?: string;
}
interface ChoiceSpec extends ValueSpec {
  readonly choices: readonly [Choice, ...Choice[]];
  readonly default?: string;
}
interface TextSpec<T> extends ValueSpec {
  readonly choices?: readonly Choice[];
  readonly default?: string;
  /**
   * Parses the value.
   *
   * @throws InvalidValueError
   */
  readonly parse?: (text: string) => T;
}
type Parsed<S> = S extends { readonly parse: (text: string) => infer T } ? T : string;
type Rest<S> = Omit<S, 'parse'>;

/** Makes options. */
export const option = {
  /** Makes an option that is on if it is given. */
  flag: <const S extends FlagSpec>(spec: S): S & Option<boolean> => ({
    ...spec,
    parse: parseFlag,
  }),

  /** Makes an option that is on unless it is given, as `--no-...`. */
  negated: <const S extends FlagSpec>(spec: S): S & Option<boolean> & { default: true } => ({
    ...spec,
    negated: true,
    default: true,
    parse: parseFlag,
  }),

  /** Makes an option with a string as its value, or what `parse` makes of it. */
  text: <const S extends TextSpec<unknown>>(spec: S): Rest<S> & Option<Parsed<S>> =>
    ({
      ...spec,
      parse: (given: unknown) => {
        const text = asText(given);
        return (spec.parse ? spec.parse(text) : text) as Parsed<S>;
      },
    }) as unknown as Rest<S> & Option<Parsed<S>>,

  /** Makes an option that may be repeated, with a list of strings as its value. */
  texts: <const S extends ValueSpec>(spec: S): S & Option<readonly string[]> => ({
    ...spec,
    repeatable: true,
    parse: (given) => [given].flat().map(asText),
  }),

  /** Makes an option with one of a few values. */
  choice: <const S extends ChoiceSpec>(spec: S): S & Option<S['choices'][number]['value']> => ({
    ...spec,
    parse: (given) => {
      const values = spec.choices.map(({ value }) => value);
      const text = asText(given);
      if (values.includes(text)) return text;
      const fallback = spec.default ?? spec.choices[0].value;
      throw new InvalidValueError(
        notOneOf({ value: inQuotes(text), values: values.join(', ') }),
        fallback,
      );
    },
  }),

  wholeNumber: <const S extends NumberSpec>(spec: S): S & Option<number> => {
    const [least, most] = spec.range;
    const { unit } = spec;
    return numberOption(spec, (value) =>
      unit === undefined
        ? messages.notAWholeNumber({ value, least, most })
        : messages.notAnAmount({ value, least, most, unit }),
    );
  },

  /**
   * Makes an option with a port as its value; `range` decides whether it may be 0, for any free
   * port.
   */
  port: <const S extends NumberSpec>(spec: S): S & Option<number> => {
    const [least, most] = spec.range;
    return numberOption(spec, (value) => messages.notAPort({ value, least, most }));
  },
};

function numberOption<const S extends NumberSpec>(
  spec: S,
  problem: (value: string) => Message,
): S & Option<number> {
  const [least, most] = spec.range;
  return {
    ...spec,
    parse: (given) => {
      const text = String(given === false && spec.negation !== undefined ? 0 : given);
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= least && value <= most) return value;
      const near = Math.max(least, Math.min(most, Math.round(value) || (spec.default ?? least)));
      throw new InvalidValueError(problem(inQuotes(text)), spec.suggestion ?? String(near));
    },
  };
}

function parseFlag(given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  throw new InvalidValueError(messages.notAFlag());
}

function asText(given: unknown): string {
  if (typeof given === 'string') return given;
  throw new InvalidValueError(messages.notAString());
}
