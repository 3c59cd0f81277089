// Imported file by file: the package's index loads every target language, 1 MB in 0.2 s.
import { emptyTypeAttributes } from 'quicktype-core/dist/esm/attributes/TypeAttributes.js';
import { TypeNames } from 'quicktype-core/dist/esm/attributes/TypeNames.js';
import { DefaultDateTimeRecognizer } from 'quicktype-core/dist/esm/DateTime.js';
import { CompressedJSON, makeValue, Tag } from 'quicktype-core/dist/esm/input/CompressedJSON.js';
import { TypeInference } from 'quicktype-core/dist/esm/input/Inference.js';
import { ArrayType, ClassType, type Type, UnionType } from 'quicktype-core/dist/esm/Type/Type.js';
import { TypeBuilder } from 'quicktype-core/dist/esm/Type/TypeBuilder.js';
import { getNoStringTypeMapping } from 'quicktype-core/dist/esm/Type/TypeBuilderUtils.js';
import { TypeGraph } from 'quicktype-core/dist/esm/Type/TypeGraph.js';
import { mapsIn } from '../../sample/maps.ts';
import type { Value } from '../../sample/value.ts';
import { EVENT_TYPES, lowerCamel, RUNTIME_TYPES, unique, upperCamel } from '../identifiers.ts';
import { dateFormat, isInt, numberKind } from './literals.ts';
import type { Field, ObjectShape, Shape } from './shape.ts';

/** Names the classes of a shape. */
export interface ClassNames {
  /** The name of the root class. */
  readonly root: string;
  /** The beginning of the names of nested classes; that of the root where such a name is taken. */
  readonly prefix: string;
  /** Names that other classes have. */
  readonly taken: ReadonlySet<string>;
}

export interface ShapeOptions {
  /** Whether it is the body of a PATCH: each field of the root object is an `Optional`. */
  readonly patch?: boolean | undefined;
  /** Whether an enum keeps a text that is none of its values. */
  readonly openEnums?: boolean | undefined;
}

/**
 * Infers the shape that all the values share: quicktype finds the objects, lists and unions, and
 * the literals decide between types of numbers and formats of dates.
 */
export function inferShape(
  values: readonly Value[],
  names: ClassNames,
  options: ShapeOptions = {},
): Shape {
  const input = new Input(mapsIn(values));
  const builder = new TypeBuilder(getNoStringTypeMapping(), false, false, false, false);
  builder.typeGraph = new TypeGraph(builder, 0, false);
  const inference = new TypeInference(input, builder, false, false);
  const parsed = values.map((value) => input.parseSync(value));
  builder.addTopLevel('root', inference.inferTopLevelType(emptyTypeAttributes, parsed, false));
  // The graph needs no rewriting: unions that are inferred from values are flat.
  const type = builder.finish().topLevels.get('root') as Type;
  const describer = new Describer(names, options);
  return describer.shape(type, values, { name: undefined, isItem: false });
}

/** Feeds values to quicktype, all strings alike so that it does not look for dates or UUIDs. */
class Input extends CompressedJSON<Value> {
  readonly #maps: ReadonlySet<Value>;

