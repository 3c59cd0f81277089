import type { Sample } from '../../sample/sample.ts';
import {
  arrow,
  type Code,
  call,
  chain,
  declaration,
  oneLine,
  parameters,
  print,
} from '../format/constructs.ts';
import { classCode, enumCode } from './class.ts';
import { decoder, encode, typeOf } from './code.ts';
import type { ShapeOptions } from './infer.ts';
import {
  functionPrefix,
  type KnownClass,
  type KnownModels,
  libraryFor,
  NO_MODELS,
  shapeKey,
  shareClasses,
} from './known.ts';
import type { EnumShape, ObjectShape, Shape } from './shape.ts';

/** Holds Dart code that decodes and encodes JSON like a sample. */
export interface Model {
  /** The Dart file for lib/models/; undefined where all of its classes are there. */
  readonly file: { readonly library: string; readonly content: string } | undefined;
  /** The classes that the file declares. */
  readonly classes: readonly KnownClass[];
  /** The files of lib/models/ that declare the other classes. */
  readonly shared: readonly string[];
  /** Those of them that were chosen for their shape, and not named. */
  readonly chosen: readonly string[];
  /** The files of lib/models/ that code which uses the model imports. */
  readonly imports: readonly string[];
  /** The type that is decoded and encoded: a class of the file, `List<...>` or a `Map`. */
  readonly rootType: string;
  /** The function that decodes a text, for `event.read`. */
  readonly reader: Code;
  /** The function that decodes an object of decoded JSON: `Order.fromJson`. */
  readonly fromJson: Code;
  /** Turns a variable that holds JSON as a text into an expression of the type. */
  readonly decode: (text: string) => Code;
  /** Turns an expression of the type into JSON as a text. */
  readonly encode: (value: Code) => Code;
  /** Turns a variable of that type into an expression that `json.encode` takes. */
  readonly encodable: (variable: string) => Code;
  /** The names that the code uses, which nothing beside it may have. */
  readonly names: readonly string[];
}

export interface ModelOptions extends ShapeOptions {
  /** In upper camel case. */
  readonly className: string;
  /** The beginning of the names of nested classes, in upper camel case; by default, the name. */
  readonly prefix?: string;
  /** The doc comment of the root; empty for none. */
  readonly description: string;
  /** The models that are there; by default, none. */
  readonly known?: KnownModels;
}

/** Writes the Dart model of a sample. The same sample always gives the same file. */
export async function planModel(
  { values }: Sample,
  { className, prefix = className, description, known = NO_MODELS, ...options }: ModelOptions,
): Promise<Model> {
  const { inferShape } = await import('./infer.ts');
  const names = { root: className, prefix, taken: known.names };
  const shape = shareClasses(inferShape(values, names, options), known, prefix);
  const classes = classesOf(shape);
  const shared = librariesOf(shape);
  const chosen = librariesOf(shape, (one) => one.kind === 'enum' || one.fields.length > 0);
  const root = rootName(shape, className, classes.length > 0);
  const nullable = values.some(({ kind }) => kind === 'null');
  const rootType = oneLine(typeOf(shape, nullable)) as string;
  const fromJson = shape.kind === 'object' ? `${shape.className}.fromJson` : decoder(shape);
  const encodable = (variable: string) => (hasDates(shape) ? encode(shape, variable) : variable);
  if (root === undefined) {
    const decode = (text: string) => call('decodeJson', [text, decoder(shape)]);
    return {
      ...{ file: undefined, classes: [], shared, chosen, imports: shared },
      ...{ rootType, encodable, fromJson, decode },
      reader: [parameters(['body']), arrow(decode('body'))],
      encode: encodeObject,
      names: [],
    };
  }
  const name = functionPrefix(root);
  const [reader, toJson] = [`${name}FromJson`, `${name}ToJson`];
  const library = libraryFor(root);
  const isClass = shape.kind === 'object';
  const isNew = classes.length > 0 || !isClass;
  return {
    file: isNew ? { library, content: file(shape, classes, name, description) } : undefined,
    classes: classes.map((one) => ({ className: one.className, library, shape: shapeKey(one) })),
    ...{ shared, chosen },
    imports: [library],
    ...{ rootType, encodable, fromJson, reader },
    decode: (text) => call(reader, [text]),
    encode: isClass ? encodeObject : (value) => call(toJson, [value]),
    names: isClass ? [reader] : [reader, toJson],
  };
}

