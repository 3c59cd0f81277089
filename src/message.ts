/**
 * Defines the messages that say something is wrong. Each stands in the `messages.ts` of its folder;
 * docs/troubleshooting.md takes their texts from there, and adds causes and remedies. An error is a
 * sentence and ends with a full stop. A warning of one sentence has none, nor has a reason, which
 * another message takes as a value.
 */

declare const made: unique symbol;

/** A text that a user can look up in docs/troubleshooting.md. Only {@link message} makes one. */
export type Message = string & { readonly [made]: true };

/** What is only known when the program runs, such as a path. */
type Value = string | number;

/** Writes a message with its values. */
export interface MessageTemplate<Name extends string> {
  (...values: [Name] extends [never] ? [] : [Readonly<Record<Name, Value>>]): Message;
  /** Returns the text with the names of its values in their place: `there is no <path>.`. */
  text(): string;
}

/**
 * Defines a message. Its values have names, by which documentation shows them:
 * ``message`there is no ${'path'}.` `` is called with `{ path }`.
 */
export function message<const Name extends string = never>(
  texts: TemplateStringsArray,
  ...names: readonly Name[]
): MessageTemplate<Name> {
  const fill = (valueFor: (name: Name) => Value) =>
    String.raw({ raw: texts }, ...names.map(valueFor)) as Message;
  return Object.assign(
    (...[values]: readonly Readonly<Record<Name, Value>>[]) =>
      fill((name) => (values as Readonly<Record<Name, Value>>)[name]),
    { text: () => fill((name) => `<${wordsOf(name)}>`) },
  );
}

const wordsOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Takes over a text of another program, which no page of ours can list. */
export const quoted = (text: string): Message => text as Message;

/** Makes a sentence of its own of a reason, which has no full stop inside of another message. */
export const asSentence = (reason: Message): Message => `${reason}.` as Message;

/** Puts in front of a message what it is about: the place in a file, or the flag. */
export const at = (place: string, message: Message): Message => `${place}: ${message}` as Message;

/** Puts behind a message what to try next. */
export const andTry = (message: Message, hint: string): Message =>
  `${message} Try: ${hint}` as Message;
