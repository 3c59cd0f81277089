import type { Context } from '../context.ts';

/**
 * A command as data. The command line, its help, the shells' completion and
 * docs/commands.md are made of it.
 */
export interface CommandSpec {
  readonly name: string;
  /** What other tools call it. They do not run it, but it is suggested for them. */
  readonly calledElsewhere?: readonly string[];
  readonly group: (typeof GROUPS)[number];
  /** What it does, in a few words. */
  readonly summary: string;
  readonly argument?: ArgumentSpec;
  readonly options: readonly OptionSpec[];
  /** What its help says besides. */
  readonly notes?: string;
  /** Command lines without the program's name, and what they do where that is not plain. */
  readonly examples: readonly Example[];
  /** Imports the command and runs it. */
  readonly run: (context: Context, call: Call) => Promise<void>;
}

/** The headings below which the help lists the commands. */
export const GROUPS = ['Create', 'On this machine', 'Endpoints', 'AWS', 'Help'] as const;

export interface ArgumentSpec {
  readonly name: string;
  readonly required?: boolean;
  /** Any number of them, options included: they are for another program. */
  readonly passedOn?: boolean;
  readonly description: string;
  readonly values?: Values;
}

export interface OptionSpec {
  /** As commander reads it: `-y, --yes`, `--port <port>`, `--no-git`. */
  readonly flags: string;
  readonly description: string;
  readonly values?: Values;
  /** May be given several times; its values are a list. */
  readonly repeatable?: boolean;
  /** Still read, for scripts that have it, but neither shown nor completed. */
  readonly hidden?: boolean;
}

/**
 * What a shell may complete: files, folders, a list, or the names of the
 * service's functions, of what add-endpoint has added, or of the fetched Dart SDKs.
 */
export type Values =
  | 'file'
  | 'directory'
  | 'function'
  | 'endpoint'
  | 'sdk'
  | (() => Promise<Candidates>);

export type Candidates = readonly string[];

export type Example = readonly [line: string, comment?: string];

/** What the command line says to a command. */
export interface Call {
  readonly argument: string | undefined;
  /** All arguments of a command that passes them on. */
  readonly passedOn: readonly string[];
  /** The options by their names in camel case, as commander gives them. */
  // biome-ignore lint/suspicious/noExplicitAny: each command declares the flags that it has
  readonly flags: any;
}
