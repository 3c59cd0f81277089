import fc from 'fast-check';
import { afterEach, expect } from 'vitest';
import { InvalidValueError, UserError } from '../../src/errors.ts';

/** The same inputs in every run: a failure can be looked into. */
export const seed = 20_261_124;

/** So that no text here looks like a template of JavaScript. */
export const dollar = '$';

/** Texts that mean something to a shell, to YAML, osls, Dart, Make, Handlebars, JavaScript or a terminal. */
export const HOSTILE = [
  ...['"', "'", "'''", '"""', '`', '\\', '\n', '\r', '\r\n', '\t', '\0', '\u2028', '\u0085'],
  ...[
    `${dollar}(touch x)`,
    '`touch x`',
    `${dollar}HOME`,
    ';touch x',
    '|| x',
    '& x',
    '> x',
    '!!',
    '~',
  ],
  ...[`${dollar}{env:HOME}`, `${dollar}{file(../../etc/passwd)}`, `${dollar}{self:}`, `${dollar}{`],
  ...[
    '!!js/function "x"',
    '!Ref x',
    '&a ',
    '*a',
    ': ',
    ' #',
    '- ',
    '? ',
    '{a: b}',
    '[a]',
    '%TAG',
    '---',
  ],
  ...[
    '#{1}',
    `${dollar}{1}`,
    '{{name}}',
    '{{{name}}}',
    '{{> x}}',
    '%s',
    '%n',
    '*/',
    '//',
    '/*',
    "r'",
  ],
  ...[`${dollar}(shell touch x)`, `${dollar}@`, `${dollar}${dollar}`, '\n\ttouch x', 'x:=y'],
  ...['..', '../..', '/', '/etc/passwd', 'C:\\x', '\\\\host\\x', './', '.', '-rf', '--force', '-'],
  ...['\u202Egpj', '\u200B', '\u001B[2J', 'Zoë', '日本', '🙂', '', ' ', 'x'.repeat(3000)],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '@x', 'NaN', '1e3', '0x10'],
];

/** A hostile text, or some of them in one. */
export const hostile = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.stringMatching(/^[a-z0-9]{1,4}$/)), {
      minLength: 2,
      maxLength: 4,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 10 }),
);

/** Mostly what is good, so that what is not can reach the files. */
export const mostly = (...good: string[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...good) }, { weight: 1, arbitrary: hostile });

/** What `read` makes of an input; undefined when it refuses it as the command line does. */
export function unlessRefused<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidValueError || error instanceof UserError) return undefined;
    throw error;
  }
}

/** The variables that osls would replace. */
export const variables = (yaml: string): string[] => yaml.match(/\$\{[^}]*\}?/g) ?? [];

/** After each test: nothing has got into what all objects have. */
export function watchPrototypes(): void {
  const names = () => Object.getOwnPropertyNames(Object.prototype).join();
  const before = names();
  afterEach(() => expect(names()).toBe(before));
}
