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
import { classCode, decoder, encode, typeOf } from './code.ts';
import type { ObjectShape, Shape } from './shape.ts';

/** Dart code that decodes and encodes what a sample shows. */
export interface Model {
  /** The Dart file. It stands in a folder beside lib/runtime/. */
  readonly content: string;
  /** `createOrder` of the functions `createOrderFromJson` and `createOrderToJson`. */
  readonly functionPrefix: string;
  /** What they decode to and encode: a class of the file, a `List<...>` or a `Map<String, dynamic>`. */
  readonly rootType: string;
  /** An expression of that type as something that JSON can hold. */
  readonly encodable: (variable: string) => Code;
}

export interface ModelOptions {
  /** A name in upper camel case. */
  readonly className: string;
  /** What the root is, as a sentence. */
  readonly description: string;
}

/** Writes the Dart model of a sample: the same sample always gives the same file. */
export async function planModel(
  { values }: Sample,
  { className, description }: ModelOptions,
): Promise<Model> {
  const { inferShape } = await import('./infer.ts');
  const shape = inferShape(values, className);
  const functionPrefix = className.charAt(0).toLowerCase() + className.slice(1);
  return {
    content: file(shape, functionPrefix, description),
    functionPrefix,
    rootType: oneLine(typeOf(shape)) as string,
    // An object has a toJson, which json.encode calls.
    encodable: (variable) => (hasDates(shape) ? encode(shape, variable) : variable),
  };
}

function file(shape: Shape, prefix: string, description: string): string {
  const type = typeOf(shape);
  const str = parameters([declaration('String', 'str')]);
  const data = parameters([declaration(type, 'data')]);
  const docs = description.split('\n');
  const isClass = shape.kind === 'object';
  const classes = classesOf(shape).map((item) => classCode(item, item === shape ? docs : []));
  const blocks = [
    "import 'dart:convert';",
    "import '../runtime/json_fields.dart';",
    (isClass ? '' : docs.map((line) => `/// ${line}\n`).join('')) +
      print(
        declaration(type, [
          `${prefix}FromJson`,
          str,
          arrow(call('decodeJson', ['str', decoder(shape)])),
          ';',
        ]),
      ),
    print(
      declaration('String', [
        [`${prefix}ToJson`, data],
        arrow(chain('json', [['.encode', [encode(shape, 'data')]]])),
        ';',
      ]),
    ),
    ...classes.map((code) => code.trimEnd()),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Whether it is a list of dates, which JSON does not know. */
function hasDates(shape: Shape): boolean {
  return shape.kind === 'list' ? hasDates(shape.item) : shape.kind === 'dateTime';
}

/** The objects in the shape, each before those of its fields. */
function classesOf(shape: Shape): readonly ObjectShape[] {
  if (shape.kind === 'list') return classesOf(shape.item);
  if (shape.kind !== 'object') return [];
  return [shape, ...shape.fields.flatMap((field) => classesOf(field.shape))];
}
