import type { ContractEnum, ContractField, ContractModel } from '../../service/contract.ts';
import { textOfString } from '../main/declarations.ts';
import type { DartParser, Node } from '../main/parser.ts';
import { docComment } from './doc-comment.ts';
import { expressionOf } from './expressions.ts';
import { readOf, typeOfDart } from './types.ts';

/** Holds what a file of lib/models/ declares. */
export interface ModelLibrary {
  readonly types: readonly (ContractModel | ContractEnum)[];
  /** The types that its functions decode a text to, by the names of the functions. */
  readonly readers: ReadonlyMap<string, string>;
}

/** Reads a library of models, also one that a person wrote or edited, as far as it is known. */
export function readModels(parser: DartParser, file: string, text: string): ModelLibrary {
  return parser.read(text, (root) => {
    const nodes = root.namedChildren.filter((node): node is Node => node !== null);
    return {
      types: nodes.flatMap((node, index) => typesIn(node, file, () => docComment(nodes, index))),
      readers: new Map(nodes.flatMap(readerIn)),
    };
  });
}

function typesIn(node: Node, file: string, about: () => string): (ContractModel | ContractEnum)[] {
  if (node.type === 'class_definition') {
    const name = nameOf(node);
    const fields = fieldsOf(node);
    if (name === undefined || fields === undefined) return [];
    return [{ kind: 'model', name, file, about: about(), fields }];
  }
  const isEnum = node.type === 'extension_type_declaration' || node.type === 'enum_declaration';
  if (!isEnum) return [];
  const name = nameOf(node);
  const values = valuesOf(node);
  if (name === undefined || values.length === 0) return [];
  return [{ kind: 'enum', name, file, values, open: /\bisKnown\b/.test(node.text) }];
}

const nameOf = (node: Node): string | undefined =>
  node.namedChildren.find((child) => /^(type_)?identifier$/.test(child?.type ?? ''))?.text;

/** Reads what `fromJson` reads; undefined for a class without one. */
function fieldsOf(node: Node): readonly ContractField[] | undefined {
  const body = node.namedChildren.find((child) => child?.type === 'class_body');
  const members = body?.namedChildren ?? [];
  const at = members.findIndex((member) => {
    const signature = member?.firstNamedChild;
    const names = signature?.namedChildren.filter((child) => child?.type === 'identifier') ?? [];
    return signature?.type === 'factory_constructor_signature' && names[1]?.text === 'fromJson';
  });
  if (at < 0) return undefined;
  const parameter = /\(\s*Map<String,\s*(?:dynamic|Object\?)>\s+(\w+)/.exec(
    members[at]?.text ?? '',
  );
  const call = expressionOf(members[at + 1]?.namedChildren ?? []);
  return [...(call?.named ?? [])].flatMap(([name, value]) => {
    const read = readOf(value, parameter?.[1] ?? 'json');
    if (read === undefined) return [];
    const { key: jsonName, ...rest } = read;
    return [{ name, jsonName, ...rest }];
  });
}

/** Lists the texts of `static const open = Status('open');`, and the names of an `enum`. */
function valuesOf(node: Node): readonly string[] {
  if (node.type === 'enum_declaration') {
    return node
      .descendantsOfType('enum_constant')
      .flatMap((one) => one?.firstNamedChild?.text ?? []);
  }
  return node.descendantsOfType('static_final_declaration').flatMap((one) => {
    const literal = one?.descendantsOfType('string_literal')[0];
    const isValue = one?.namedChildren[1]?.type !== 'list_literal';
    const text = isValue && literal ? textOfString(literal.text) : undefined;
    return text === undefined ? [] : [text];
  });
}

/** Reads `Order orderFromJson(String text)`. */
function readerIn(node: Node): [string, string][] {
  if (node.type !== 'function_signature') return [];
  const match = /^([\w<>?,\s.]+?)\s+(\w+FromJson)\s*\(\s*String\s+\w+\s*\)/.exec(node.text);
  return match === null ? [] : [[match[2] ?? '', match[1] ?? '']];
}

/** Returns the type that a reader decodes. */
export const readType = typeOfDart;
