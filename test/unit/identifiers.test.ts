import { describe, expect, it } from 'vitest';
import {
  EVENT_TYPES,
  lowerCamel,
  RUNTIME_TYPES,
  rawString,
  unique,
} from '../../src/dart/identifiers.ts';
import { modelName } from '../../src/dart/model/name.ts';
import { EVENT_SOURCES } from '../../src/service/event-sources.ts';
import { modelOf } from '../support/models.ts';
import { eventTypes, newService } from '../support/service.ts';

describe('names that clash', () => {
  it('get the first number that is free', () => {
    const taken = new Set(['a', 'a3']);
    const names = [0, 1, 2, 3].map(() => {
      const name = unique('a', taken);
      taken.add(name);
      return name;
    });
    expect(names).toEqual(['a2', 'a4', 'a5', 'a6']);
    expect(unique('b', taken)).toBe('b');
  });

  it('do not mix what different places have taken', () => {
    const [here, there] = [new Set(['a', 'a2']), new Set(['a'])];
    expect(unique('a', here)).toBe('a3');
    expect(unique('a', there)).toBe('a2');
  });

  it('take no name twice, however many there are, and take no time', () => {
    const taken = new Set<string>();
    const started = performance.now();
    for (let count = 0; count < 10_000; count++) taken.add(lowerCamel('a-b', taken));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(taken.size).toBe(10_000);
    expect(taken.has('aB10000')).toBe(true);
  });

  it('number the fields and the classes of a model', async () => {
    const text = '{"a b": {"x": 1}, "a-b": {"y": 1}, "aB": {"z": 1}}';
    const { content } = await modelOf(text, { className: 'Order', description: 'An order.' });
    expect(content.match(/final \w+ aB\d?;/g)).toEqual([
      'final OrderAB aB;',
      'final OrderAB2 aB2;',
      'final OrderAB3 aB3;',
    ]);
  });
});

describe('rawString', () => {
  it('is a raw string of Dart that ends where it should, and stays the same JSON', () => {
    const json = `{\n"a'''b": "it's '''"\n}`;
    const [, inner = ''] = /^r'''\n([\s\S]*)\n'''$/.exec(rawString(json, '_sample')) ?? [];
    expect(inner).not.toContain("'''");
    expect(JSON.parse(inner)).toEqual(JSON.parse(json));
  });

  it('stands on one line where it fits and needs no escape', () => {
    expect(rawString('{"id": 7}', '_sample')).toBe(`r'{"id": 7}'`);
    expect(rawString(`{"it's": 7}`, '_sample')).toBe(`r'''\n{"it's": 7}\n'''`);
    expect(rawString(`["${'x'.repeat(60)}"]`, '_sample')).toMatch(/^r'''\n/);
  });
});

describe('the types of lib/runtime/', () => {
  it('are those that runtime.dart shows to handlers', () => {
    const files = newService();
    const text = (name: string) => files[`lib/runtime/${name}`] ?? '';
    const exports = [...text('runtime.dart').matchAll(/export '(\w+\.dart)'([^;]*);/g)].flatMap(
      ([, name = '', rest = '']) => [[name, rest] as const, ...inner(text(name))],
    );
    const types = exports.flatMap(([name, rest]) => {
      const declared = [...text(name).matchAll(DECLARED)].map(([, type = '']) => type);
      const shown = / show ([\w, ]+)/.exec(rest)?.[1]?.split(', ');
      const hidden = / hide ([\w, ]+)/.exec(rest)?.[1]?.split(', ') ?? [];
      return declared.filter((type) => shown?.includes(type) ?? !hidden.includes(type));
    });
    expect([...RUNTIME_TYPES].sort()).toEqual([...new Set(types)].sort());
  });
});

describe('the types of lib/runtime/events/', () => {
  it('are those that the libraries of the sources show to handlers', () => {
    const files = eventTypes();
    const sources = (name: string): readonly string[] => {
      const source = files[`lib/runtime/events/${name}`] ?? '';
      return [source, ...inner(source).flatMap(([exported]) => sources(exported))];
    };
    const types = Object.values(EVENT_SOURCES)
      .flatMap(({ library }) => sources(`${library}.dart`))
      .flatMap((source) => [...source.matchAll(DECLARED)].map(([, type = '']) => type));
    expect([...EVENT_TYPES].sort()).toEqual([...new Set(types)].sort());
  });

  it('are no names of models', () => {
    for (const name of ['AwsSqsEvent', 'BatchResponse']) {
      expect(() => modelName(name)).toThrow(name);
    }
  });
});

describe('the types of package:test', () => {
  it('are no names of models, whose tests would be ambiguous', () => {
    expect(() => modelName('Timeout')).toThrow('"Timeout" is no name for a model');
  });
});

const DECLARED =
  /^(?:abstract |final |base |sealed |interface )*(?:class|mixin|enum|extension|typedef) (?:type )?(?:const )?([A-Z]\w*)/gm;
const inner = (source: string) =>
  [...source.matchAll(/^export '(\w+\.dart)'([^;]*);/gm)].map(
    ([, name = '', rest = '']) => [name, rest] as const,
  );
