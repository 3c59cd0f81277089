import { textOfString } from './declarations.ts';
import type { Node } from './parser.ts';

/** A place in a text: offsets from its start, and the line from 1. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** A call of `registerHandler` whose name is known. Its place is that of the section or the statement. */
export interface Registration extends Place {
  /** `main.hello`. */
  readonly name: string;
  /** The expression that is registered, `helloApiGateway` mostly. */
  readonly handler: string;
  /** `AwsApiGatewayEvent`, as it is written; undefined when it is left out. */
  readonly eventType: string | undefined;
  /** A section of a cascade, a statement that ends with a semicolon, or a part of another expression. */
  readonly form: 'cascade' | 'statement' | 'expression';
  /** What a statement calls the method of: `runtime`. */
  readonly receiver: string;
  /** As in `'main.hello'`. */
  readonly quote: string;
}

/** A text that may be the name of a handler, and what stands beside it: `'main.hello': hello`. */
export interface Mention {
  readonly name: string;
  /** The expression after it, if there is one. */
  readonly handler: string;
  /** From 1. */
  readonly line: number;
}

/** What a library registers. */
export interface Registered {
  readonly registrations: readonly Registration[];
  /**
   * The last registration after which another one may go: in the body of a function or else
   * a method, and not inside of an `if` or a loop.
   */
  readonly last: Registration | undefined;
  /** Uses of `registerHandler` whose names are not known here: in a loop over a map, by a helper function. */
  readonly unread: readonly Place[];
  /** Texts that such a use may take as names. */
  readonly mentions: readonly Mention[];
}

const METHOD = 'registerHandler';
const SELECTORS = ['cascade_selector', 'unconditional_assignable_selector'];

/** What the library of that syntax tree registers. */
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
    mentions: mentionsIn(root).filter(({ name }) => !names.has(name)),
  };
}

/** The registration whose method's name stands at the offset, where another one may follow. */
export function plainRegistrationAt(root: Node, offset: number): Registration | undefined {
  const selector = root.descendantForIndex(offset)?.parent ?? null;
  if (bodyOf(selector) === undefined) return undefined;
  const found = toRegistration(selector, new Map());
  return found?.form === 'expression' ? undefined : found;
}

/** `void registerHandler(...)`, which is no use of it. */
const DECLARATION = 'function_signature';

function toRegistration(selector: Node | null, constants: Constants): Registration | undefined {
  if (!selector || !SELECTORS.includes(selector.type)) return undefined;
  return selector.type === 'cascade_selector'
    ? inCascade(selector, constants)
    : inExpression(selector, constants);
}

function inCascade(selector: Node, constants: Constants): Registration | undefined {
  const section = selector.parent;
  const call = callOf(selector.nextNamedSibling, constants);
  if (!section || !call) return undefined;
  return { ...call, form: 'cascade', receiver: '', ...placeOf(section) };
}

function inExpression(name: Node, constants: Constants): Registration | undefined {
  const selector = name.parent;
  const part = selector?.nextNamedSibling ?? null;
  const expression = selector?.parent;
  const call = callOf(part?.firstNamedChild ?? null, constants);
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

/** `<AwsApiGatewayEvent>('main.hello', helloApiGateway)` */
function callOf(node: Node | null, constants: Constants) {
  if (node?.type !== 'argument_part') return undefined;
  const types = node.namedChildren.find((child) => child?.type === 'type_arguments');
  const args = node.namedChildren.find((child) => child?.type === 'arguments');
  const [first, second] = args?.namedChildren.filter((child) => child?.type === 'argument') ?? [];
  if (!first || !second) return undefined;
  const literal = constants.get(first.text.split('.').at(-1) ?? '') ?? first.text;
  const name = textOfString(literal);
  if (name === undefined) return undefined;
  const quote = /['"]/.exec(literal)?.[0] ?? "'";
  return { name, handler: second.text, eventType: types?.text.slice(1, -1).trim(), quote };
}

/** String literals by the names of the constants that hold them. */
type Constants = ReadonlyMap<string, string>;

/** The constants of a library, its classes and its functions that are texts, if nothing else has their names. */
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
/** What else declares a name that may hide the constant's. */
const VARIABLES = [
  'constant_pattern',
  'for_loop_parts',
  'formal_parameter',
  'initialized_identifier',
  'variable_pattern',
];

const isConstant = ({ type, text }: Node): boolean =>
  type === CONSTANTS[0] || (type === CONSTANTS[1] && /^(const|final)\b/.test(text));

function mentionsIn(root: Node): Mention[] {
  return root.descendantsOfType('string_literal').flatMap((literal) => {
    const name = textOfString(literal?.text ?? '');
    if (literal === null || name === undefined || !/^[\w$]+\.[\w$]+$/.test(name)) return [];
    const holder = /^(argument|record_field)$/.test(literal.parent?.type ?? '')
      ? literal.parent
      : literal;
    return [{ name, handler: holder?.nextNamedSibling?.text ?? '', line: placeOf(literal).line }];
  });
}

/**
 * Whether the statement that the node is in is one of a function's or of a method's own, and
 * understood; undefined where it is not.
 */
function bodyOf(node: Node | null): 'function' | 'method' | undefined {
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
