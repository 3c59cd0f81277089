import { createHash } from 'node:crypto';
import { snakeCase, upperCamel, wordsOf } from '../identifiers.ts';
import type { EnumShape, ObjectShape, Shape } from './shape.ts';

/** A class of a file in lib/models/ of the service. */
export interface KnownClass {
  readonly className: string;
  /** The file's name: `order.dart`. */
  readonly library: string;
  /** See {@link shapeKey}. */
  readonly shape: string;
}

/** The classes that models of a service can use instead of new ones. */
export interface KnownModels {
  /** By {@link shapeKey}. */
  readonly byShape: ReadonlyMap<string, KnownClass>;
  /** Names of classes, which new ones do not take. */
  readonly names: ReadonlySet<string>;
}

export const NO_MODELS: KnownModels = { byShape: new Map(), names: new Set() };

export const knownModels = (classes: readonly KnownClass[]): KnownModels => ({
  // Of several with one shape, the first.
  byShape: new Map(classes.map((one) => [one.shape, one] as const).reverse()),
  names: new Set(classes.map(({ className }) => className)),
});

/** Adds classes to those that are there. */
export const withClasses = (
  { byShape, names }: KnownModels,
  classes: readonly KnownClass[],
): KnownModels => {
  const more = knownModels(classes);
  return {
    byShape: new Map([...more.byShape, ...byShape]),
    names: new Set([...names, ...more.names]),
  };
};

/** Adds names that new classes do not take. */
export const withNames = (
  { byShape, names }: KnownModels,
  more: readonly string[],
): KnownModels => ({
  byShape,
  names: new Set([...names, ...more]),
});

/** Removes the classes of files, whose names stay taken. */
export const withoutLibraries = (
  { byShape, names }: KnownModels,
  libraries: readonly string[],
): KnownModels => ({
  byShape: new Map([...byShape].filter(([, { library }]) => !libraries.includes(library))),
  names,
});

/** Returns a text that is the same for types that read and write the same JSON. */
export function shapeKey(shape: ObjectShape | EnumShape): string {
  if (shape.kind === 'enum')
    return hash([JSON.stringify(shape.values.map(({ text }) => text)), String(shape.open)]);
  if (shape.fields.length === 0) return shape.key ?? shape.className;
  const fields = shape.fields.map(({ jsonName, shape: own, nullable, optional, wrapped }) => {
    const suffix = `${nullable ? '?' : ''}${optional ? '-' : ''}${wrapped ? '*' : ''}`;
    return `${JSON.stringify(jsonName)}:${keyOf(own)}${suffix}`;
  });
  return hash(fields.sort());
}

/** Enough that no two shapes of a service have the same. */
const KEY_LENGTH = 16;

const hash = (parts: readonly string[]): string =>
  createHash('sha256').update(parts.join()).digest('hex').slice(0, KEY_LENGTH);

function keyOf(shape: Shape): string {
  switch (shape.kind) {
    case 'object':
    case 'enum':
      return shapeKey(shape);
    case 'list':
      return `[${keyOf(shape.item)}${shape.nullable ? '?' : ''}]`;
    case 'map':
      return `<${keyOf(shape.value)}${shape.nullable ? '?' : ''}>`;
    case 'dateTime':
      return shape.format;
    default:
      return shape.kind;
  }
}

/**
 * Replaces objects and enums in a shape, but not the root, by the types that there are for them, and
 * gives those of the same shape one type, named by what the names of their fields have in common.
 *
 * @param prefix the beginning of the names of new types
 */
export function shareClasses(root: Shape, { byShape, names }: KnownModels, prefix: string): Shape {
  const places = typesBelow(root);
  const taken = new Set([...names, ...places.map(({ shape }) => shape.className)]);
  const byKey = new Map<string, Place[]>();
  for (const place of places) {
    const key = shapeKey(place.shape);
    byKey.set(key, [...(byKey.get(key) ?? []), place]);
  }
  const chosen = new Map<string, string>();
  for (const [key, same] of byKey) {
    const common = same.length > 1 ? commonEnd(same.map((place) => wordsOf(place.name))) : [];
    const name = upperCamel([prefix, ...common].join(' '));
    if (common.length === 0 || taken.has(name)) continue;
    chosen.set(key, name);
    // The names of other shapes may have the same end.
    taken.add(name);
  }
  const share = (shape: Shape, isRoot = false): Shape => {
    if (shape.kind === 'list') return { ...shape, item: share(shape.item) };
    if (shape.kind === 'map') return { ...shape, value: share(shape.value) };
    if ((shape.kind !== 'object' && shape.kind !== 'enum') || shape.library) return shape;
    const key = shapeKey(shape);
    const known = isRoot ? undefined : byShape.get(key);
    if (known) {
      const { className, library } = known;
      if (shape.kind === 'enum') return { ...shape, className, library };
      return { ...shape, className, library, hasFunctions: hasFunctions(known) };
    }
    const className = isRoot
      ? shape.className
      : (chosen.get(key) ?? byKey.get(key)?.[0]?.shape.className ?? shape.className);
    if (shape.kind === 'enum') return { ...shape, className };
    const fields = shape.fields.map((field) => ({ ...field, shape: share(field.shape) }));
    return { ...shape, className, fields };
  };
  return share(root, true);
}

interface Place {
  readonly name: string;
  readonly shape: ObjectShape | EnumShape;
}

/** Lists the new types in a shape, except for the root, each with the name of its field. */
function typesBelow(shape: Shape, name?: string): readonly Place[] {
  if (shape.kind === 'list') return typesBelow(shape.item, name ?? '');
  if (shape.kind === 'map') return typesBelow(shape.value, name ?? '');
  if ((shape.kind !== 'object' && shape.kind !== 'enum') || shape.library) return [];
  const own = name === undefined ? [] : [{ name, shape }];
  if (shape.kind === 'enum') return own;
  return [...own, ...shape.fields.flatMap((field) => typesBelow(field.shape, field.jsonName))];
}

/** Returns the words that all the names end with: `address` for billing and shipping addresses. */
function commonEnd([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  const end: string[] = [];
  for (const word of first.toReversed()) {
    const at = -1 - end.length;
    if (!others.every((words) => words.at(at)?.toLowerCase() === word.toLowerCase())) break;
    end.unshift(word);
  }
  return end;
}

/** Returns the name of the file that declares a class and the functions beside it. */
export const libraryFor = (className: string): string => `${snakeCase(className)}.dart`;

/** Whether a generated file has functions beside the class that decode and encode it. */
export const hasFunctions = ({ className, library }: KnownClass): boolean =>
  library === libraryFor(className);

/** Returns the beginning of the names of these functions: `order` of `orderFromJson`. */
export const functionPrefix = (className: string): string =>
  className.charAt(0).toLowerCase() + className.slice(1);
