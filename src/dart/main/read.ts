import { NotUnderstoodError } from '../../errors.ts';
import { at } from '../../message.ts';
import { type Declaration, declarationsIn, textOfString } from './declarations.ts';
import { notUnderstood } from './messages.ts';
import type { DartParser, Node } from './parser.ts';
import {
  type Place,
  placeOf,
  plainRegistrationAt,
  type Registered,
  type Registration,
  registeredIn,
} from './registrations.ts';

/** Registers the handlers of `main.<name>`. */
export const MAIN_FILE = 'lib/main.dart';

/** Describes a library that registers handlers, as lib/main.dart does. */
export interface MainFile extends Registered {
  readonly imports: readonly Import[];
  readonly declarations: readonly Declaration[];
  /** Whether it has a syntax error, if only where that does not matter. */
  readonly hasError: boolean;
}

export interface Import extends Place {
  readonly uri: string;
  /** `runtime` of `import '...' as runtime;`. */
  readonly prefix: string | undefined;
  /** The names of its `show`, if it has one. */
  readonly shown: readonly string[] | undefined;
  /** The names of its `hide`. */
  readonly hidden: readonly string[];
}

/**
 * Finds what a library imports, declares and registers.
 *
 * @param file names it in messages
 * @throws NotUnderstoodError with the file, line and column of what cannot be parsed
 */
export function readMainFile(parser: DartParser, text: string, file = MAIN_FILE): MainFile {
  return parser.read(text, (root) => {
    const topLevel = root.namedChildren;
    const main: MainFile = {
      ...registeredIn(root),
      imports: topLevel.flatMap(toImport),
      declarations: topLevel.flatMap(declarationsIn),
      hasError: root.hasError,
    };
    // Syntax that the grammar does not know matters only where code is added.
    const broken = main.last
      ? root.children.find((child) => child?.isError || child?.isMissing)
      : firstError(root);
    if (!broken) return main;
    const { row, column } = broken.startPosition;
    throw new NotUnderstoodError(
      at(`${file}:${row + 1}:${column + 1}`, notUnderstood()),
      'look whether the Dart compiler takes it',
    );
  });
}

/**
 * Returns the registration whose method's name is at the offset, if the library parses as well as
 * `before` did. This is much faster than reading all of it.
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

/** Lists the imports of a library, as far as it can be parsed. */
export function importsIn(parser: DartParser, text: string): readonly Import[] {
  return parser.read(text, (root) => root.namedChildren.flatMap(toImport));
}

function toImport(directive: Node | null): Import[] {
  const specification = directive?.firstNamedChild?.firstNamedChild;
  if (!directive || specification?.type !== 'import_specification') return [];
  const [first, ...others] = specification.namedChildren;
  const uri = first?.firstNamedChild?.text ?? '';
  const namesAfter = (word: string): readonly string[] | undefined =>
    others
      .find((child) => child?.type === 'combinator' && child.text.split(/\s/, 1)[0] === word)
      ?.namedChildren.map((child) => child?.text ?? '');
  return [
    {
      uri: textOfString(uri) ?? uri,
      prefix: others.find((child) => child?.type === 'identifier')?.text,
      shown: namesAfter('show'),
      hidden: namesAfter('hide') ?? [],
      ...placeOf(directive),
    },
  ];
}
