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
import { classCode } from './class.ts';
import { decoder, encode, typeOf } from './code.ts';
import type { ObjectShape, Shape } from './shape.ts';

/** Holds Dart code that decodes and encodes JSON like a sample. */
export interface Model {
  /** The Dart file, which belongs in a folder beside lib/runtime/. */
  readonly content: string;
  /** `createOrder` for the functions `createOrderFromJson` and `createOrderToJson`. */
  readonly functionPrefix: string;
  /** The type that they decode and encode: a class of the file, `List<...>` or a `Map`. */
  readonly rootType: string;
  /** Turns a variable of that type into an expression that `json.encode` takes. */
  readonly encodable: (variable: string) => Code;
}

export interface ModelOptions {
  /** In upper camel case. */
  readonly className: string;
  /** The doc comment of the root. */
  readonly description: string;
}

/** Writes the Dart model of a sample. The same sample always gives the same file. */
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
    // json.encode calls the toJson of an object.
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
    [
      "import '../runtime/json_fields.dart';",
      ...(classes.length > 0 ? ["import '../runtime/json_model.dart';"] : []),
    ].join('\n'),
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

/** Returns whether the shape is a date or a list of dates, which `json.encode` does not take. */
function hasDates(shape: Shape): boolean {
  return shape.kind === 'list' ? hasDates(shape.item) : shape.kind === 'dateTime';
}

/** Lists the objects in a shape, each before those of its fields. */
function classesOf(shape: Shape): readonly ObjectShape[] {
  if (shape.kind === 'list') return classesOf(shape.item);
  if (shape.kind !== 'object') return [];
  return [shape, ...shape.fields.flatMap((field) => classesOf(field.shape))];
}
