import type { Node } from './parser.ts';
import { type Place, placeOf } from './registrations.ts';

/** A call that is given a `Runtime`, or that something adds to it: it may register handlers. */
export interface Handed extends Place {
  /** What is called, without a prefix: `setUp` of `orders.setUp(runtime)`. */
  readonly name: string;
}

/** What a `Runtime` has itself: none of it registers a handler that is not seen. */
const OWN = new Set(['registerHandler', 'registerEvent', 'onInit', 'invoke']);

const NEW_RUNTIME = /^(\w+\.)?Runtime\(/;
const CALLED = new Set(['argument', 'named_argument']);
const VARIABLES = [
  'formal_parameter',
  'initialized_identifier',
  'initialized_variable_definition',
  'static_final_declaration',
];

/** Finds where the library of that syntax tree gives a `Runtime` to something else. */
export function handedIn(root: Node): readonly Handed[] {
  const variables = variablesIn(root);
  const isRuntime = (text: string): boolean => variables.has(text) || NEW_RUNTIME.test(text);
  const given = root.descendantsOfType([...CALLED]).flatMap((argument): Handed[] => {
    const value = argument?.text.replace(/^\w+:\s*/, '') ?? '';
    const call = argument && isRuntime(value) ? callOf(argument) : null;
    const name = call?.previousNamedSibling?.text.match(/\w+$/)?.[0];
    return call && name ? [{ name, ...placeOf(call) }] : [];
  });
  const added = root
    .descendantsOfType(['cascade_selector', 'unconditional_assignable_selector'])
    .flatMap((selector): Handed[] => {
      const name = selector?.firstNamedChild?.text ?? '';
      const part = selector?.parent;
      if (!selector || !part || OWN.has(name) || !isRuntime(receiverOf(part))) return [];
      return [{ name, ...placeOf(selector) }];
    });
  return [...given, ...added].sort((a, b) => a.start - b.start);
}

/** The names of variables and parameters that are a `Runtime`. */
function variablesIn(root: Node): ReadonlySet<string> {
  return new Set(
    root.descendantsOfType(VARIABLES).flatMap((node) => {
      const [, typed] = /\bRuntime\??\s+(\w+)/.exec(node?.text ?? '') ?? [];
      const [, made] = /^[^=]*?(\w+)\s*=\s*(?:\w+\.)?Runtime\(/.exec(node?.text ?? '') ?? [];
      return [typed, made].filter((name) => name !== undefined);
    }),
  );
}

/** The arguments of a call, as what follows the name of what is called. */
function callOf(argument: Node): Node | null {
  const part = argument.parent?.parent ?? null;
  return part?.parent?.type === 'selector' ? part.parent : part;
}

/** What the section of a cascade, or a selector, is applied to. */
function receiverOf(part: Node): string {
  let first = part.previousNamedSibling;
  while (first !== null && part.type === 'cascade_section' && first.type === part.type) {
    first = first.previousNamedSibling;
  }
  if (first === null) return '';
  const before = first.type === 'selector' ? first.previousNamedSibling : null;
  return before === null ? first.text : `${before.text}${first.text}`;
}
