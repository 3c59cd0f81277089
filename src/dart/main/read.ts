import { NotUnderstoodError } from '../../errors.ts';
import { type Declaration, declarationsIn, textOfString } from './declarations.ts';
import { type Handed, handedIn } from './handed-runtime.ts';
import type { DartParser, Node } from './parser.ts';
import {
  type Place,
  placeOf,
  plainRegistrationAt,
  type Registered,
  type Registration,
  registeredIn,
} from './registrations.ts';

/** The file that registers the handlers of `main.<name>`. */
export const MAIN_FILE = 'lib/main.dart';

/** A library that registers handlers, as lib/main.dart does. Offsets count from the start of its text. */
export interface MainFile extends Registered {
  readonly imports: readonly Import[];
  readonly declarations: readonly Declaration[];
  /** Where a library that imports a package gives a `Runtime` to something, which may register too. */
  readonly handed: readonly Handed[];
  /** Whether something in it was not understood as Dart, which does not matter where it is. */
  readonly hasError: boolean;
}

export interface Import extends Place {
  readonly uri: string;
  /** `runtime` of `import '...' as runtime;`. */
  readonly prefix: string | undefined;
  /** Of its `show`, if it has one. */
  readonly shown: readonly string[] | undefined;
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
    const imports = topLevel.flatMap(toImport);
    const main: MainFile = {
      ...registeredIn(root),
      imports,
      declarations: topLevel.flatMap(declarationsIn),
      // Searching takes as long as all the rest.
      handed: imports.some(({ uri }) => uri.startsWith('package:')) ? handedIn(root) : [],
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
  return parser.read(text, (root) =>
    root.hasError === before.hasError ? plainRegistrationAt(root, offset) : undefined,
  );
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

/** The imports of a library, as far as it can be parsed. */
export function importsIn(parser: DartParser, text: string): readonly Import[] {
  return parser.read(text, (root) => root.namedChildren.flatMap(toImport));
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
