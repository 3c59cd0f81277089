import { SELECTORS } from './calls.ts';
import type { DartParser, Node } from './parser.ts';
import { type Place, placeOf } from './registrations.ts';

/** Locates a call that may register handlers: it is given a `Runtime`, or extends one. */
interface Handed extends Place {
  /** The name of what is called, without a prefix: `setUp` of `orders.setUp(runtime)`. */
  readonly name: string;
}

/** Lists the members of `Runtime` itself, none of which registers a handler unseen. */
const OWN = new Set([
  'registerHandler',
  'deregisterHandler',
  'handlerExists',
  'registerEvent',
  'deregisterEvent',
  'use',
  'onError',
  'onInit',
  'invoke',
]);

const NEW_RUNTIME = /^(\w+\.)?Runtime\(/;
const CALLED = ['argument', 'named_argument'];
const VARIABLES = [
  'formal_parameter',
  'initialized_identifier',
  'initialized_variable_definition',
  'static_final_declaration',
];

/** Finds where a library passes a `Runtime` to other code. Takes as long as all other reading. */
export const handedRuntimes = (parser: DartParser, text: string): readonly Handed[] =>
  parser.read(text, handedIn);

function handedIn(root: Node): readonly Handed[] {
  const variables = variablesIn(root);
  const isRuntime = (text: string): boolean => variables.has(text) || NEW_RUNTIME.test(text);
  const given = root.descendantsOfType(CALLED).flatMap((argument): Handed[] => {
    const value = argument?.text.replace(/^\w+:\s*/, '') ?? '';
    const call = argument && isRuntime(value) ? callOf(argument) : null;
    const name = call?.previousNamedSibling?.text.match(/\w+$/)?.[0];
    return call && name ? [{ name, ...placeOf(call) }] : [];
  });
  const added = root.descendantsOfType(SELECTORS).flatMap((selector): Handed[] => {
    const name = selector?.firstNamedChild?.text ?? '';
    const part = selector?.parent;
    if (!selector || !part || OWN.has(name) || !isRuntime(receiverOf(part))) return [];
    return [{ name, ...placeOf(selector) }];
  });
  return [...given, ...added].sort((a, b) => a.start - b.start);
}

/** Collects the names of variables and parameters that hold a `Runtime`. */
function variablesIn(root: Node): ReadonlySet<string> {
  return new Set(
    root.descendantsOfType(VARIABLES).flatMap((node) => {
      const [, typed] = /\bRuntime\??\s+(\w+)/.exec(node?.text ?? '') ?? [];
      const [, made] = /^[^=]*?(\w+)\s*=\s*(?:\w+\.)?Runtime\(/.exec(node?.text ?? '') ?? [];
      return [typed, made].filter((name) => name !== undefined);
    }),
  );
}

/** Returns the node with the arguments of a call, which follows the name of what is called. */
function callOf(argument: Node): Node | null {
  const part = argument.parent?.parent ?? null;
  return part?.parent?.type === 'selector' ? part.parent : part;
}

/** Returns the expression that a cascade section or a selector applies to; '' if there is none. */
function receiverOf(part: Node): string {
  let first = part.previousNamedSibling;
  while (first !== null && part.type === 'cascade_section' && first.type === part.type) {
    first = first.previousNamedSibling;
  }
  if (first === null) return '';
  const before = first.type === 'selector' ? first.previousNamedSibling : null;
  return before === null ? first.text : `${before.text}${first.text}`;
}
