import type { Context } from '../context.ts';
import type { Completion, Flags, Options } from '../options/option.ts';

/**
 * A command as data. The command line, its help, the shells' completion and
 * docs/commands.md are made of it.
 */
export interface CommandSpec<O extends Options = Options> {
  readonly name: string;
  /** What other tools call it. They do not run it, but it is suggested for them. */
  readonly calledElsewhere?: readonly string[];
  readonly group: (typeof GROUPS)[number];
  /** What it does, in a few words. */
  readonly summary: string;
  readonly argument?: ArgumentSpec;
  /** Imports its options, which lie with the command: most command lines need those of no other one. */
  readonly options?: () => Promise<O>;
  /** What its help says besides. */
  readonly notes?: string;
  /** Command lines without the program's name, and what they do where that is not plain. */
  readonly examples: readonly Example[];
  /** Imports the command and runs it. */
  run(context: Context, call: Call<O>): Promise<void>;
}

/** A command among others: it gets the flags of its own options. */
export const command = <const O extends Options>(spec: CommandSpec<O>): CommandSpec => spec;

/** The headings below which the help lists the commands. */
export const GROUPS = ['Create', 'On this machine', 'Endpoints', 'AWS', 'Help'] as const;

export interface ArgumentSpec {
  readonly name: string;
  readonly required?: boolean;
  /** Any number of them, options included: they are for another program. */
  readonly passedOn?: boolean;
  readonly description: string;
  readonly completion?: Completion;
}

export type Example = readonly [line: string, comment?: string];

/** What the command line says to a command. */
export interface Call<O extends Options = Options> {
  readonly argument: string | undefined;
  /** All arguments of a command that passes them on. */
  readonly passedOn: readonly string[];
  readonly flags: Flags<O>;
}
