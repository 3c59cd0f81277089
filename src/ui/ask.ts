import { CancelledError, InvalidValueError, UsageError } from '../errors.ts';
import { andTry, type Message } from '../message.ts';
import {
  type Choice,
  type Flags,
  flagOf,
  type Option,
  type Options,
  parseAs,
  type Value,
} from '../options/option.ts';
import { cancelled } from '../util/messages.ts';
import { quoteWord } from '../util/shell-words.ts';
import { argumentMissing } from './messages.ts';
import { eraseErrors } from './prompt-errors.ts';

/** A question for the terminal. */
export type Question =
  | {
      readonly type: 'text';
      readonly message: string;
      readonly initial: string;
      /** Explains why an answer is invalid; undefined where it is valid. */
      readonly problem: (answer: string) => Message | undefined;
    }
  | {
      readonly type: 'select';
      readonly message: string;
      readonly initial: string;
      readonly choices: readonly { readonly value: string; readonly title: string }[];
    };

/** Asks a question in the terminal. Throws {@link CancelledError} on Ctrl-C and Escape. */
export type Ask = (question: Question) => Promise<string>;

/**
 * Returns the `ask` of a command: undefined with --yes and without a terminal. `prompted` tells
 * whether it was used, so that the command can end with the equivalent command line.
 */
export function askUnless(
  yes: boolean | undefined,
  context: { readonly ask: Ask; readonly interactive: boolean },
): { readonly ask: Ask | undefined; readonly prompted: () => boolean } {
  let prompted = false;
  const recorded: Ask = (question) => {
    prompted = true;
    return context.ask(question);
  };
  return { ask: !yes && context.interactive ? recorded : undefined, prompted: () => prompted };
}

/** An argument of a command, which is prompted for where it is missing. */
export interface Argument<T> {
  /** As in the usage: `[directory]`. */
  readonly name: string;
  /** The command line before it. */
  readonly command: string;
  /** The text of the question. */
  readonly question: string;
  /** The choices, in place of free text. */
  readonly choices?: readonly Choice[];
  /** An example of a value. */
  readonly suggestion: string;
  /** Parses the argument or the answer. Throws {@link InvalidValueError}. */
  readonly parse: (text: string) => T;
}

/** Returns the value of an argument. Asks only where `ask` is given. Throws {@link UsageError}. */
export async function resolveArgument<T>(
  argument: Argument<T>,
  given: string | undefined,
  ask: Ask | undefined,
): Promise<T> {
  const { name, command, question, suggestion, parse } = argument;
  const usage = (value = suggestion): string => `${command} ${quoteWord(value)}`;
  const text = given ?? (await ask?.(toQuestion({ ...argument, question })));
  if (text === undefined) {
    throw new UsageError(argumentMissing({ argument: name }), usage());
  }
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    throw new UsageError(error.message, usage(error.suggestion));
  }
}

/** The parts of an option that depend on other answers or on the machine. */
interface Depending<T> {
  readonly default?: string;
  readonly question?: string;
  /** Of what was given, too. */
  readonly parse?: (text: string) => T;
}

/** Returns the value of an option. */
type Answering<O> = <K extends keyof O & string, T = Value<O[K]>>(
  name: K,
  depending?: Depending<T>,
) => Promise<T>;

/**
 * Makes a function that returns the values of a command's options: from the command line, or else
 * from a prompt, if `ask` is given, or else the default. It throws {@link UsageError}.
 */
export function answering<O extends Options>(
  options: O,
  flags: Flags<O>,
  ask: Ask | undefined,
): Answering<O> {
  const given: Readonly<Record<string, unknown>> = flags;
  return async <T>(name: string, depending: Depending<T> = {}): Promise<T> => {
    const option = { ...options[name], ...depending } as Askable & Option<T>;
    const known = given[name];
    if (known !== undefined && !depending.parse) return known as T;
    const text = known ?? (ask === undefined ? option.default : await ask(toQuestion(option)));
    return parseAs<string, T>(flagOf(name), option.parse, text as string);
  };
}

type Askable = Pick<Option, 'question' | 'choices' | 'default' | 'suggestion'> & {
  readonly parse: (text: string) => unknown;
};

function toQuestion({ question: message = '', choices, parse, ...option }: Askable): Question {
  const initial = String(option.default ?? option.suggestion ?? choices?.[0]?.value ?? '');
  if (choices) {
    const titled = choices.map(({ value, title = value }) => ({ value, title }));
    return { type: 'select', message, initial, choices: titled };
  }
  return { type: 'text', message, initial, problem: (answer) => problem(parse, answer) };
}

function problem(parse: Askable['parse'], answer: string): Message | undefined {
  try {
    parse(answer);
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    const { message, suggestion } = error;
    return suggestion === undefined ? message : andTry(message, suggestion);
  }
}

/** Asks with the prompts package, on standard error to keep standard output for results. */
export const askInTerminal: Ask = async (question) => {
  const { default: prompts } = await import('prompts');
  const { message, initial } = question;
  const answers = await prompts(
    question.type === 'select'
      ? {
          type: 'select',
          name: 'value',
          message,
          choices: question.choices.map(({ value, title }) => ({ value, title })),
          initial: question.choices.findIndex(({ value }) => value === initial),
          stdout: process.stderr,
        }
      : {
          type: 'text',
          name: 'value',
          message,
          initial,
          validate: (answer: string) => question.problem(answer) ?? true,
          onRender: eraseErrors(),
          stdout: process.stderr,
        },
    {
      onCancel: () => {
        throw new CancelledError(cancelled());
      },
    },
  );
  return String(answers.value);
};