/** Writes what encodes an object or a list of them: json.encode calls their toJson. */
const encodeObject = (value: Code): Code => chain('json', [['.encode', [value]]]);

/**
 * Returns the name in the functions that decode and encode the root; undefined where it has none,
 * as it is made of classes that are there.
 */
function rootName(shape: Shape, className: string, hasClasses: boolean): string | undefined {
  if (shape.kind !== 'object') return hasClasses || !isShared(shape) ? className : undefined;
  if (shape.library === undefined) return className;
  return shape.hasFunctions ? shape.className : undefined;
}

/** Whether a shape is made of classes only, so that `json.encode` takes it. */
const isShared = (shape: Shape): boolean =>
  shape.kind === 'list' ? isShared(shape.item) : shape.kind === 'object';

function file(
  shape: Shape,
  classes: readonly (ObjectShape | EnumShape)[],
  prefix: string,
  description: string,
): string {
  const type = typeOf(shape);
  const str = parameters([declaration('String', 'str')]);
  const docs = description === '' ? [] : description.split('\n');
  const isClass = shape.kind === 'object';
  const code = classes.map((item) =>
    item.kind === 'enum' ? enumCode(item) : classCode(item, item === shape ? docs : []),
  );
  const imports = ['../runtime/json_fields.dart', ...librariesOf(shape)];
  const blocks = [
    ...(isClass ? [] : ["import 'dart:convert';"]),
    imports.map((uri) => `import '${uri}';`).join('\n'),
    (isClass ? '' : docs.map((line) => `/// ${line}\n`).join('')) +
      print(
        declaration(type, [
          `${prefix}FromJson`,
          str,
          arrow(call('decodeJson', ['str', decoder(shape)])),
          ';',
        ]),
      ),
    ...(isClass ? [] : [encoder(shape, prefix)]),
    ...code.map((text) => text.trimEnd()),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Writes the function that encodes a root which may not be what `json.encode` takes. */
function encoder(shape: Shape, prefix: string): string {
  const data = parameters([declaration(typeOf(shape), 'data')]);
  const body = arrow(encodeObject(encode(shape, 'data')));
  return print(declaration('String', [[`${prefix}ToJson`, data], body, ';']));
}

/** Returns whether there are dates outside of an object, which `json.encode` does not take. */
function hasDates(shape: Shape): boolean {
  if (shape.kind === 'list') return hasDates(shape.item);
  return shape.kind === 'map' ? hasDates(shape.value) : shape.kind === 'dateTime';
}

/** Lists the new classes and enums in a shape, each once, and before those of its fields. */
function classesOf(shape: Shape): readonly (ObjectShape | EnumShape)[] {
  const all = typesIn(shape).filter(({ library }) => library === undefined);
  return [...new Map(all.map((one) => [one.className, one])).values()];
}

/** Lists the files that declare the other ones in a shape. */
function librariesOf(
  shape: Shape,
  test: (type: ObjectShape | EnumShape) => boolean = () => true,
): readonly string[] {
  const found = typesIn(shape).flatMap((one) => (test(one) ? (one.library ?? []) : []));
  return [...new Set(found)].sort();
}

function typesIn(shape: Shape): readonly (ObjectShape | EnumShape)[] {
  switch (shape.kind) {
    case 'list':
      return typesIn(shape.item);
    case 'map':
      return typesIn(shape.value);
    case 'enum':
      return [shape];
    case 'object': {
      const isNew = shape.library === undefined;
      return [shape, ...(isNew ? shape.fields.flatMap((field) => typesIn(field.shape)) : [])];
    }
    default:
      return [];
  }
}
