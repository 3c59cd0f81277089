import type { ServiceNames } from '../commands/complete.ts';
import type { OptionSpec, Values } from './command-spec.ts';
import { COMMANDS, createCommand } from './commands.ts';
import { flagsOf, positionals, takesValue } from './positionals.ts';

/** What may stand where the cursor is. */
export interface Completion {
  /** Each with what it is, where there is something to say. */
  readonly candidates: readonly (readonly [value: string, description: string])[];
  /** Whether the shell should offer files or folders besides. */
  readonly paths: 'none' | 'file' | 'directory';
}

/**
 * Completes a command line.
 *
 * @param words what follows the program's name, up to the cursor; the last one
 *   is what is being typed, often empty
 * @param names asked only where such a name may stand
 */
export async function completeWords(
  words: readonly string[],
  names: ServiceNames,
): Promise<Completion> {
  const [before, current] = rejoin(words);
  const command = COMMANDS.find(({ name }) => name === before[0]);
  const { options, argument } = command ?? createCommand;

  const [flag = '', typed] = splitOption(current);
  const valued = typed === undefined ? before.at(-1) : flag;
  const option = options.find((one) => takesValue(one) && flagsOf(one).includes(valued ?? ''));
  if (option) {
    const prefix = typed === undefined ? '' : `${flag}=`;
    return fromValues(option.values, current, names, prefix);
  }
  if (current.startsWith('-')) return starting(current, optionCandidates(options, before));
  const given = command ? before.slice(1) : before;
  const taken = positionals(given, options).length > 0;
  const fromArgument = taken ? NOTHING : await fromValues(argument?.values, current, names, '');
  if (before.length > 0) return fromArgument;
  const commands = COMMANDS.map(({ name, summary }) => [name, summary] as const);
  return { ...starting(current, commands), paths: fromArgument.paths };
}

const NOTHING: Completion = { candidates: [], paths: 'none' };

/** bash takes `--stage=x` for three words; here it is one again. */
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
  const help: OptionSpec = { flags: '-h, --help', description: 'print the help' };
  const used = new Set(before.map((word) => splitOption(word)[0] ?? word));
  return [...options, help]
    .filter((option) => option.hidden !== true)
    .filter((option) => !flagsOf(option).some((flag) => used.has(flag)))
    .map((option) => [flagsOf(option).at(-1) ?? '', option.description] as const);
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

/** As the completion scripts read it: how to complete paths, then a candidate a line, after a tab what it is. */
export function formatCompletion({ candidates, paths }: Completion): string {
  const lines = candidates.map(([value, description]) => `${value}\t${description}`);
  return [paths, ...lines].join('\n');
}
