import type { Context } from '../context.ts';
import type { Completion, Flags, Options } from '../options/option.ts';

/**
 * Declares a command. The command line, its help, the shells' completion and docs/commands.md
 * derive from it.
 */
export interface CommandSpec<O extends Options = Options> {
  readonly name: string;
  /** The names that other tools use for it. They are suggestions only, and do not run it. */
  readonly calledElsewhere?: readonly string[];
  readonly group: (typeof GROUPS)[number];
  /** Says in a few words what the command does. */
  readonly summary: string;
  readonly argument?: ArgumentSpec;
  /** A second argument, after the first. */
  readonly secondArgument?: ArgumentSpec;
  /**
   * Imports the options, which are declared with the command, because most command lines need
   * those of only one.
   */
  readonly options?: () => Promise<O>;
  /** Adds text to the help. */
  readonly notes?: string;
  /** Command lines without the program's name, with a comment where one is not obvious. */
  readonly examples: readonly Example[];
  /** Imports the command and runs it. */
  run(context: Context, call: Call<O>): Promise<void>;
}

/** Types a command so that it gets the flags of its own options. */
export const command = <const O extends Options>(spec: CommandSpec<O>): CommandSpec => spec;

/** The headings of the groups of commands in the help. */
export const GROUPS = [
  'Create',
  'On this machine',
  'Endpoints',
  'Functions',
  'AWS',
  'Help',
] as const;

export interface ArgumentSpec {
  readonly name: string;
  readonly required?: boolean;
  /** Accepts any number of words, including options, for another program. */
  readonly passedOn?: boolean;
  readonly description: string;
  readonly completion?: Completion;
}

export type Example = readonly [line: string, comment?: string];

/** Holds what the command line passes to a command. */
export interface Call<O extends Options = Options> {
  readonly argument: string | undefined;
  readonly secondArgument: string | undefined;
  /** All arguments of a command that passes them on. */
  readonly passedOn: readonly string[];
  readonly flags: Flags<O>;
}
