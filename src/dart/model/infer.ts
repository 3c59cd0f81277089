// File by file: the package's index loads every target language, 1 MB in 0.2 s.
import { emptyTypeAttributes } from 'quicktype-core/dist/esm/attributes/TypeAttributes.js';
import { TypeNames } from 'quicktype-core/dist/esm/attributes/TypeNames.js';
import { DefaultDateTimeRecognizer } from 'quicktype-core/dist/esm/DateTime.js';
import { CompressedJSON, makeValue, Tag } from 'quicktype-core/dist/esm/input/CompressedJSON.js';
import { TypeInference } from 'quicktype-core/dist/esm/input/Inference.js';
import { ArrayType, ClassType, type Type, UnionType } from 'quicktype-core/dist/esm/Type/Type.js';
import { TypeBuilder } from 'quicktype-core/dist/esm/Type/TypeBuilder.js';
import { getNoStringTypeMapping } from 'quicktype-core/dist/esm/Type/TypeBuilderUtils.js';
import { TypeGraph } from 'quicktype-core/dist/esm/Type/TypeGraph.js';
import type { Value } from '../../sample/value.ts';
import { lowerCamel, unique, upperCamel } from '../identifiers.ts';
import { dateFormat, isInt, numberKind } from './literals.ts';
import type { Field, ObjectShape, Shape } from './shape.ts';

/**
 * The shape that all the values have in common: quicktype finds out which
 * objects, lists and unions there are, and the literals tell the rest.
 *
 * @param className the class of an object; nested ones start with it
 */
export function inferShape(values: readonly Value[], className: string): Shape {
  const input = new Input();
  const builder = new TypeBuilder(getNoStringTypeMapping(), false, false, false, false);
  builder.typeGraph = new TypeGraph(builder, 0, false);
  const inference = new TypeInference(input, builder, false, false);
  const parsed = values.map((value) => input.parseSync(value));
  builder.addTopLevel('root', inference.inferTopLevelType(emptyTypeAttributes, parsed, false));
  // No rewriting of the graph: unions that are inferred from values are flat.
  const type = builder.finish().topLevels.get('root') as Type;
  return new Describer(className).shape(type, values, { name: undefined, isItem: false });
}

/** Values as quicktype takes them. Strings are all alike: it shall not look for dates or UUIDs. */
class Input extends CompressedJSON<Value> {
  constructor() {
    super(new DefaultDateTimeRecognizer(), false);
  }

  async parse(value: Value): Promise<number> {
    return this.parseSync(value);
  }

  override parseSync(value: Value): number {
    this.#add(value);
    return this.finish();
  }

  #add(value: Value): void {
    switch (value.kind) {
      case 'array':
        this.pushArrayContext();
        for (const item of value.items) this.#add(item);
        this.finishArray();
        break;
      case 'object':
        this.pushObjectContext();
        for (const [name, member] of value.members) {
          this.setPropertyKey(toKey(name));
          this.#add(member.value);
        }
        this.finishObject();
        break;
      case 'number':
        this.commitNumber(!isInt(value.raw));
        break;
      case 'string':
        this.commitValue(makeValue(Tag.UninternedString, 0));
        break;
      case 'boolean':
        this.commitBoolean(true);
        break;
      case 'null':
        this.commitNull();
    }
  }
}

/** quicktype keeps names as keys of plain objects, which `__proto__` would spoil. */
const toKey = (name: string): string => `.${name}`;
const fromKey = (key: string): string => key.slice(1);

/** Where a type stands: the class of an object is called after it. */
interface Place {
  /** The name of the field; undefined at the top. */
  readonly name: string | undefined;
  /** Whether it is the item of a list: `Item` for `items`. */
  readonly isItem: boolean;
}

class Describer {
  readonly #root: string;
  readonly #classNames: Set<string>;

  constructor(root: string) {
    this.#root = root;
    this.#classNames = new Set([root]);
  }

  /** @param values all that the samples have at that place */
  shape(type: Type, values: readonly Value[], place: Place): Shape {
    if (type instanceof UnionType) {
      const members = [...type.members].filter(({ kind }) => kind !== 'null');
      // A union of one type and null; the caller sees the null in the values.
      const [only] = members;
      return only && members.length === 1 ? this.shape(only, values, place) : { kind: 'any' };
    }
    if (type instanceof ClassType) return this.#object(type, values, place);
    if (type instanceof ArrayType) {
      const items = values.flatMap((value) => (value.kind === 'array' ? value.items : []));
      const item = this.shape(type.items, items, { ...place, isItem: true });
      return { kind: 'list', item, nullable: items.some(isNull) };
    }
    switch (type.kind) {
      case 'bool':
        return { kind: 'bool' };
      case 'integer':
      case 'double':
        return { kind: numberKind(values.flatMap((v) => (v.kind === 'number' ? v.raw : []))) };
      case 'string': {
        const format = dateFormat(values.flatMap((v) => (v.kind === 'string' ? v.text : [])));
        return format ? { kind: 'dateTime', format } : { kind: 'string' };
      }
      default:
        return { kind: 'any' };
    }
  }

  #object(type: ClassType, values: readonly Value[], place: Place): Shape {
    const properties = [...type.getProperties()];
    if (properties.length === 0) return { kind: 'map' };
    const className = this.#className(place);
    const objects = values.flatMap((value) => (value.kind === 'object' ? value.members : []));
    const taken = new Set<string>();
    const fields: Field[] = [];
    // Names first: a field that tells of another one takes what is left.
    const names = properties.map(([key]) => uniqueName(fromKey(key), taken));
    for (const [index, [key, property]] of properties.entries()) {
      const jsonName = fromKey(key);
      const found = objects.flatMap((members) => members.get(jsonName)?.value ?? []);
      const shape = this.shape(property.type, found, { name: jsonName, isItem: false });
      const nullable = found.some(isNull);
      const optional = property.isOptional;
      const presence = nullable && optional ? uniqueName(`has ${jsonName}`, taken) : undefined;
      fields.push({ jsonName, name: names[index] as string, shape, nullable, optional, presence });
    }
    return { kind: 'object', className, fields } satisfies ObjectShape;
  }

  #className({ name, isItem }: Place): string {
    if (name === undefined && !isItem) return this.#root;
    const last = isItem ? singular(name ?? 'elements') : (name ?? '');
    // With a word before it: alone, the name could be one of dart:core.
    const base = this.#root + upperCamel(`x ${last}`).slice(1);
    const className = unique(base, this.#classNames);
    this.#classNames.add(className);
    return className;
  }
}

const isNull = ({ kind }: Value): boolean => kind === 'null';

function uniqueName(text: string, taken: Set<string>): string {
  const name = lowerCamel(text, taken);
  taken.add(name);
  return name;
}

function singular(name: string): string {
  // Long texts would keep its patterns busy, and no identifier has so much of them.
  const names = TypeNames.make(new Set([name.slice(0, 100)]), new Set(), false);
  return names.singularize().combinedName;
}
