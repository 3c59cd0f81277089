import { describe, expect, it } from 'vitest';
import { reporter } from '../../src/commands/dev/report.ts';
import { InvalidValueError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import { formatCommand } from '../../src/tools/command.ts';
import { type Argument, type Question, resolveArgument } from '../../src/ui/ask.ts';
import { formatTable, formatTree } from '../../src/ui/report.ts';
import { loadStyle, PLAIN } from '../../src/ui/style.ts';
import { scripted } from '../support/context.ts';

describe('formatTree', () => {
  it('prints folders before files, as tree --dirsfirst does', () => {
    expect(formatTree('shop', ['b', 'a/y', 'a/x/1', '.c'], true)).toBe(
      ['shop/', '├── a/', '│   ├── x/', '│   │   └── 1', '│   └── y', '├── .c', '└── b'].join('\n'),
    );
  });
  it('takes ASCII where there is no more', () => {
    expect(formatTree('shop', ['b', 'a/y', 'a/x/1'], false)).toBe(
      ['shop/', '|-- a/', '|   |-- x/', '|   |   `-- 1', '|   `-- y', '`-- b'].join('\n'),
    );
  });
});

describe('formatTable', () => {
  it('aligns columns and leaves no space at the end of a line', () => {
    expect(
      formatTable([
        ['A', 'LONG'],
        ['abc', 'x'],
      ]),
    ).toBe('A    LONG\nabc  x');
  });
});

describe('formatCommand', () => {
  it.each([
    [['npm', 'install'], 'npm install'],
    [['a', 'b c', '$(x)'], "a 'b c' '$(x)'"],
    [['a', "it's", ''], "a 'it'\\''s' ''"],
  ])('prints %j as a shell would take it', ([tool = '', ...args], expected) => {
    expect(formatCommand({ tool, args, cwd: '.' })).toBe(expected);
  });
});

describe('resolveArgument', () => {
  const argument: Argument<number> = {
    name: '[count]',
    command: 'create-lambda-hello count',
    question: 'How many?',
    suggestion: '1',
    parse(text) {
      if (/^\d+$/.test(text)) return Number(text);
      throw new InvalidValueError(quoted(`"${text}" is no number.`), '1');
    },
  };

  it('takes what is given, and asks nothing', async () => {
    const ask = () => Promise.reject(new Error('asked'));
    expect(await resolveArgument(argument, '7', ask)).toBe(7);
  });
  it('asks, with the same validation', async () => {
    const questions: Question[] = [];
    const ask = async (question: Question) => {
      questions.push(question);
      return '3';
    };
    expect(await resolveArgument(argument, undefined, ask)).toBe(3);
    const [question] = questions;
    if (question?.type !== 'text') throw new Error('not a text question');
    expect(question.problem('x')).toBe('"x" is no number. Try: 1');
    expect(question.problem('4')).toBeUndefined();
  });
  it('refuses what is given, with one that would do', async () => {
    const refused = resolveArgument(argument, 'x', undefined);
    await expect(refused).rejects.toMatchObject({
      message: '"x" is no number.',
      hint: 'create-lambda-hello count 1',
      exitCode: 2,
    });
  });
  it('names what is missing where nothing can be asked', async () => {
    const missing = resolveArgument(argument, undefined, undefined);
    await expect(missing).rejects.toThrow('[count] is missing');
  });
});

describe('loadStyle', () => {
  it.each([
    [{ isTTY: true }, {}, true],
    [{ isTTY: false }, {}, false],
    [{ isTTY: true }, { NO_COLOR: '1' }, false],
    [{ isTTY: true }, { TERM: 'dumb' }, false],
    [{ isTTY: false }, { FORCE_COLOR: '1' }, true],
    [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
  ])('colours on %j with %j: %s', async (stream, env, coloured) => {
    const style = await loadStyle(stream, env);
    expect(style === PLAIN).toBe(!coloured);
    expect(style.red('x')).toBe(coloured ? '\x1b[31mx\x1b[39m' : 'x');
  });
});

describe('the lines of dev', () => {
  const reader = { root: '/shop', cwd: '/shop', packageName: 'shop' };

  it('name the function, and do not let a path steer the terminal', () => {
    const { context, notes } = scripted({ cwd: '.' });
    const report = reporter(context.out, {}, reader);
    report({ type: 'output', function: 'hello', line: 'a line' });
    report({
      type: 'request',
      method: 'GET',
      path: '/a\x1b[2J',
      status: 200,
      ms: 1.23,
      function: 'hello',
      requestId: 'id',
      cold: true,
    });
    const error = { errorType: 'StateError', errorMessage: 'broken', stackTrace: ['#0 main'] };
    report({ type: 'function-error', function: 'hello', requestId: 'id', error });
    report({ type: 'warning', message: quoted('careful') });
    expect(notes).toEqual([
      '[hello] a line',
      'GET /a?[2J 200 1.2 ms hello cold id',
      '[hello] StateError: broken',
      '    #0 main',
      'warning: careful',
    ]);
  });

  it('show an error of several lines, which does not steer the terminal either', () => {
    const { context, notes } = scripted({ cwd: '.' });
    const report = reporter(context.out, {}, reader);
    const told = (errorType: string, errorMessage: string) =>
      report({
        type: 'function-error',
        function: 'hello',
        requestId: 'id',
        error: { errorType, errorMessage, stackTrace: [] },
      });
    told('Odd', 'a\r\n\x1b[2Jb');
    told('Odd', '');
    expect(notes).toEqual(['[hello] Odd: a', '    ?[2Jb', '[hello] Odd:']);
  });
});