  constructor(maps: ReadonlySet<Value>) {
    super(new DefaultDateTimeRecognizer(), false);
    this.#maps = maps;
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
        if (this.#maps.has(value)) {
          // An object with a list of its values, so that these get one type.
          this.setPropertyKey(MAP);
          this.#add({ kind: 'array', items: valuesOf(value) });
          this.finishObject();
          break;
        }
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

/** Prefixes a name: quicktype uses names as keys of plain objects, which `__proto__` breaks. */
const toKey = (name: string): string => `.${name}`;
const fromKey = (key: string): string => key.slice(1);
/** The name of the values of a map: no key has it. */
const MAP = 'map';

/** Says where a type occurs; the class of an object is named after it. */
interface Place {
  /** The name of the field; undefined at the root. */
  readonly name: string | undefined;
  /** Whether it is an item of a list, whose class is named `Item` for `items`. */
  readonly isItem: boolean;
}

const isRoot = ({ name, isItem }: Place): boolean => name === undefined && !isItem;

class Describer {
  readonly #names: ClassNames;
  readonly #options: ShapeOptions;
  readonly #taken: Set<string>;

  constructor(names: ClassNames, options: ShapeOptions) {
    this.#names = names;
    this.#options = options;
    this.#taken = new Set([names.root, ...names.taken, ...RUNTIME_TYPES, ...EVENT_TYPES]);
  }

  /**
   * Describes a type as a shape.
   *
   * @param values every value that the samples have at that place
   */
  shape(type: Type, values: readonly Value[], place: Place): Shape {
    if (type instanceof UnionType) {
      const members = [...type.members].filter(({ kind }) => kind !== 'null');
      // In a union of one type and null, the caller sees the null in the values.
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
      case 'string':
        return this.#string(
          values.filter((value) => value.kind === 'string'),
          place,
        );
      default:
        return { kind: 'any' };
    }
  }

  #string(values: readonly (Value & { kind: 'string' })[], place: Place): Shape {
    const hint = values[0]?.hint;
    if (hint === 'decimal') return { kind: 'decimal' };
    if (hint !== undefined) {
      const taken = new Set(['text', 'values', 'isKnown']);
      return {
        kind: 'enum',
        className: this.#className(place),
        values: hint.oneOf.map((text) => ({ name: uniqueName(valueName(text), taken), text })),
        open: this.#options.openEnums === true,
      };
    }
    const format = dateFormat(values.map(({ text }) => text));
    return format ? { kind: 'dateTime', format } : { kind: 'string' };
  }

  #map(type: Type, objects: readonly Value[], place: Place): Shape {
    const values = objects.flatMap(valuesOf);
    const item = type instanceof ArrayType ? type.items : type;
    const value = this.shape(item, values, { ...place, isItem: true });
    return { kind: 'map', value, nullable: values.some(isNull) };
  }

  #object(type: ClassType, values: readonly Value[], place: Place): Shape {
    const named = values.find((value) => value.kind === 'object' && value.model !== undefined);
    if (named?.kind === 'object' && named.model)
      return { kind: 'object', ...named.model, fields: [] };
    const properties = [...type.getProperties()];
    const [first] = properties;
    if (first === undefined) return { kind: 'map', value: { kind: 'any' }, nullable: false };
    if (first[0] === MAP) return this.#map(first[1].type, values, place);
    const className = this.#className(place);
    const objects = values.flatMap((value) => (value.kind === 'object' ? value.members : []));
    const taken = new Set<string>();
    const fields: Field[] = [];
    for (const [key, property] of properties) {
      const jsonName = fromKey(key);
      const name = uniqueName(jsonName, taken);
      const found = objects.flatMap((members) => members.get(jsonName)?.value ?? []);
      const shape = this.shape(property.type, found, { name: jsonName, isItem: false });
      const nullable = found.some(isNull);
      const optional = property.isOptional;
      const wrapped = (nullable && optional) || (isRoot(place) && this.#options.patch === true);
      fields.push({ jsonName, name, shape, nullable, optional, wrapped });
    }
    return { kind: 'object', className, fields } satisfies ObjectShape;
  }

  #className({ name, isItem }: Place): string {
    const { root, prefix } = this.#names;
    if (isRoot({ name, isItem })) return root;
    const last = isItem ? singular(name ?? 'items') : (name ?? '');
    // The `x`, cut again, keeps upperCamel from changing a name of dart:core.
    const own = upperCamel(`x ${last}`).slice(1);
    const short = prefix + own;
    const className = this.#taken.has(short) ? unique(root + own, this.#taken) : short;
    this.#taken.add(className);
    return className;
  }
}

const valuesOf = (value: Value): Value[] =>
  value.kind === 'object' ? [...value.members.values()].map((member) => member.value) : [];
const valueName = (text: string): string => (/^[a-z]/i.test(text) ? text : `value ${text}`);
const isNull = ({ kind }: Value): boolean => kind === 'null';

function uniqueName(text: string, taken: Set<string>): string {
  const name = lowerCamel(text, taken);
  taken.add(name);
  return name;
}

function singular(name: string): string {
  // Its patterns are slow on long texts, and identifiers are cut anyway.
  const names = TypeNames.make(new Set([name.slice(0, 100)]), new Set(), false);
  return names.singularize().combinedName;
}
