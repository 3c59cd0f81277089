import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionFiles } from '../../src/dart/function/files.ts';
import { HANDLER_TAKEN } from '../../src/dart/function/names.ts';
import { isTypeName, lowerCamel } from '../../src/dart/identifiers.ts';
import { topLevelDeclarations } from '../../src/dart/main/declarations.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { NO_MODELS } from '../../src/dart/model/known.ts';
import { readSample } from '../../src/sample/sample.ts';
import { loadTemplate } from '../../src/templates.ts';
import { eventTypes, newService } from '../support/service.ts';

const template = await loadTemplate('function');
const parser = await loadDartParser();
const EXPORT = /^export '([^']+)'(?: hide ([^;]+))?;/gm;

/** What libraries declare for others at the top level, but for types. */
const declared = (sources: readonly string[]): readonly string[] => {
  const names = sources.flatMap((text) => topLevelDeclarations(parser, text));
  return [...new Set(names.map(({ name }) => name))].filter((name) => /^[a-z]/.test(name)).sort();
};
const free = (names: readonly string[]) => names.filter((name) => !HANDLER_TAKEN.has(name));

describe('the name of the handler of an event', () => {
  it('is none that lib/runtime/ declares', () => {
    const app = newService({ app: 'shelf' });
    const files = { ...app, ...newService({ runtime: 'compatible' }), ...eventTypes() };
    const sources = Object.entries(files).filter(([path]) => path.startsWith('lib/runtime/'));
    const names = declared(sources.map(([, text]) => text));
    expect(names).toEqual(
      expect.arrayContaining(['log', 'processBatch', 'cors', 'asEpochSeconds', 'toDynamoDbItem']),
    );
    expect(free(names)).toEqual([]);
  });

  it('is none that package:test exports', () => {
    const library = new URL('../toolchain/packages/test/lib/test.dart', import.meta.url);
    const names = [...readFileSync(library, 'utf8').matchAll(EXPORT)].flatMap(
      ([, file = '', hidden = '']) => {
        const text = readFileSync(new URL(file, library), 'utf8');
        return declared([text]).filter((name) => !hidden.split(', ').includes(name));
      },
    );
    expect(names).toEqual(expect.arrayContaining(['contains', 'test', 'completes']));
    expect(free(names)).toEqual([]);
  });

  it.each(['log', 'test', 'fail', 'main', 'process-batch', 'event', 'class', 'toString'])(
    'is another one for the function %s',
    (key) => {
      expect(lowerCamel(key, HANDLER_TAKEN)).toMatch(/2$|Value$/);
    },
  );
});

describe('the model of what an event carries', () => {
  it('has no name of the event library', async () => {
    const spec = {
      key: 'awsSns',
      source: 'sns',
      event: {},
      payload: readSample('{"id": 7}', { example: '' }),
    } as const;
    const { classes } = await functionFiles(spec, 'shop', template, NO_MODELS);
    expect(isTypeName('AwsSnsMessage')).toBe(true);
    expect(classes.map(({ className }) => className)).toEqual(['AwsSnsMessage2']);
  });
});
