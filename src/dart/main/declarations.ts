import { posix } from 'node:path';
import type { DartParser, Node } from './parser.ts';

/** Names a top-level declaration of a library. */
export interface Declaration {
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

const NAMED = new Set([
  'class_definition',
  'enum_declaration',
  'extension_declaration',
  'extension_type_declaration',
  'function_signature',
  'getter_signature',
  'mixin_application_class',
  'mixin_declaration',
  'setter_signature',
  'type_alias',
  'initialized_identifier',
  'static_final_declaration',
]);
const LISTS = new Set(['initialized_identifier_list', 'static_final_declaration_list']);

/** Lists the classes, functions and variables of a library, as far as it can be parsed. */
export function topLevelDeclarations(parser: DartParser, text: string): readonly Declaration[] {
  return parser.read(text, (root) => root.namedChildren.flatMap(declarationsIn));
}

/** Lists what a node at the top level declares. */
export function declarationsIn(node: Node | null): readonly Declaration[] {
  if (node === null) return [];
  if (LISTS.has(node.type)) return node.namedChildren.flatMap(declarationsIn);
  // `class A = B with C;`
  const inner = node.namedChildren.find((child) => child?.type === 'mixin_application_class');
  if (inner) return declarationsIn(inner);
  if (!NAMED.has(node.type)) return [];
  const name =
    node.childForFieldName('name') ??
    node.namedChildren.find((child) => /^(type_)?identifier$/.test(child?.type ?? ''));
  return name ? [{ name: name.text, line: name.startPosition.row + 1 }] : [];
}

/** Lists the libraries and parts that a library imports, exports or names, conditional ones too. */
export function importsOf(parser: DartParser, text: string): readonly string[] {
  return parser.read(text, (root) =>
    root.namedChildren
      .filter((child) => child !== null && DIRECTIVES.has(child.type))
      .flatMap((directive) => directive?.descendantsOfType('uri') ?? [])
      .flatMap((uri) => (uri === null ? [] : [textOfString(uri.text) ?? uri.text])),
  );
}

const DIRECTIVES = new Set(['import_or_export', 'part_directive', 'part_of_directive']);

/** Returns whether a library has the text as a string literal, not only in a comment. */
export function hasString(parser: DartParser, library: string, text: string): boolean {
  if (!library.includes(text)) return false;
  return parser.read(library, (root) =>
    root
      .descendantsOfType('string_literal')
      .some((node) => textOfString(node?.text ?? '') === text),
  );
}

/** Returns the text of a string literal; undefined if it has escapes, `$` or more than one part. */
export function textOfString(source: string): string | undefined {
  const match = /^(r?)('''|"""|'|")([\s\S]*)\2$/.exec(source);
  if (match === null) return undefined;
  const [, raw, quote = '', text = ''] = match;
  return text.includes(quote) || (raw === '' && /[\\$]/.test(text)) ? undefined : text;
}

/**
 * Resolves a URI to a file of this package, relative to the package's root: `lib/a.dart` for
 * `package:hello/a.dart`. Undefined for libraries of other packages.
 */
export function resolveUri(
  uri: string,
  { from, package: packageName }: { readonly from: string; readonly package: string },
): string | undefined {
  const own = `package:${packageName}/`;
  if (uri.startsWith(own)) return posix.normalize(`lib/${uri.slice(own.length)}`);
  if (/^(\/|[a-z][a-z0-9+.-]*:)/i.test(uri)) return undefined;
  const path = posix.join(posix.dirname(from), uri);
  return path.startsWith('../') ? undefined : path;
}
