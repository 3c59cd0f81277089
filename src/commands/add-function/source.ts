import { UsageError } from '../../errors.ts';
import { flagOf, type Option, parseAs } from '../../options/option.ts';
import { EVENT_SOURCES, type EventSourceName } from '../../service/event-sources.ts';
import { eventPattern, type SourceOptions } from '../../service/new-source/options.ts';
import { type OwnResources, ownId } from '../../service/new-source/resources.ts';
import { NEW_SOURCES, type SourceSpec } from '../../service/new-source/sources.ts';
import { textOrFile } from '../../service-folder/sample-text.ts';
import { type Ask, answering } from '../../ui/ask.ts';
import { quoteWord } from '../../util/shell-words.ts';
import { inQuotes } from '../../util/text.ts';
import * as messages from './messages.ts';
import { type AddFunctionFlags, addFunctionOptions, sourceOptions } from './options.ts';

/** Holds what calls a new function. */
export interface SourceAnswers {
  readonly source: EventSourceName;
  /** One of `kindsOf(source)`, for a source that has them. */
  readonly kind: string | undefined;
  readonly given: SourceOptions;
  readonly create: boolean;
  /** The arguments that say the same. */
  readonly words: readonly string[];
}

type OptionName = keyof SourceOptions;
type Texts = Partial<Record<OptionName, string>>;
/** What names a resource that is not in serverless.yml. */
const OTHER = /^(arn|import):./;
const PATTERN = sourceOptions.pattern.suggestion;
const NAMES = Object.keys(sourceOptions) as OptionName[];
const optionsOf = ({ needs, takes = [] }: SourceSpec) => [...needs, ...takes];

/**
 * Reads what calls a function from the flags, then from answers in the terminal.
 *
 * @throws UsageError when something is missing, or does not go together
 */
export async function readSource(
  { cwd, own }: { readonly cwd: string; readonly own: OwnResources },
  flags: AddFunctionFlags,
  ask: Ask | undefined,
): Promise<SourceAnswers> {
  const answer = answering(addFunctionOptions, flags, ask);
  if (flags.event === undefined && ask === undefined) {
    const names = Object.keys(EVENT_SOURCES).join(', ');
    throw new UsageError(messages.eventMissing({ names }), '--event sqs --queue orders --create');
  }
  const source = await answer('event');
  const spec: SourceSpec = NEW_SOURCES[source];
  requireFitting(source, spec, flags);
  const pattern = (text: string) => eventPattern(textOrFile(text, cwd, PATTERN));
  const texts: Texts = {};
  for (const name of NAMES) {
    if (flags[name] !== undefined) texts[name] = flags[name];
    else if (!isNeeded(name, spec, texts, flags)) continue;
    else if (ask === undefined) throw missing(source, name);
    else texts[name] = await answer(name, name === 'pattern' ? { parse: checked(pattern) } : {});
  }
  requireTogether(source, texts);
  const create = flags.create ?? (ask !== undefined && (await askToCreate(spec, texts, own, ask)));
  const { pattern: text, ...others } = texts;
  const given: SourceOptions = {
    ...others,
    ...(text !== undefined && { pattern: parseAs('--pattern', pattern, text) }),
  };
  const words = [
    ...['--event', source],
    ...NAMES.flatMap((name) => (texts[name] === undefined ? [] : [flagOf(name), texts[name]])),
    ...(create ? ['--create'] : []),
  ];
  return { source, kind: given.trigger ?? given.type, given, create, words };
}

/** Returns whether a function of the source needs an option, by what is known of it already. */
function isNeeded(
  name: OptionName,
  { needs }: SourceSpec,
  { trigger }: Texts,
  { cron }: AddFunctionFlags,
): boolean {
  if (name === 'kmsKey') return sends(trigger);
  return needs.includes(name) && !(name === 'rate' && cron !== undefined);
}

/** Returns whether a trigger of Cognito sends messages, which come encrypted. */
const sends = (trigger = ''): boolean => /^Custom.*Sender$/.test(trigger);

/** Makes a check that returns what it was given. */
const checked =
  (parse: (text: string) => unknown) =>
  (text: string): string => {
    parse(text);
    return text;
  };

/** Checks that the flags are those of the source. */
function requireFitting(source: EventSourceName, spec: SourceSpec, flags: AddFunctionFlags): void {
  const other = NAMES.find((name) => flags[name] !== undefined && !optionsOf(spec).includes(name));
  if (other !== undefined) {
    const takers = Object.entries(NEW_SOURCES).filter(([, one]) => optionsOf(one).includes(other));
    const sources = takers.map(([name]) => name).join(', ');
    const [own] = optionsOf(spec);
    throw new UsageError(
      messages.optionOfOther({ option: flagOf(other), sources, source }),
      own === undefined ? `--event ${takers[0]?.[0]}` : `${flagOf(own)} for ${source}`,
    );
  }
  const reason = flags.create ? spec.creates?.(flags) : undefined;
  if (reason !== undefined) {
    throw new UsageError(messages.nothingToCreate({ source, reason }), 'leave out --create');
  }
}

/** Checks what depends on another option. */
function requireTogether(source: EventSourceName, { rate, cron, trigger, kmsKey }: Texts): void {
  if (rate !== undefined && cron !== undefined) {
    throw new UsageError(
      messages.onlyOneOf({ option: '--rate', otherOption: '--cron' }),
      'leave out one of them',
    );
  }
  if (source === 'cognito' && kmsKey !== undefined && !sends(trigger)) {
    throw new UsageError(
      messages.onlyForSenders({ option: '--kms-key', trigger: trigger ?? '' }),
      'leave out --kms-key',
    );
  }
}

function missing(source: string, name: OptionName): UsageError {
  const { suggestion, choices, value }: Option = sourceOptions[name];
  const option = flagOf(name);
  const example = suggestion ?? choices?.[0]?.value;
  return new UsageError(
    messages.optionMissing({ source, option }),
    `${option} ${example === undefined ? `<${value}>` : quoteWord(example)}`,
  );
}

/** Asks whether to make what the events come from, where that is possible. */
async function askToCreate(
  { needs: [name], creates, resource }: SourceSpec,
  texts: Texts,
  own: OwnResources,
  ask: Ask,
): Promise<boolean> {
  const text = name && texts[name];
  if (creates || name === undefined || text === undefined) return false;
  if (OTHER.test(text) || (resource && ownId(resource, text, own))) return false;
  const answer = await ask({
    type: 'select',
    message: resource
      ? `serverless.yml has no ${name} ${inQuotes(text)}. Make it?`
      : `Is there a ${name} ${inQuotes(text)} already?`,
    initial: 'make',
    choices: [
      { value: 'make', title: resource ? 'yes' : 'no, make it' },
      { value: 'use', title: resource ? 'no, it is elsewhere' : 'yes, use it' },
    ],
  });
  if (answer === 'use' && resource) texts[name] = await askElsewhere(name, ask);
  return answer === 'make';
}

/** Asks for what names a resource that is not in serverless.yml. */
function askElsewhere(name: OptionName, ask: Ask): Promise<string> {
  return ask({
    type: 'text',
    message: `What is the ARN of the ${name}? (or import:<export> of another stack)`,
    initial: '',
    problem: (answer) => (OTHER.test(answer) ? undefined : messages.notElsewhere()),
  });
}
