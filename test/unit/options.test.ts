import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { optionSpecs } from '../../src/cli/option-specs.ts';
import { type CreateFlags, createOptions } from '../../src/commands/create/options.ts';
import { type DevFlags, devOptions } from '../../src/commands/dev/options.ts';
import { InvalidValueError, UsageError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import { option, readFlags } from '../../src/options/option.ts';
import { answering, type Question } from '../../src/ui/ask.ts';

const options = {
  size: option.wholeNumber({
    value: 'MB',
    help: 'size of it',
    range: [1, 20],
    unit: 'MB',
    default: 5,
  }),
  count: option.wholeNumber({
    value: 'number',
    help: 'how many',
    range: [1, 9],
    default: 2,
    question: 'How many?',
  }),
  kind: option.choice({
    value: 'kind',
    help: 'kind of it',
    default: 'a',
    choices: [{ value: 'a', help: 'the first' }, { value: 'b' }, { value: 'c' }],
  }),
  envFile: option.text({ value: 'file', help: 'a file', completion: 'file' }),
  day: option.text({ value: 'day', help: 'a day', parse: (text) => ({ day: Number(text) }) }),
  param: option.texts({ value: 'name=value', help: 'a parameter' }),
  yes: option.flag({ short: 'y', help: 'ask nothing', hiddenNegation: true }),
  reload: option.negated({ help: 'do not reload' }),
};
const DEFAULTS = { size: 5, kind: 'a', reload: true };

const refusal = (given: Parameters<typeof readFlags<typeof options>>[1], help?: string) => {
  try {
    readFlags(options, given, help);
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.hint];
    throw error;
  }
  return undefined;
};

describe('the flags of a command', () => {
  it('are the parsed values, with the defaults of what is not asked for', () => {
    const given = { size: '7', day: '3', param: ['a=1', 'b=2'], yes: true, reload: false };
    expect(readFlags(options, given)).toEqual({
      ...{ size: 7, kind: 'a', day: { day: 3 }, param: ['a=1', 'b=2'] },
      ...{ yes: true, reload: false },
    });
    expect(readFlags(options, {})).toEqual(DEFAULTS);
  });

  it('are the same of values that a program gives', () => {
    const given = { size: 7, kind: 'b', envFile: undefined } as const;
    expect(readFlags(options, given)).toEqual({ ...DEFAULTS, size: 7, kind: 'b' });
  });

  it.each([
    [{ size: '21' }, '--size: "21" is not a whole number from 1 to 20 (MB).', '--size 20'],
    [{ size: 21 }, '--size: "21" is not a whole number from 1 to 20 (MB).', '--size 20'],
    [{ size: 1.5 }, '--size: "1.5" is not a whole number from 1 to 20 (MB).', '--size 2'],
    [{ size: '0' }, '--size: "0" is not a whole number from 1 to 20 (MB).', '--size 5'],
    [{ size: 'x' }, '--size: "x" is not a whole number from 1 to 20 (MB).', '--size 5'],
    [{ kind: 'z' }, '--kind: "z" is not one of a, b, c.', '--kind a'],
    [{ envFile: 7 as never }, '--env-file: it is not a string.', 'x --help'],
    [{ param: [7] as never }, '--param: it is not a string.', 'x --help'],
    [{ yes: 'no' }, '--yes: it is neither true nor false.', 'x --help'],
  ])('refuse %j, naming the option and a value that it takes', (given, message, hint) => {
    expect(refusal(given, 'x --help')).toEqual([message, hint]);
  });

  it('have the types of their values', () => {
    expectTypeOf(readFlags(options, {}).size).toEqualTypeOf<number>();
    expectTypeOf(readFlags(options, {}).count).toEqualTypeOf<number | undefined>();
    expectTypeOf(readFlags(options, {}).kind).toEqualTypeOf<'a' | 'b' | 'c'>();
    expectTypeOf(readFlags(options, {}).day).toEqualTypeOf<{ day: number } | undefined>();
    expectTypeOf(readFlags(options, {}).param).toEqualTypeOf<readonly string[] | undefined>();
    expectTypeOf<DevFlags['port']>().toEqualTypeOf<number>();
    expectTypeOf<DevFlags['stage']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<CreateFlags['api']>().toEqualTypeOf<'rest' | 'http' | undefined>();
    // @ts-expect-error a command gets numbers, not their texts
    const flags: DevFlags = { ...readFlags(devOptions, {}), port: '3000' };
    expect(flags.host).toBe('127.0.0.1');
  });
});

