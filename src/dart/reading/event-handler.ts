import type { DartParser, Node } from '../main/parser.ts';

/** Describes a handler as far as its declaration shows. */
export interface HandlerSource {
  /** The type of its second parameter, such as `AwsSqsEvent`; undefined if it has none. */
  readonly eventType: string | undefined;
  /** Whether it says which records of a batch have failed. */
  readonly reportsFailures: boolean;
}

/** What a handler uses that returns the failures of a batch. */
const REPORTS = /^(BatchResponse|processBatch|batchItemFailures)$/;

/** Reads the top-level function, or the variable that holds one; undefined if there is none. */
export function readEventHandler(
  parser: DartParser,
  library: string,
  name: string,
): HandlerSource | undefined {
  return parser.read(library, (root) => {
    const parts = declarationOf(root, name);
    const [list] = parts.flatMap((part) => part.descendantsOfType('formal_parameter_list'));
    if (!list) return undefined;
    const words = parts.flatMap((part) =>
      part.descendantsOfType(['identifier', 'type_identifier', 'string_literal']),
    );
    return {
      eventType: typeOf(list.namedChildren[1] ?? null),
      reportsFailures: words.some((word) => REPORTS.test(word?.text.replace(/['"]/g, '') ?? '')),
    };
  });
}

/** Returns the nodes of a declaration: the signature and the body, or the variable. */
function declarationOf(root: Node, name: string): readonly Node[] {
  for (const node of root.namedChildren) {
    if (node?.type === 'function_signature') {
      if (node.childForFieldName('name')?.text !== name) continue;
      const body = node.nextNamedSibling;
      return body?.type === 'function_body' ? [node, body] : [node];
    }
    const variable = node?.namedChildren.find(
      (child) => VARIABLES.includes(child?.type ?? '') && child?.firstNamedChild?.text === name,
    );
    if (variable) return [variable];
  }
  return [];
}

const VARIABLES = ['static_final_declaration', 'initialized_identifier'];

/** Returns the type of a parameter; undefined if it is left to be inferred. */
function typeOf(parameter: Node | null): string | undefined {
  const name = parameter?.lastNamedChild;
  if (parameter?.type !== 'formal_parameter' || name?.type !== 'identifier') return undefined;
  const type = parameter.text.slice(0, name.startIndex - parameter.startIndex).trim();
  return type.replace(/^(final|covariant)\s+/, '') || undefined;
}
