import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { readCompressed } from '../../util/compressed.ts';

export type { Node };

/** Parses Dart, even with syntax errors, which `hasError` of a node reports. */
export interface DartParser {
  /**
   * Parses a text and returns what `use` finds in its syntax tree, which is freed
   * afterwards. Offsets count UTF-16 units, as in JavaScript strings.
   */
  read<T>(text: string, use: (root: Node) => T): T;
}

let loading: Promise<DartParser> | undefined;

/** Loads the grammar (https://github.com/UserNobody14/tree-sitter-dart), once. */
export function loadDartParser(): Promise<DartParser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<DartParser> {
  // Both files are beside this one, in src/dart/main/ and in the bundle.
  const pathOf = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url));
  await Parser.init({ locateFile: pathOf });
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readCompressed(pathOf('tree-sitter-dart.wasm.gz'))));
  return {
    read(text, use) {
      // A byte order mark would be a syntax error; a space in its place keeps the offsets.
      const tree = parser.parse(text.replace(/^\uFEFF/, ' '));
      if (tree === null) throw new Error('the Dart parser has no language');
      try {
        return use(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
  };
}