describe('the help of an option', () => {
  it('has its spelling, its choices, its range and its default from the option', () => {
    const shown = optionSpecs(options).map(({ flags, description, hidden }) =>
      [flags, description, hidden ? 'hidden' : ''].join(' | ').trim(),
    );
    expect(shown).toEqual([
      '--size <MB> | size of it, 1 to 20  (default: 5) |',
      '--count <number> | how many, 1 to 9  (default: 2) |',
      '--kind <kind> | kind of it: a (the first), b or c  (default: a) |',
      '--env-file <file> | a file |',
      '--day <day> | a day |',
      '--param <name=value> | a parameter; may be given more than once |',
      '-y, --yes | ask nothing |',
      '--no-yes |  | hidden',
      '--no-reload | do not reload |',
    ]);
  });

  it.each([...Object.entries(createOptions), ...Object.entries(devOptions)])(
    'of --%s names a default that the option takes',
    (name, { default: value, parse }) => {
      if (value !== undefined) expect(parse(value), name).toEqual(value);
    },
  );
});

describe('the answer for an option', () => {
  const answer = async (given: { count?: number }, reply?: string) => {
    const questions: Question[] = [];
    const ask = async (question: Question) => {
      questions.push(question);
      return reply ?? '';
    };
    const answers = answering(options, readFlags(options, given), reply ? ask : undefined);
    return { value: await answers('count'), questions };
  };

  it('is what was given, and nothing is asked', async () => {
    expect(await answer({ count: 4 }, '7')).toEqual({ value: 4, questions: [] });
  });
  it('is what the terminal says, which checks it as the command line does', async () => {
    const { value, questions } = await answer({}, '3');
    expect(value).toBe(3);
    const [question] = questions;
    if (question?.type !== 'text') throw new Error('not a text question');
    expect(question).toMatchObject({ message: 'How many?', initial: '2' });
    expect(question.problem('x')).toBe('"x" is not a whole number from 1 to 9. Try: 2');
    expect(question.problem('4')).toBeUndefined();
  });
  it('is the default where nothing can be asked', async () => {
    expect((await answer({})).value).toBe(2);
  });
  it('may depend on what was answered before', async () => {
    const answers = answering(options, readFlags(options, { envFile: 'x' }), undefined);
    const parse = (text: string) => {
      if (text === 'x') throw new InvalidValueError(quoted('x is taken.'), 'y');
      return text.length;
    };
    await expect(answers('envFile', { parse })).rejects.toThrow('--env-file: x is taken.');
    expect(await answers('day', { default: 'long', parse })).toBe(4);
  });
});

describe('the comments of the API', () => {
  const source = ['api-types', 'local-types']
    .map((name) => readFileSync(new URL(`../../src/${name}.ts`, import.meta.url), 'utf8'))
    .join('\n');
  /** What stands above a property of an interface. */
  const commentOf = (owner: string, property: string): string => {
    const body = source.split(`interface ${owner} {`)[1]?.split('\n}')[0] ?? '';
    return new RegExp(`/\\*\\*([^*]*)\\*/\\s*readonly ${property}\\??:`).exec(body)?.[1] ?? '';
  };

  it.each([
    ['api', createOptions.api],
    ['architecture', createOptions.arch],
    ['memory', createOptions.memory],
    ['timeout', createOptions.timeout],
  ])('tell the default and the range that %s has', (property, { default: value, ...spec }) => {
    const comment = commentOf('CreateServiceOptions', property);
    expect(comment).toContain(String(value));
    if ('range' in spec) expect(comment).toContain(spec.range.join(' to '));
  });

  it('tell the host that dev has by default', () => {
    expect(commentOf('LocalLambdaOptions', 'host')).toContain(devOptions.host.default);
  });
});
