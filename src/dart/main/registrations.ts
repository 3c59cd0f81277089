import { argumentsOf, calledBy, namedArgument, SELECTORS, typeArgument } from './calls.ts';
import { textOfString } from './declarations.ts';
import { eventTypesIn } from './event-types.ts';
import type { Node } from './parser.ts';

/** Locates code: offsets in UTF-16 units from the start of the text, and the line from 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Describes a `registerHandler` call whose handler name is known, at its section or statement. */
export interface Registration extends Place {
  /** `main.hello`. */
  readonly name: string;
  /** The registered expression, such as `helloApiGateway`. */
  readonly handler: string;
  /** As written, such as `AwsApiGatewayEvent`; undefined if it is left out. */
  readonly eventType: string | undefined;
  /** What reads its event, such as `AwsSqsEvent.fromJson`; undefined if nothing is named. */
  readonly event: string | undefined;
  /** A section of a cascade, a statement with its semicolon, or a part of another expression. */
  readonly form: 'cascade' | 'statement' | 'expression';
  /** The expression that a statement calls the method on, such as `runtime`. */
  readonly receiver: string;
  /** The quotation mark around the name. */
  readonly quote: string;
}

/** Locates a string that may name a handler, with what is beside it: `'main.hello': hello`. */
export interface Mention {
  readonly name: string;
  /** The expression after it; '' if there is none. */
  readonly handler: string;
  /** From 1. */
  readonly line: number;
}

/** Lists what a library registers. */
export interface Registered {
  readonly registrations: readonly Registration[];
  /**
   * The last registration that another can follow: in the body of a function, else of a method,
   * and not inside an `if` or a loop.
   */
  readonly last: Registration | undefined;
  /** Uses of `registerHandler` with unknown names: in a loop over a map, in a helper function. */
  readonly unread: readonly Place[];
  /** Strings that such a use may take as names. */
  readonly mentions: readonly Mention[];
  /** The types that `registerEvent` reads, such as `AwsSqsEvent`. */
  readonly eventTypes: readonly string[];
}

const METHOD = 'registerHandler';

/** Finds what the library of that syntax tree registers. */
export function registeredIn(root: Node): Registered {
  const constants = constantTexts(root);
  const uses = root
    .descendantsOfType('identifier')
    .filter((node): node is Node => node?.text === METHOD && node.parent?.type !== DECLARATION);
  const read = uses.flatMap((node) => {
    const registration = toRegistration(node.parent, constants);
    return registration === undefined ? [] : [{ node, registration }];
  });
  const registrations = read.map(({ registration }) => registration);
  const plain = (where: string) =>
    read.findLast(
      ({ node, registration }) =>
        registration.form !== 'expression' && bodyOf(node.parent) === where,
    );
  const names = new Set(registrations.map(({ name }) => name));
  const known = new Set(read.map(({ node }) => node.id));
  return {
    registrations,
    last: (plain('function') ?? plain('method'))?.registration,
    unread: uses.filter(({ id }) => !known.has(id)).map(placeOf),
    mentions: mentionsIn(root, names),
    eventTypes: eventTypesIn(root),
  };
}

/** Returns the registration whose method's name is at the offset, if another can follow it. */
export function plainRegistrationAt(root: Node, offset: number): Registration | undefined {
  const selector = root.descendantForIndex(offset)?.parent ?? null;
  if (bodyOf(selector) === undefined) return undefined;
  const found = toRegistration(selector, new Map());
  return found?.form === 'expression' ? undefined : found;
}

/** Matches `void registerHandler(...)`, which is not a use of it. */
const DECLARATION = 'function_signature';

function toRegistration(selector: Node | null, constants: Constants): Registration | undefined {
  if (!selector || !SELECTORS.includes(selector.type)) return undefined;
  return selector.type === 'cascade_selector'
    ? inCascade(selector, constants)
    : inExpression(selector, constants);
}

function inCascade(selector: Node, constants: Constants): Registration | undefined {
  const section = selector.parent;
  const call = callOf(calledBy(selector), constants);
  if (!section || !call) return undefined;
  return { ...call, form: 'cascade', receiver: '', ...placeOf(section) };
}

