import type { Context } from '../../src/context.ts';
import { type Command, type Exit, formatCommand } from '../../src/tools/command.ts';
import type { DartFetcher } from '../../src/tools/dart/fetch.ts';
import type { Question } from '../../src/ui/ask.ts';
import { PLAIN } from '../../src/ui/style.ts';

export interface Scripted {
  readonly context: Context;
  /** All that was printed as a result. */
  readonly results: string[];
  /** All other output. */
  readonly notes: string[];
  /** The commands that were run, as a person would type them. */
  readonly commands: string[];
  readonly questions: Question[];
  readonly stop: AbortController;
}

export interface Script {
  readonly cwd: string;
  readonly env?: Record<string, string>;
  /** Answers by the question's message; a question that is not listed throws. Makes it interactive. */
  readonly answers?: Record<string, string>;
  /** How commands end, by how a person would type them; one that is not listed throws. */
  readonly exits?: Record<string, Partial<Exit>>;
  /** What fetches Dart SDKs. */
  readonly fetcher?: DartFetcher;
}

/** A context that plays a script: answers are listed, commands are recorded and never run. */
export function scripted({ cwd, env = {}, answers, exits = {}, fetcher }: Script): Scripted {
  const stop = new AbortController();
  const results: string[] = [];
  const notes: string[] = [];
  const commands: string[] = [];
  const questions: Question[] = [];
  const context: Context = {
    cwd,
    program: 'create-lambda-hello',
    env: { HOME: cwd, ...env },
    interactive: answers !== undefined,
    dartFetcher: async () => fetcher,
    signal: stop.signal,
    stop: () => stop.abort(),
    onKey: () => () => {},
    out: {
      result: (text) => results.push(text),
      note: (text) => notes.push(text),
      warn: (text) => notes.push(`warning: ${text}`),
      detail: () => {},
      waitFor: (_, work) => work,
      style: PLAIN,
      noteStyle: PLAIN,
      unicode: true,
    },
    ask: async (question) => {
      questions.push(question);
      const answer = answers?.[question.message];
      if (answer === undefined) throw new Error(`not in the script: ${question.message}`);
      return answer;
    },
    run: async (command: Command) => {
      const typed = formatCommand(command);
      commands.push(typed);
      const exit = exits[typed];
      if (exit === undefined) throw new Error(`not in the script: ${typed}`);
      const ended: Exit = {
        code: exit.startError ? undefined : 0,
        signal: undefined,
        startError: undefined,
        stdout: '',
        ...exit,
      };
      return {
        pid: undefined,
        exited: Promise.resolve(ended),
        kill: () => {},
        interrupt: () => {},
      };
    },
  };
  return { context, results, notes, commands, questions, stop };
}
