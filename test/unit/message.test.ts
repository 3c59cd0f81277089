import { describe, expect, it } from 'vitest';
import { andTry, at, type Message, message, quoted } from '../../src/message.ts';

const empty = message`it is empty.`;
const notThere = message`there is no stack ${'stack'} in ${'awsRegion'}.`;
const ended = message`\`dart\` ended with ${'exitCode'}:\n${'output'}`;

describe('a message', () => {
  it('is written with its values', () => {
    expect(notThere({ stack: 'shop-dev', awsRegion: 'eu-central-1' })).toBe(
      'there is no stack shop-dev in eu-central-1.',
    );
    expect(ended({ exitCode: 1, output: '  $& \\n' })).toBe('`dart` ended with 1:\n  $& \\n');
  });

  it('may have no values', () => {
    expect(empty()).toBe('it is empty.');
    expect(empty.text()).toBe('it is empty.');
  });

  it('is shown with the names of its values, in words', () => {
    expect(notThere.text()).toBe('there is no stack <stack> in <aws region>.');
    expect(ended.text()).toBe('`dart` ended with <exit code>:\n<output>');
  });

  it('may have another one as a value, a place before it and a hint behind it', () => {
    const unreadable = message`it cannot be read: ${'reason'}`;
    const told = unreadable({ reason: quoted('bad indentation.') });
    expect(andTry(at('serverless.yml:2:1', told), 'fix it')).toBe(
      'serverless.yml:2:1: it cannot be read: bad indentation. Try: fix it',
    );
  });

  it('takes all of its values and no other, which the compiler tells', () => {
    const mistakes: (() => Message)[] = [
      // @ts-expect-error A value is missing.
      () => notThere({ stack: 'shop-dev' }),
      // @ts-expect-error All values are missing.
      () => notThere(),
      // @ts-expect-error It has no such value.
      () => notThere({ stack: 'shop-dev', awsRegion: 'eu-central-1', stage: 'dev' }),
      // @ts-expect-error It has no values.
      () => empty({ stack: 'shop-dev' }),
      // @ts-expect-error A value is a text or a number.
      () => ended({ exitCode: undefined, output: '' }),
      // @ts-expect-error Another text is no message.
      () => 'it is empty.',
    ];
    expect(mistakes).toHaveLength(6);
  });
});