function inExpression(name: Node, constants: Constants): Registration | undefined {
  const selector = name.parent;
  const part = selector?.nextNamedSibling ?? null;
  const expression = selector?.parent;
  const call = callOf(calledBy(name), constants);
  if (!selector || !expression || !call) return undefined;
  if (expression.type !== 'expression_statement' || part?.nextNamedSibling) {
    return { ...call, form: 'expression', receiver: '', ...placeOf(selector) };
  }
  const receiver = expression.text.slice(0, selector.startIndex - expression.startIndex);
  return { ...call, form: 'statement', receiver, ...placeOf(expression) };
}

export const placeOf = (node: Node): Place => ({
  start: node.startIndex,
  end: node.endIndex,
  line: node.startPosition.row + 1,
});

/** Reads `<AwsApiGatewayEvent>('main.hello', helloApiGateway)`; undefined without a known name. */
function callOf(node: Node | null, constants: Constants) {
  const [first, second] = argumentsOf(node);
  if (!node || !first || !second) return undefined;
  const literal = constants.get(first.text.split('.').at(-1) ?? '') ?? first.text;
  const name = textOfString(literal);
  if (name === undefined) return undefined;
  const quote = /['"]/.exec(literal)?.[0] ?? "'";
  const event = namedArgument(node, 'event');
  return { name, handler: second.text, eventType: typeArgument(node), event, quote };
}

/** Maps the names of constants to their string literals. */
type Constants = ReadonlyMap<string, string>;

/** Finds the string constants of a library, its classes and functions that share no name. */
function constantTexts(root: Node): Constants {
  const found = new Map<string, string | undefined>();
  for (const node of root.descendantsOfType([...CONSTANTS, ...VARIABLES])) {
    if (node === null) continue;
    for (const name of node.namedChildren.filter((child) => child?.type === 'identifier')) {
      const value = name?.nextNamedSibling;
      const isText = value?.type === 'string_literal' && isConstant(node);
      if (name) found.set(name.text, isText && !found.has(name.text) ? value.text : undefined);
    }
  }
  return new Map([...found].flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

const CONSTANTS = ['static_final_declaration', 'initialized_variable_definition'];
/** Lists other nodes that declare a name, which may hide a constant. */
const VARIABLES = [
  'constant_pattern',
  'for_loop_parts',
  'formal_parameter',
  'initialized_identifier',
  'variable_pattern',
];

const isConstant = ({ type, text }: Node): boolean =>
  type === CONSTANTS[0] || (type === CONSTANTS[1] && /^(const|final)\b/.test(text));

/** Matches what may be a string that names a handler. */
const NAMES = /['"]([\w$]+\.[\w$]+)(?=['"])/g;
const NAME = /^[\w$]+\.[\w$]+$/;

/** Finds the strings that may name a handler, besides the registered names. */
function mentionsIn(root: Node, registered: ReadonlySet<string>): Mention[] {
  // Most libraries have none, and the search of the tree is slow.
  const mayHave = [...root.text.matchAll(NAMES)].some(([, name = '']) => !registered.has(name));
  if (!mayHave) return [];
  return root.descendantsOfType('string_literal').flatMap((literal) => {
    const name = textOfString(literal?.text ?? '');
    if (literal === null || name === undefined || registered.has(name) || !NAME.test(name))
      return [];
    const holder = /^(argument|record_field)$/.test(literal.parent?.type ?? '')
      ? literal.parent
      : literal;
    return [{ name, handler: holder?.nextNamedSibling?.text ?? '', line: placeOf(literal).line }];
  });
}

/**
 * Returns whether the node's statement is directly in the body of a function or of a method;
 * undefined if it is in neither or the body has a syntax error.
 */
export function bodyOf(node: Node | null): 'function' | 'method' | undefined {
  for (let at = node; at !== null; at = at.parent) {
    if (at.type === 'block') at = at.parent;
    if (at?.type === 'function_body') {
      if (at.hasError) return undefined;
      if (at.parent?.type === 'program') return 'function';
      return at.parent?.type === 'class_body' ? 'method' : undefined;
    }
    if (at === null || !INSIDE_STATEMENTS.has(at.type)) return undefined;
  }
  return undefined;
}

const INSIDE_STATEMENTS = new Set([
  'cascade_selector',
  'cascade_section',
  'unconditional_assignable_selector',
  'selector',
  'expression_statement',
  'local_variable_declaration',
  'initialized_variable_definition',
  'unary_expression',
  'await_expression',
  'parenthesized_expression',
  'return_statement',
]);
