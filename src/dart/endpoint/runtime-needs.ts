import { argumentsOf } from '../main/calls.ts';
import type { DartParser, Node } from '../main/parser.ts';
import { FIELD_DECODERS, FIELD_READERS, READERS, TEXT_DECODERS } from '../model/code.ts';
import { LIST_READERS } from './inputs.ts';

const withOrNull = (names: readonly string[]) => names.flatMap((name) => [name, `${name}OrNull`]);

/** Lists the functions of lib/runtime/ that generated code uses, by the files that declare them. */
export const USED: Readonly<Record<string, readonly string[]>> = {
  'lib/runtime/json_fields.dart': [
    ...withOrNull([...Object.values(READERS), ...Object.values(FIELD_READERS)]),
    ...['field', 'optional', 'decodeJson'],
    ...Object.values(FIELD_DECODERS).sort(),
  ],
  'lib/runtime/api_gateway_event.dart': ['read'],
  'lib/runtime/json_model.dart': ['valueOr'],
  'lib/runtime/json_texts.dart': [
    ...Object.values(TEXT_DECODERS).sort(),
    ...['toJsonDate', 'toJsonDateTime'],
  ],
  'lib/runtime/parameters.dart': [
    ...withOrNull(Object.values(READERS)),
    ...Object.values(LIST_READERS),
  ],
};

/** Names a function that a file of the runtime lacks, or has with too few parameters. */
export interface Lack {
  readonly path: string;
  readonly name: string;
}

/**
 * Finds a function that new code uses and the runtime of an older service lacks, or has with too
 * few parameters; undefined if there is none.
 *
 * @param code the texts of the new files
 * @param runtime the texts of the files of lib/runtime/ that they need, by path
 */
export function lackIn(
  code: readonly string[],
  runtime: ReadonlyMap<string, string>,
  parser: DartParser,
): Lack | undefined {
  const uses = code.map((text) => parser.read(text, callsIn));
  for (const [path, names] of Object.entries(USED)) {
    const source = runtime.get(path);
    if (source === undefined) continue;
    const declared = parser.read(source, parametersIn);
    for (const name of names) {
      const most = Math.max(-1, ...uses.map((calls) => calls.get(name) ?? -1));
      if (most > (declared.get(name) ?? -1)) return { path, name };
    }
  }
  return undefined;
}

/** Maps each name that a library uses to the most positional arguments that it is called with. */
function callsIn(root: Node): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const node of root.descendantsOfType('identifier')) {
    if (node === null) continue;
    const isSelected = node.parent?.type === 'unconditional_assignable_selector';
    const next = (isSelected ? node.parent?.parent : node)?.nextNamedSibling;
    const count = argumentsOf(next?.type === 'selector' ? next.firstNamedChild : null).length;
    found.set(node.text, Math.max(found.get(node.text) ?? 0, count));
  }
  return found;
}

/** Maps each function and method of a library to its number of parameters. */
function parametersIn(root: Node): ReadonlyMap<string, number> {
  return new Map(
    root.descendantsOfType('function_signature').flatMap((signature) => {
      const name = signature?.childForFieldName('name')?.text;
      const list = signature?.namedChildren.find(
        (child) => child?.type === 'formal_parameter_list',
      );
      if (name === undefined || !list) return [];
      const parameters = list.namedChildren.flatMap((child) =>
        child?.type === 'optional_formal_parameters' ? child.namedChildren : [child],
      );
      return [[name, parameters.filter((child) => child?.type === 'formal_parameter').length]];
    }),
  );
}
