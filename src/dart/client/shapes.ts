import type { Contract, ScalarKind, ValueType } from '../../service/contract.ts';
import type { Shape } from '../model/shape.ts';

const SCALARS: Readonly<Record<ScalarKind, Shape>> = {
  string: { kind: 'string' },
  integer: { kind: 'int' },
  number: { kind: 'double' },
  boolean: { kind: 'bool' },
  date: { kind: 'dateTime', format: 'date' },
  dateTime: { kind: 'dateTime', format: 'seconds' },
  decimal: { kind: 'decimal' },
  any: { kind: 'any' },
};

/** Returns the shape of a type, from which models and handlers are written too. */
export function shapeOf(type: ValueType, types: Contract['types']): Shape {
  switch (type.kind) {
    case 'list':
      return { kind: 'list', item: shapeOf(type.of, types), nullable: type.nullable };
    case 'map':
      return { kind: 'map', value: shapeOf(type.of, types), nullable: type.nullable };
    case 'model':
    case 'enum': {
      const { name: className } = type;
      const known = types.get(className);
      if (known === undefined) return SCALARS.any;
      if (known.kind === 'model') return { kind: 'object', className, fields: [] };
      return { kind: 'enum', className, values: [], open: known.open };
    }
    default:
      return SCALARS[type.kind];
  }
}

/** Returns the shape of a parameter, which is a text where no more is known of it. */
export function parameterShape(type: ValueType, types: Contract['types']): Shape {
  const shape = shapeOf(type, types);
  if (shape.kind === 'any') return SCALARS.string;
  if (shape.kind !== 'list' || shape.item.kind !== 'any') return shape;
  return { ...shape, item: SCALARS.string };
}
