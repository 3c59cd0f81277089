import { DART_BUILT_IN, DART_RESERVED, WINDOWS_DEVICE, words } from '../util/reserved-words.ts';
import { upperFirst, withoutMarks } from '../util/text.ts';

/**
 * A name for a variable, a field or a function: `createdAt` for `created_at`,
 * `field` for a text that has no letter of the English alphabet.
 *
 * @param taken names that it must not be: it gets a number then
 */
export function lowerCamel(text: string, taken: ReadonlySet<string> = new Set()): string {
  const [first = '', ...rest] = wordsOf(text);
  const name = first.toLowerCase() + rest.map(capital).join('');
  return unique(isKeyword(name) || MEMBERS.has(name) ? `${name}Value` : name, taken);
}

/** A name for a class: `OrderItem` for `order-item`. See {@link lowerCamel}. */
export function upperCamel(text: string, taken: ReadonlySet<string> = new Set()): string {
  const name = wordsOf(text).map(capital).join('');
  return unique(CORE_TYPES.has(name) ? `${name}Value` : name, taken);
}

/** A name for a file, or for a library as which it is imported: `order_item` for `OrderItem`. */
export function snakeCase(text: string): string {
  const name = wordsOf(text)
    .map((word) => word.toLowerCase())
    .join('_');
  return isKeyword(name) || WINDOWS_DEVICE.test(name) ? `${name}_value` : name;
}

/** A text as a Dart literal, for any text. */
export function dartString(text: string): string {
  const escaped = text
    .replace(/[\\'$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // What cannot be seen, and halves of a character, which no file can hold.
    .replace(/[\p{C}\p{Z}]/gu, (character) =>
      character === ' ' ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
  return `'${escaped}'`;
}

/** Longer names are cut: nobody can read them, and they fit on no line. */
const MAX_LENGTH = 60;

/** At least one word, the first of which starts with a letter. */
function wordsOf(text: string): string[] {
  const plain = withoutMarks(text)
    .replace(/[ßæœøłđı]/gi, (letter) => LETTERS[letter.toLowerCase()] as string)
    .slice(0, MAX_LENGTH);
  const words = plain.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? [];
  return /^[A-Za-z]/.test(words[0] ?? '') ? words : ['field', ...words];
}

/** Letters that are not made of a letter and an accent. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

const capital = (word: string): string => upperFirst(word.toLowerCase());

/** By names, the number to try next: names only ever join those that are taken. */
const nextNumbers = new WeakMap<ReadonlySet<string>, Map<string, number>>();

/**
 * The name, or the name with the first number that is free.
 *
 * @param taken the same set each time, to which what comes out is added
 */
export function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const numbers = nextNumbers.get(taken) ?? new Map<string, number>();
  nextNumbers.set(taken, numbers);
  let number = numbers.get(name) ?? 2;
  while (taken.has(`${name}${number}`)) number++;
  numbers.set(name, number);
  return `${name}${number}`;
}

const isKeyword = (name: string): boolean => DART_RESERVED.has(name) || DART_BUILT_IN.has(name);

/** What a field would hide from the code of its class: members of all objects and models, types, helpers. */
const MEMBERS = words(`
  hashCode runtimeType toString noSuchMethod toJson fromJson
  bool double int num
  asBool asDate asDateTime asDouble asInt asList asMap asNum asObject asString asValue
`);

/** The classes of dart:core, which a class of the same name would hide. */
const CORE_TYPES = words(`
  BigInt Comparable DateTime Deprecated Duration Enum Error Exception Expando Finalizer
  FormatException Function Future Invocation Iterable Iterator List Map MapEntry Match Never Null
  Object Pattern Pragma Record RegExp RegExpMatch RuneIterator Runes Set Sink StackTrace Stopwatch
  Stream String StringBuffer StringSink Symbol Type TypeError Uri WeakReference
`);
