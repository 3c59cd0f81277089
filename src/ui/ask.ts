import { CancelledError, InvalidValueError, UsageError } from '../errors.ts';
import { quoteWord } from '../words.ts';
import { eraseErrors } from './prompt-errors.ts';

/** A question for the terminal. */
export type Question =
  | {
      readonly type: 'text';
      readonly message: string;
      readonly initial: string;
      /** Why the answer is not acceptable, or undefined. */
      readonly problem: (answer: string) => string | undefined;
    }
  | {
      readonly type: 'select';
      readonly message: string;
      readonly initial: string;
      readonly choices: readonly { readonly value: string; readonly title: string }[];
    };

/** Asks in the terminal. Throws {@link CancelledError} on Ctrl-C and Escape. */
export type Ask = (question: Question) => Promise<string>;

/**
 * The `ask` of a command: undefined where nothing is to be asked, with --yes or
 * without a terminal. `prompted` tells whether it was used: a command then ends
 * by printing the line that does the same.
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

/** A command line option as data: the flag, else the prompt, else the fallback, else an error. */
export interface Option<T> {
  /** As the user writes it: `--memory`, or `[directory]` for an argument. */
  readonly flag: string;
  /** What an argument comes after; `create-lambda-hello` unless given. */
  readonly command?: string;
  /** The question's words. */
  readonly message: string;
  /** Where set, a prompt offers these instead of free text. */
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
  /** What holds when nothing is given; the prompt's first suggestion too. */
  readonly fallback?: string;
  /** The prompt's first suggestion where there is no fallback. */
  readonly suggestion?: string;
  /** The value of the text, or throws {@link InvalidValueError}: for flag, prompt and fallback alike. */
  readonly parse: (text: string) => T;
}

/** The value of an option. Asks only when `ask` is given. Throws {@link UsageError}. */
export async function resolveOption<T>(
  option: Option<T>,
  given: string | undefined,
  ask: Ask | undefined,
): Promise<T> {
  const text = given ?? (ask === undefined ? option.fallback : await ask(toQuestion(option)));
  if (text === undefined) {
    throw new UsageError(
      `${option.flag} is missing, and there is no terminal to ask in.`,
      usage(option, option.suggestion ?? ''),
    );
  }
  try {
    return option.parse(text);
  } catch (error) {
    if (!(error instanceof InvalidValueError)) throw error;
    const name = isArgument(option) ? '' : `${option.flag}: `;
    throw new UsageError(name + error.message, usage(option, error.suggestion));
  }
}

const isArgument = ({ flag }: Option<unknown>): boolean => !flag.startsWith('-');

/** How the option is given the value on the command line. */
function usage(option: Option<unknown>, value: string): string {
  const before = isArgument(option) ? (option.command ?? 'create-lambda-hello') : option.flag;
  return `${before} ${quoteWord(value)}`;
}

function toQuestion<T>(option: Option<T>): Question {
  const { message, choices } = option;
  const initial = option.fallback ?? option.suggestion ?? '';
  if (choices) return { type: 'select', message, initial, choices };
  return { type: 'text', message, initial, problem: (answer) => problem(option, answer) };
}

function problem<T>(option: Option<T>, answer: string): string | undefined {
  try {
    option.parse(answer);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidValueError) return `${error.message} Try: ${error.suggestion}`;
    throw error;
  }
}

/** Asks with the prompts package, on standard error so that standard output stays a result. */
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
        throw new CancelledError();
      },
    },
  );
  return String(answers.value);
};
