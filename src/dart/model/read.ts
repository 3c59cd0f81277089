import { importsOf } from '../main/declarations.ts';
import type { DartParser, Node } from '../main/parser.ts';
import { argumentsOf } from '../main/registrations.ts';
import { DECODERS, READERS } from './code.ts';

/** What a model's `fromJson` reads at one place. */
export type ReadShape =
  | { readonly kind: Exclude<keyof typeof DECODERS, 'object' | 'list'> }
  | { readonly kind: 'object'; readonly className: string }
  | { readonly kind: 'list'; readonly item: ReadShape };

export interface ReadField {
  /** The name in JSON. */
  readonly jsonName: string;
  readonly shape: ReadShape;
}

/** Describes a file of lib/models/, as it is on the disk. */
export interface ReadModels {
  /** The fields of each class with a `fromJson`; undefined where it is written in another way. */
  readonly classes: ReadonlyMap<string, readonly ReadField[] | undefined>;
  /** The names of its functions. */
  readonly functions: ReadonlySet<string>;
  /** The libraries that it imports. */
  readonly imports: readonly string[];
}

/**
 * Reads the classes of a model, also those that a person has edited, as long as each argument in
 * `fromJson` is read by a function of lib/runtime/.
 */
export function readModels(parser: DartParser, text: string): ReadModels {
  const imports = importsOf(parser, text);
  return parser.read(text, (root) => ({
    classes: new Map(
      root.descendantsOfType('class_definition').flatMap((node) => {
        const name = node?.childForFieldName('name')?.text;
        const body = node && fromJsonBody(node);
        return name === undefined || !body ? [] : [[name, fieldsIn(body)]];
      }),
    ),
    functions: new Set(
      root.namedChildren.flatMap((node) =>
        node?.type === 'function_signature' ? (node.childForFieldName('name')?.text ?? []) : [],
      ),
    ),
    imports,
  }));
}

/** Returns the body of the factory `fromJson`, which is the sibling after its signature. */
function fromJsonBody(node: Node): Node | undefined {
  const signature = node
    .descendantsOfType('factory_constructor_signature')
    .find((one) => one?.namedChildren.some((child) => child?.text === 'fromJson'));
  return signature?.parent?.nextNamedSibling ?? undefined;
}

function fieldsIn(body: Node): readonly ReadField[] | undefined {
  const args = body.descendantsOfType('named_argument');
  const fields = args.map((argument) => {
    // The label comes first, then `json`, `.method` and `(...)`.
    const [, source, method, call] = argument?.namedChildren ?? [];
    const [name, decoder] = argumentsOf(call?.firstNamedChild ?? null);
    const jsonName = name && stringOf(name.text);
    const reader = method?.text.slice(1) ?? '';
    const shape = readerShape(reader, decoder);
    if (source?.text !== 'json' || jsonName === undefined || shape === undefined) return undefined;
    return { jsonName, shape };
  });
  return fields.some((field) => field === undefined) ? undefined : (fields as ReadField[]);
}

const byValue = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).map(([kind, name]) => [name, kind]));

const KINDS_OF_READERS = byValue(READERS);
const KINDS_OF_DECODERS = byValue(DECODERS);

function readerShape(method: string, decoder: Node | undefined): ReadShape | undefined {
  const name = method.replace(/OrNull$/, '');
  if (name === 'field') return decoder && decoderShape(decoder.text);
  const kind = KINDS_OF_READERS.get(name);
  if (kind === undefined) return undefined;
  if (kind === 'object') return decoder && objectShape(decoder.text);
  if (kind === 'list') return decoder && listShape(decoder.text);
  return { kind } as ReadShape;
}

/** Reads a decoder, such as `asList(asObject(Item.fromJson))`. */
function decoderShape(text: string): ReadShape | undefined {
  const [, name = '', inner] = /^\s*(\w+)(?:\(([\s\S]*)\))?\s*$/.exec(text) ?? [];
  const kind = KINDS_OF_DECODERS.get(name);
  if (kind === 'object') return objectShape(inner ?? '');
  if (kind === 'list') return listShape(inner ?? '');
  return kind === undefined || inner !== undefined ? undefined : ({ kind } as ReadShape);
}

function objectShape(text: string): ReadShape | undefined {
  const className = /^\s*(\w+)\s*\.\s*fromJson\s*,?\s*$/.exec(text)?.[1];
  return className === undefined ? undefined : { kind: 'object', className };
}

function listShape(text: string): ReadShape | undefined {
  const item = decoderShape(text.replace(/,\s*$/, ''));
  return item && { kind: 'list', item };
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
