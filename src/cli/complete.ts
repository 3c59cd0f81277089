import type { ServiceNames } from '../commands/complete.ts';
import { option, type Completion as Values } from '../options/option.ts';
import { COMMANDS, createCommand } from './commands.ts';
import { flagsOf, type OptionSpec, optionSpecs, positionals } from './option-specs.ts';

/** Lists what may be typed at the cursor. */
export interface Completion {
  /** Each with a description, which may be empty. */
  readonly candidates: readonly (readonly [value: string, description: string])[];
  /** Whether the shell should offer files or folders, too. */
  readonly paths: 'none' | 'file' | 'directory';
}

/**
 * Completes a command line.
 *
 * @param words the words after the program's name, up to the cursor; the last one is being typed,
 * and often empty
 * @param names called only if such a name is possible here
 */
export async function completeWords(
  words: readonly string[],
  names: ServiceNames,
): Promise<Completion> {
  const [before, current] = rejoin(words);
  const command = COMMANDS.find(({ name }) => name === before[0]);
  const { argument, ...spec } = command ?? createCommand;
  const options = optionSpecs((await spec.options?.()) ?? {});

  const [flag = '', typed] = splitOption(current);
  const valued = typed === undefined ? before.at(-1) : flag;
  const option = options.find((one) => one.takesValue && flagsOf(one).includes(valued ?? ''));
  if (option) {
    const prefix = typed === undefined ? '' : `${flag}=`;
    return fromValues(option.completion, current, names, prefix);
  }
  if (current.startsWith('-')) return starting(current, optionCandidates(options, before));
  const given = command ? before.slice(1) : before;
  const taken = positionals(given, options).length > 0;
  const fromArgument = taken ? NOTHING : await fromValues(argument?.completion, current, names, '');
  if (before.length > 0) return fromArgument;
  const commands = COMMANDS.map(({ name, summary }) => [name, summary] as const);
  return { ...starting(current, commands), paths: fromArgument.paths };
}

const NOTHING: Completion = { candidates: [], paths: 'none' };

/** Joins `--stage=x`, which bash splits into three words. */
function rejoin(words: readonly string[]): [before: string[], current: string] {
  const joined: string[] = [];
  for (const [index, word] of words.entries()) {
    const previous = joined.at(-1);
    const isValue = words[index - 1] === '=' && previous?.endsWith('=');
    if ((word === '=' || isValue) && previous?.startsWith('--')) joined.push(joined.pop() + word);
    else joined.push(word);
  }
  return [joined, joined.pop() ?? ''];
}

function splitOption(word: string): [flag?: string, value?: string] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at === -1 ? [] : [word.slice(0, at), word.slice(at + 1)];
}

function optionCandidates(options: readonly OptionSpec[], before: readonly string[]) {
  const used = new Set(before.map((word) => splitOption(word)[0] ?? word));
  return [...options, ...optionSpecs({ help: option.flag({ short: 'h', help: 'print the help' }) })]
    .filter((one) => !one.hidden)
    .filter((one) => !flagsOf(one).some((flag) => used.has(flag)))
    .map((one) => [flagsOf(one).at(-1) ?? '', one.description] as const);
}

async function fromValues(
  values: Values | undefined,
  current: string,
  names: ServiceNames,
  prefix: string,
): Promise<Completion> {
  if (values === undefined) return NOTHING;
  if (values === 'file' || values === 'directory') return { candidates: [], paths: values };
  const list = await (typeof values === 'function' ? values() : names[values]());
  return starting(
    current,
    list.map((value) => [prefix + value, ''] as const),
  );
}

function starting(current: string, candidates: Completion['candidates']): Completion {
  return { candidates: candidates.filter(([value]) => value.startsWith(current)), paths: 'none' };
}

/**
 * Formats a completion for the scripts: first how to complete paths, then a line for each
 * candidate, with a tab before its description.
 */
export function formatCompletion({ candidates, paths }: Completion): string {
  const lines = candidates.map(([value, description]) => `${value}\t${description}`);
  return [paths, ...lines].join('\n');
}
