import { InvalidValueError, UsageError } from '../errors.ts';
import { quoteWord } from '../util/shell-words.ts';

/**
 * An option of a command, declared once: how the command line reads it, its help, what a shell
 * completes, what is asked in a terminal, and the type of its value are all made of it.
 * Its name is its key in {@link Options}: `envFile` is typed `--env-file`.
 */
export interface Option<T = unknown> {
  readonly help: string;
  /** The letter of its short form: `y` for `-y`. */
  readonly short?: string;
  /** What its value is called in the help, `port` for `--port <port>`; absent where it takes none. */
  readonly value?: string;
  /** What holds where it is not given. */
  readonly default?: T;
  /** How the help describes a default that depends on something. */
  readonly defaultHelp?: string;
  /** The least and the most that a number may be. */
  readonly range?: readonly [least: number, most: number];
  readonly choices?: readonly Choice[];
  /** What a shell completes its value to; the choices, where there are some. */
  readonly completion?: Completion;
  /** Is on unless it is given: typed `--no-reload` where the name is `reload`. */
  readonly negated?: boolean;
  /** May be given several times; its value is the list. */
  readonly repeatable?: boolean;
  /** The negation is read too, for scripts of an older version, but neither shown nor completed. */
  readonly hiddenNegation?: boolean;
  /** What a terminal asks where it is not given. */
  readonly question?: string;
  /** A value that one may give, where there is no default to show one. */
  readonly suggestion?: string;
  /** The value of what was given: text from a command line, any value from a program. Throws {@link InvalidValueError}. */
  readonly parse: (given: unknown) => T;
}

/** The options of a command by their names in camel case. */
export type Options = Readonly<Record<string, Option>>;

/** A value that an option takes. */
export interface Choice<T extends string = string> {
  readonly value: T;
  /** As a terminal offers it; the value itself unless given. */
  readonly title?: string;
  /** What the help says of it, in brackets. */
  readonly help?: string;
}

/**
 * What a shell may complete: files, folders, a list, or the names of the
 * service's functions, of what add-endpoint has added, or of the fetched Dart SDKs.
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

/** Names of the options that have a value in any case: those with a default that nothing is asked for. */
type Certain<O> = {
  [K in keyof O]: O[K] extends { readonly default: NonNullable<unknown> }
    ? O[K] extends { readonly question: string }
      ? never
      : K
    : never;
}[keyof O];

/** The values of a command's options, as the command gets them. */
export type Flags<O> = { readonly [K in Certain<O>]: Value<O[K]> } & {
  readonly [K in Exclude<keyof O, Certain<O>>]?: Value<O[K]>;
};

/** What is given for options: texts by a command line, values by a program. */
export type Given<O> = { readonly [K in keyof O]?: Value<O[K]> | string | undefined };

/**
 * Reads what was given for a command's options, with the defaults of those for which
 * nothing was given and nothing will be asked.
 *
 * @param help what to try where a wrong value suggests no other
 * @throws UsageError naming the option and a value that it takes
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

/** Parses the value of a flag. Throws {@link UsageError}, which names the flag. */
export function parseAs<G, T>(flag: string, parse: (given: G) => T, given: G, help?: string): T {
  try {
    return parse(given);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    const { suggestion } = error;
    throw new UsageError(
      `${flag}: ${error.message}`,
      suggestion === undefined ? help : `${flag} ${quoteWord(suggestion)}`,
    );
  }
}

/** An option as one types it: `envFile` is `--env-file`. */
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
  /** What it counts, for the message of a wrong value. */
  readonly unit?: string;
}
interface ChoiceSpec extends ValueSpec {
  readonly choices: readonly [Choice, ...Choice[]];
  readonly default?: string;
}
interface TextSpec<T> extends ValueSpec {
  readonly choices?: readonly Choice[];
  readonly default?: string;
  /** Throws {@link InvalidValueError}. */
  readonly parse?: (text: string) => T;
}
type Parsed<S> = S extends { readonly parse: (text: string) => infer T } ? T : string;
type Rest<S> = Omit<S, 'parse'>;

/** Makes options. */
export const option = {
  /** Is on where it is given. */
  flag: <const S extends FlagSpec>(spec: S): S & Option<boolean> => ({
    ...spec,
    parse: parseFlag,
  }),

  /** Is on unless it is given, as `--no-...`. */
  negated: <const S extends FlagSpec>(spec: S): S & Option<boolean> & { default: true } => ({
    ...spec,
    negated: true,
    default: true,
    parse: parseFlag,
  }),

  /** Takes a text, of which `parse` makes the value. */
  text: <const S extends TextSpec<unknown>>(spec: S): Rest<S> & Option<Parsed<S>> =>
    ({
      ...spec,
      parse: (given: unknown) => {
        const text = asText(given);
        return (spec.parse ? spec.parse(text) : text) as Parsed<S>;
      },
    }) as unknown as Rest<S> & Option<Parsed<S>>,

  /** Takes texts, each time that it is given one. */
  texts: <const S extends ValueSpec>(spec: S): S & Option<readonly string[]> => ({
    ...spec,
    repeatable: true,
    parse: (given) => [given].flat().map(asText),
  }),

  /** Takes one of a few values. */
  choice: <const S extends ChoiceSpec>(spec: S): S & Option<S['choices'][number]['value']> => ({
    ...spec,
    parse: (given) => {
      const values = spec.choices.map(({ value }) => value);
      const text = asText(given);
      if (values.includes(text)) return text;
      const fallback = spec.default ?? spec.choices[0].value;
      throw new InvalidValueError(
        `${JSON.stringify(text)} is not one of ${values.join(', ')}.`,
        fallback,
      );
    },
  }),

  wholeNumber: <const S extends NumberSpec>(spec: S): S & Option<number> => {
    const [least, most] = spec.range;
    const unit = spec.unit ? ` (${spec.unit})` : '';
    return numberOption(spec, `a whole number from ${least} to ${most}${unit}`);
  },

  /** A port; `range` tells whether 0, any free one, is taken. */
  port: <const S extends NumberSpec>(spec: S): S & Option<number> => {
    const [least, most] = spec.range;
    return numberOption(spec, `a port, ${least} to ${most}`);
  },
};

function numberOption<const S extends NumberSpec>(spec: S, what: string): S & Option<number> {
  const [least, most] = spec.range;
  return {
    ...spec,
    parse: (given) => {
      const text = String(given);
      const value = Number(text);
      if (/^\d+$/.test(text) && value >= least && value <= most) return value;
      const near = Math.max(least, Math.min(most, Math.round(value) || (spec.default ?? least)));
      throw new InvalidValueError(
        `${JSON.stringify(text)} is not ${what}.`,
        spec.suggestion ?? String(near),
      );
    },
  };
}

function parseFlag(given: unknown): boolean {
  if (typeof given === 'boolean') return given;
  throw new InvalidValueError('it is neither true nor false.');
}

function asText(given: unknown): string {
  if (typeof given === 'string') return given;
  throw new InvalidValueError('it is not a text.');
}
