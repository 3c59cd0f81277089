import { argumentsOf } from '../main/calls.ts';
import type { DartParser, Node } from '../main/parser.ts';
import { DECODERS, FIELD_READERS, READERS } from './code.ts';

type Kind = keyof typeof DECODERS;
/** The kinds of which the decoder says all. */
export type PlainKind = Exclude<Kind, 'object' | 'list' | 'map' | 'enum' | 'openEnum'>;

/** What a model's `fromJson` reads at one place. */
export type ReadShape =
  | { readonly kind: PlainKind }
  | { readonly kind: 'object' | 'enum'; readonly className: string }
  | { readonly kind: 'list' | 'map'; readonly of: ReadShape };

export interface ReadField {
  /** The name in JSON. */
  readonly jsonName: string;
  readonly shape: ReadShape;
  readonly nullable: boolean;
}

/** Describes a file of lib/models/, as it is on the disk. */
export interface ReadModels {
  /** The fields of each class with a `fromJson`; undefined where it is written in another way. */
  readonly classes: ReadonlyMap<string, readonly ReadField[] | undefined>;
  /** The texts of each enum. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** The names of its functions. */
  readonly functions: ReadonlySet<string>;
}

/**
 * Reads the classes of a model, also those that a person has edited, as long as each argument in
 * `fromJson` is read by a function of lib/runtime/.
 */
export function readModels(parser: DartParser, text: string): ReadModels {
  return parser.read(text, (root) => ({
    classes: new Map(
      root.descendantsOfType('class_definition').flatMap((node) => {
        const name = node?.childForFieldName('name')?.text;
        const body = node && fromJsonBody(node);
        return name === undefined || !body ? [] : [[name, fieldsIn(body, node.text)]];
      }),
    ),
    enums: enumsIn(text),
    functions: new Set(
      root.namedChildren.flatMap((node) =>
        node?.type === 'function_signature' ? (node.childForFieldName('name')?.text ?? []) : [],
      ),
    ),
  }));
}

/** Finds the extension types of texts, which the grammar does not know, with their constants. */
const enumsIn = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...text.matchAll(/^extension type const (\w+)\(String \w+\) \{([\s\S]*?)^\}/gm)].map(
      ([, name = '', body = '']) => [
        name,
        [...body.matchAll(/=\s*\w+\(\s*('(?:[^'\\]|\\.)*')\s*,?\s*\)/g)].flatMap(
          ([, literal = '']) => stringOf(literal) ?? [],
        ),
      ],
    ),
  );

/** Returns the body of the factory `fromJson`, which is the sibling after its signature. */
function fromJsonBody(node: Node): Node | undefined {
  const signature = node
    .descendantsOfType('factory_constructor_signature')
    .find((one) => one?.namedChildren.some((child) => child?.text === 'fromJson'));
  return signature?.parent?.nextNamedSibling ?? undefined;
}

function fieldsIn(body: Node, classText: string): readonly ReadField[] | undefined {
  const fields = body.descendantsOfType('named_argument').map((argument) => {
    // The label comes first, then `json`, `.method` and `(...)`.
    const [label, source, method, call] = argument?.namedChildren ?? [];
    const [name, decoder] = argumentsOf(call?.firstNamedChild ?? null);
    const jsonName = name && stringOf(name.text);
    const shape = readerShape(method?.text.slice(1) ?? '', decoder?.text);
    if (source?.text !== 'json' || jsonName === undefined || shape === undefined) return undefined;
    const field = label?.text.replace(/\W/g, '');
    const nullable = new RegExp(`\\?>?\\s+${field};`).test(classText);
    return { jsonName, shape, nullable };
  });
  return fields.some((field) => field === undefined) ? undefined : (fields as ReadField[]);
}

const byValue = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).map(([kind, name]) => [name, kind]));

const KINDS_OF_READERS = byValue({ ...READERS, ...FIELD_READERS });
const KINDS_OF_DECODERS = byValue(DECODERS);

function readerShape(method: string, decoder: string | undefined): ReadShape | undefined {
  const name = method.replace(/OrNull$/, '');
  if (name === 'field' || name === 'optional') return decoderShape(decoder);
  return shapeOf(KINDS_OF_READERS.get(name), decoder);
}

/** Reads a decoder, such as `asList(asObject(Item.fromJson))`. */
function decoderShape(text: string | undefined): ReadShape | undefined {
  const [, name = '', inner] = /^\s*(\w+)(?:\(([\s\S]*?),?\s*\))?\s*,?\s*$/.exec(text ?? '') ?? [];
  return shapeOf(KINDS_OF_DECODERS.get(name), inner);
}

function shapeOf(kind: string | undefined, argument: string | undefined): ReadShape | undefined {
  const className = /^\s*(\w+)\s*\.\s*(?:fromJson|values|new)\s*,?\s*$/.exec(argument ?? '')?.[1];
  switch (kind) {
    case undefined:
      return undefined;
    case 'object':
      return className === undefined ? undefined : { kind, className };
    case 'enum':
    case 'openEnum':
      return className === undefined ? undefined : { kind: 'enum', className };
    case 'list':
    case 'map': {
      const of = decoderShape(argument);
      return of && { kind, of };
    }
    default:
      return argument === undefined ? { kind: kind as PlainKind } : undefined;
  }
}

/** Returns the text of a string literal in single quotes, as `dartString` writes it. */
function stringOf(source: string): string | undefined {
  const text = /^'((?:[^'\\]|\\[\s\S])*)'$/.exec(source)?.[1];
  return text?.replace(/\\(?:u\{([0-9a-f]+)\}|([\s\S]))/g, (_, code, character) =>
    code === undefined
      ? (ESCAPES[character] ?? character)
      : String.fromCodePoint(parseInt(code, 16)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
