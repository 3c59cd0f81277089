import { UsageError } from '../../errors.ts';
import { flagOf, type Option } from '../../options/option.ts';
import { EVENT_SOURCES, type EventSourceName } from '../../service/event-sources.ts';
import { eventPattern, type SourceOptions } from '../../service/new-source/options.ts';
import { NEW_SOURCES, type SourceSpec } from '../../service/new-source/sources.ts';
import { textOrFile } from '../../service-folder/sample-text.ts';
import { type Ask, answering } from '../../ui/ask.ts';
import { quoteWord } from '../../util/shell-words.ts';
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
const PATTERN = sourceOptions.pattern.suggestion;
const NAMES = Object.keys(sourceOptions) as OptionName[];
const optionsOf = ({ needs, takes = [] }: SourceSpec) => [...needs, ...takes];

/**
 * Reads what calls a function from the flags, then from answers in the terminal.
 *
 * @throws UsageError when something is missing, or does not go together
 */
export async function readSource(
  cwd: string,
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
  const texts: Partial<Record<OptionName, string>> = {};
  for (const name of NAMES) {
    const isNeeded = spec.needs.includes(name) && !(name === 'rate' && flags.cron !== undefined);
    if (flags[name] !== undefined) texts[name] = flags[name];
    else if (isNeeded && ask === undefined) throw missing(source, name);
    else if (isNeeded) texts[name] = await answer(name);
  }
  const pattern =
    texts.pattern === undefined
      ? undefined
      : await answer('pattern', {
          ...{ parse: (text: string) => eventPattern(textOrFile(text, cwd, PATTERN)) },
        });
  const { pattern: _, ...others } = texts;
  const given: SourceOptions = { ...others, ...(pattern && { pattern }) };
  requireTogether(source, given);
  const create = flags.create ?? (await askToCreate(spec, texts, ask));
  const words = [
    ...['--event', source],
    ...NAMES.flatMap((name) => (texts[name] === undefined ? [] : [flagOf(name), texts[name]])),
    ...(create ? ['--create'] : []),
  ];
  return { source, kind: given.trigger ?? given.type, given, create, words };
}

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
function requireTogether(source: EventSourceName, given: SourceOptions): void {
  if (given.rate !== undefined && given.cron !== undefined) {
    throw new UsageError(
      messages.onlyOneOf({ option: '--rate', otherOption: '--cron' }),
      'leave out one of them',
    );
  }
  if (source !== 'cognito') return;
  const sends = given.trigger?.startsWith('Custom') && given.trigger.endsWith('Sender');
  if (sends && given.kmsKey === undefined) throw missing(given.trigger ?? source, 'kmsKey');
  if (!sends && given.kmsKey !== undefined) {
    throw new UsageError(
      messages.onlyForSenders({ option: '--kms-key', trigger: given.trigger ?? '' }),
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
  { needs, creates }: SourceSpec,
  texts: Partial<Record<OptionName, string>>,
  ask: Ask | undefined,
): Promise<boolean> {
  const [name] = needs;
  const text = name && texts[name];
  if (ask === undefined || creates || name === undefined || text === undefined) return false;
  if (/^(arn|import):/.test(text)) return false;
  const answer = await ask({
    type: 'select',
    message: `Is there a ${name} ${text}?`,
    initial: 'make',
    choices: [
      { value: 'make', title: 'no, make it' },
      { value: 'use', title: 'yes, use it' },
    ],
  });
  return answer === 'make';
}
