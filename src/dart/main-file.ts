import { NotUnderstoodError } from '../errors.ts';
import { type Declaration, declarationsIn, textOfString } from './declarations.ts';
import type { DartParser, Node } from './parser.ts';

/** A library that registers handlers, as lib/main.dart does. Offsets count from the start of its text. */
export interface MainFile {
  readonly imports: readonly Import[];
  readonly registrations: readonly Registration[];
  readonly declarations: readonly Declaration[];
  /** The last registration that is a statement of a function, and not inside of an `if` or a loop. */
  readonly last: Registration | undefined;
  /** Whether something in it was not understood as Dart, which does not matter where it is. */
  readonly hasError: boolean;
}

export interface Import extends Range {
  readonly uri: string;
  /** `runtime` of `import '...' as runtime;`. */
  readonly prefix: string | undefined;
  /** Of its `show`, if it has one. */
  readonly shown: readonly string[] | undefined;
  /** From 1. */
  readonly line: number;
}

/** A call of `registerHandler`. */
export interface Registration extends Range {
  /** `main.hello`. */
  readonly name: string;
  /** The expression that is registered, `helloApiGateway` mostly. */
  readonly handler: string;
  /** `AwsApiGatewayEvent`, as it is written; undefined when it is left out. */
  readonly eventType: string | undefined;
  /** From 1. */
  readonly line: number;
  /** A section of a cascade, or a statement that ends with a semicolon. */
  readonly form: 'cascade' | 'statement';
  /** What a statement calls the method of: `runtime`. */
  readonly receiver: string;
  /** As in `'main.hello'`. */
  readonly quote: string;
}

/** Of the cascade's section or of the statement. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface ReadOptions {
  /** How messages name the file. */
  readonly file: string;
}

/**
 * Finds what a library imports, declares and registers.
 *
 * @throws NotUnderstoodError naming file, line and column of what cannot be parsed
 */
export function readMainFile(parser: DartParser, text: string, { file }: ReadOptions): MainFile {
  return parser.read(text, (root) => {
    const topLevel = root.namedChildren;
    const selectors = root.descendantsOfType(SELECTORS);
    const plain = selectors.findLast((node) => toRegistration(node).length > 0 && isPlain(node));
    const main: MainFile = {
      imports: topLevel.flatMap(toImport),
      registrations: selectors.flatMap(toRegistration),
      declarations: topLevel.flatMap(declarationsIn),
      last: toRegistration(plain ?? null)[0],
      hasError: root.hasError,
    };
    // What the grammar does not know matters only where something is to be added.
    const broken = main.last
      ? root.children.find((child) => child?.isError || child?.isMissing)
      : firstError(root);
    if (!broken) return main;
    const { row, column } = broken.startPosition;
    throw new NotUnderstoodError(
      `${file}:${row + 1}:${column + 1}: what is written here is not understood as Dart.`,
      'look whether the Dart compiler takes it',
    );
  });
}

/**
 * The registration whose method's name stands at the offset, if the library is
 * understood as well as `before` was. Much faster than reading all of it.
 */
export function registrationAt(
  parser: DartParser,
  text: string,
  offset: number,
  before: MainFile,
): Registration | undefined {
  return parser.read(text, (root) => {
    const selector = root.descendantForIndex(offset)?.parent ?? null;
    if (selector === null || !SELECTORS.includes(selector.type) || !isPlain(selector)) return;
    return root.hasError === before.hasError ? toRegistration(selector)[0] : undefined;
  });
}

function firstError(node: Node): Node | undefined {
  if (node.isError || node.isMissing) return node;
  if (!node.hasError) return undefined;
  for (const child of node.children) {
    const found = child && firstError(child);
    if (found) return found;
  }
  return undefined;
}

function toImport(directive: Node | null): Import[] {
  const specification = directive?.firstNamedChild?.firstNamedChild;
  if (!directive || specification?.type !== 'import_specification') return [];
  const [first, ...others] = specification.namedChildren;
  const uri = first?.firstNamedChild?.text ?? '';
  const show = others.find((child) => child?.type === 'combinator' && /^show\b/.test(child.text));
  return [
    {
      uri: textOfString(uri) ?? uri,
      prefix: others.find((child) => child?.type === 'identifier')?.text,
      shown: show?.namedChildren.map((child) => child?.text ?? ''),
      ...placeOf(directive),
    },
  ];
}

const SELECTORS = ['cascade_selector', 'unconditional_assignable_selector'];

function toRegistration(selector: Node | null): Registration[] {
  if (selector?.lastNamedChild?.text !== 'registerHandler') return [];
  return selector.type === 'cascade_selector' ? inCascade(selector) : inStatement(selector);
}

function inCascade(selector: Node): Registration[] {
  const section = selector.parent;
  const call = callOf(selector.nextNamedSibling);
  if (!section || !call) return [];
  return [
    {
      ...call,
      form: 'cascade',
      receiver: '',
      ...placeOf(section),
    },
  ];
}

function inStatement(name: Node): Registration[] {
  const selector = name.parent;
  const statement = selector?.parent;
  const call = callOf(selector?.nextNamedSibling?.firstNamedChild ?? null);
  if (!selector || statement?.type !== 'expression_statement' || !call) return [];
  const receiver = statement.text.slice(0, selector.startIndex - statement.startIndex);
  return [
    {
      ...call,
      form: 'statement',
      receiver,
      ...placeOf(statement),
    },
  ];
}

const placeOf = (node: Node) => ({
  start: node.startIndex,
  end: node.endIndex,
  line: node.startPosition.row + 1,
});

/** `<AwsApiGatewayEvent>('main.hello', helloApiGateway)` */
function callOf(node: Node | null) {
  if (node?.type !== 'argument_part') return undefined;
  const types = node.namedChildren.find((child) => child?.type === 'type_arguments');
  const args = node.namedChildren.find((child) => child?.type === 'arguments');
  const [first, second] = args?.namedChildren.filter((child) => child?.type === 'argument') ?? [];
  if (!first || !second) return undefined;
  const name = textOfString(first.text);
  if (name === undefined) return undefined;
  const quote = /['"]/.exec(first.text)?.[0] ?? "'";
  return { name, handler: second.text, eventType: types?.text.slice(1, -1).trim(), quote };
}

/** Whether the statement that the node is in is one of a function's own, and understood. */
function isPlain(node: Node | null): boolean {
  for (let at = node; at !== null; at = at.parent) {
    if (at.type === 'function_body') return at.parent?.type === 'program' && !at.hasError;
    if (at.type === 'block') return at.parent?.type === 'function_body' && isPlain(at.parent);
    if (!INSIDE_STATEMENTS.has(at.type)) return false;
  }
  return false;
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
