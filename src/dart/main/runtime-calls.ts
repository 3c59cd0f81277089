import { argumentsOf, SELECTORS } from './calls.ts';
import type { Node } from './parser.ts';
import { bodyOf, type Place, placeOf, type Registration } from './registrations.ts';

/** Locates a call that prepares a `Runtime`, at its section of a cascade, statement or expression. */
export interface RuntimeCall extends Place {
  readonly method: string;
  /** The source of its first argument. */
  readonly argument: string | undefined;
  readonly form: Registration['form'];
  /** The source of what the method is called on: `runtime`, or `Runtime()`. */
  readonly receiver: string;
  /** The variable that is set to what its cascade returns. */
  readonly variable: string | undefined;
  /** The source of the section, the statement or the expression. */
  readonly text: string;
  /** Where that which it follows ends: the receiver of its cascade, or the statement before it. */
  readonly after: number;
  /** Identifies the body of its function, if it is directly in one. */
  readonly body: number | undefined;
}

const METHODS = new Set(['registerHandler', 'registerEvent', 'use', 'onError', 'onInit']);
const NEW_RUNTIME = /^(\w+\.)?Runtime\(/;

/** Lists the calls that prepare a `Runtime`, in the order of the text. */
export function runtimeCalls(root: Node): readonly RuntimeCall[] {
  return root
    .descendantsOfType(SELECTORS)
    .flatMap((selector) => {
      if (selector === null || !METHODS.has(selector.firstNamedChild?.text ?? '')) return [];
      return selector.type === 'cascade_selector' ? inCascade(selector) : inExpression(selector);
    })
    .sort((a, b) => a.start - b.start);
}

/**
 * Returns the first call on the `Runtime` of a registration, in the same function; undefined if there
 * is no registration that another call could stand beside.
 */
export function firstRuntimeCall(
  root: Node,
  registration: Registration | undefined,
): RuntimeCall | undefined {
  const calls = runtimeCalls(root).filter(({ body }) => body !== undefined);
  const one = calls.find(({ start }) => start === registration?.start);
  if (one === undefined) return undefined;
  const names = [one.receiver, one.variable];
  return calls.find(
    ({ body, receiver, variable }) =>
      body === one.body &&
      (names.includes(receiver) ||
        NEW_RUNTIME.test(receiver) ||
        (variable !== undefined && names.includes(variable))),
  );
}

function inCascade(selector: Node): RuntimeCall[] {
  const section = selector.parent;
  const receiver = section && previous(section, (node) => node.type !== 'cascade_section');
  if (!section || !receiver) return [];
  const base = receiver.type === 'selector' ? previous(receiver, isNoSelector) : receiver;
  if (base === undefined) return [];
  const holder = base.previousNamedSibling;
  const isVariable = holder !== null && /^(identifier|assignable_expression)$/.test(holder.type);
  return [
    {
      ...partsOf(selector, selector.nextNamedSibling, section),
      form: 'cascade',
      receiver: sourceOf(base, receiver),
      variable: isVariable ? holder.text : undefined,
      after: receiver.endIndex,
    },
  ];
}

function inExpression(name: Node): RuntimeCall[] {
  const selector = name.parent;
  const part = selector?.nextNamedSibling ?? null;
  const expression = selector?.parent;
  const receiver = selector?.previousNamedSibling;
  const base = selector && previous(selector, isNoSelector);
  if (!selector || !expression || !receiver || !base) return [];
  const isStatement = expression.type === 'expression_statement' && !part?.nextNamedSibling;
  const before = previous(expression, () => true);
  const parts = partsOf(name, part?.firstNamedChild ?? null, expression);
  return [
    {
      ...parts,
      form: isStatement ? 'statement' : 'expression',
      receiver: sourceOf(base, receiver),
      variable: undefined,
      // Nothing is before it but the brace of its block.
      after: before?.endIndex ?? (expression.parent?.startIndex ?? 0) + 1,
      body: isStatement ? parts.body : undefined,
    },
  ];
}

const partsOf = (selector: Node, call: Node | null, whole: Node) => ({
  ...placeOf(whole),
  method: selector.firstNamedChild?.text ?? '',
  argument: argumentsOf(call)[0]?.text,
  text: whole.text,
  body: bodyOf(selector) === undefined ? undefined : functionBody(selector)?.id,
});

function functionBody(node: Node): Node | undefined {
  for (let at: Node | null = node; at !== null; at = at.parent) {
    if (at.type === 'function_body') return at;
  }
  return undefined;
}

const isNoSelector = ({ type }: Node): boolean => type !== 'selector';

/** Returns the nearest sibling before a node that passes the test and is no comment. */
function previous(node: Node, test: (node: Node) => boolean): Node | undefined {
  for (let at = node.previousNamedSibling; at !== null; at = at.previousNamedSibling) {
    if (!/comment$/.test(at.type) && test(at)) return at;
  }
  return undefined;
}

/** Returns the source from a node to a later sibling. */
function sourceOf(from: Node, to: Node): string {
  const { text = '', startIndex = 0 } = from.parent ?? {};
  return text.slice(from.startIndex - startIndex, to.endIndex - startIndex);
}
