import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { planCreateService } from '../../src/plan/create-service.ts';
import { endpointName, endpointPath } from '../../src/service/endpoint/rules.ts';
import { dartPackageName, serviceNameProblem } from '../../src/service/names.ts';
import { NPM } from '../../src/service/package-manager.ts';
import { loadTemplate } from '../../src/templates.ts';
import { addFunction } from '../support/functions-edit.ts';

/** Texts that one version of YAML or another takes for null, a boolean, a number, a date or a sign. */
const WORDS = `null Null NULL ~ true True TRUE false False yes Yes YES no No NO on On ON off Off OFF
  y Y n N 1 -1 +1 1.5 .5 1. 1e3 -1.5e-3 0x1F 0o17 017 0b11 1_000 1:30 20:30:40 2001-01-01 .inf -.inf
  .nan .NaN - -- --- ... = << : :a a: ? ! & * % @`.split(/\s+/);

/** What both versions make of a text. */
const readings = (text: string): unknown[] =>
  (['1.1', '1.2'] as const).map((version) => parse(text, { version }));
/** The parser takes these for numbers in YAML 1.1, which asks for digits before the letter. */
const isMisread = (text: string): boolean => /^e[-+]?\d+$/i.test(text);
const both = (value: unknown) => [value, value];

describe('the names of endpoints', () => {
  it.each(WORDS)('are refused, or texts in every YAML: %s', (name) => {
    let key: string;
    try {
      key = endpointName(name);
    } catch {
      return;
    }
    expect(readings(key)).toEqual(both(key));
  });

  it('are texts in every YAML', () => {
    const names = fc.stringMatching(/^[a-zA-Z][0-9a-zA-Z_-]{0,8}$/);
    fc.assert(
      fc.property(names, (name) => {
        fc.pre(!isMisread(name));
        let key: string;
        try {
          key = endpointName(name);
        } catch {
          return;
        }
        expect(readings(`${key}: ${key}`)).toEqual(both({ [key]: key }));
      }),
    );
  });
});

const SHAPES: [name: string, event: string][] = [
  ['a map', '- http:\n          method: get\n          path: orders'],
  ['a flow map', '- http: { method: get, path: orders }'],
  ['a map in single quotes', "- http: { method: 'get', path: 'orders' }"],
  ['a map in double quotes', '- http: { method: "get", path: "orders" }'],
  [
    'a map with more',
    '- http:\n          path: orders\n          method: get\n          cors: true',
  ],
];

describe('paths of services that leave out the slash', () => {
  const isPath = (path: string): boolean => {
    try {
      return endpointPath(path).path === path;
    } catch {
      return false;
    }
  };
  const paths = WORDS.map((word) => `/${word}`).filter(isPath);
  const add = (event: string, path: string): string =>
    addFunction(
      `service: shop\nfunctions:\n  list:\n    handler: main.list\n    events:\n      ${event}\n`,
      { key: 'added', handler: 'main.added', method: 'GET', path },
      { file: 'serverless.yml' },
    );
  const pathsOf = (text: string): unknown[] =>
    readings(text).map((value) => {
      const { http } = (value as { functions: { added: { events: [{ http: unknown }] } } })
        .functions.added.events[0];
      return typeof http === 'string' ? http.split(' ')[1] : (http as { path: unknown }).path;
    });

  it('are tested with enough words', () => expect(paths.length).toBeGreaterThan(30));

  it.each(SHAPES)('are texts in every YAML: %s', (_, event) => {
    for (const path of paths) {
      expect(pathsOf(add(event, path)), path).toEqual(both(path.slice(1)));
    }
  });

  it.each(SHAPES)('are texts in every YAML, whatever they are: %s', (_, event) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9._:-]{1,8}$/), (word) => {
        fc.pre(isPath(`/${word}`) && !isMisread(word));
        expect(pathsOf(add(event, `/${word}`))).toEqual(both(word));
      }),
    );
  });

  it('are quoted only where they must be', () => {
    expect(add('- http: { method: get, path: orders }', '/items')).toContain('path: items }');
    expect(add('- http: { method: get, path: orders }', '/1')).toContain("path: '1' }");
  });
});

describe('the names of services', () => {
  it.each(['null', 'Null', 'true', 'FALSE', 'yes', 'no', 'No', 'on', 'OFF'])(
    'are none that YAML takes for a value: %s',
    (name) => {
      const problem = serviceNameProblem(name);
      expect(problem?.reason).toBe('YAML reads it as a value');
      expect(problem?.suggestion).toBe(`${name}-service`);
    },
  );

  it.each(['null-', 'no-', 'on--', 'Yes-', 'off-', 'true-', 'nope', 'is', 'class', 'assert'])(
    'are texts in every file of a new service: %s',
    async (name) => {
      expect(serviceNameProblem(name)).toBeUndefined();
      const files = planCreateService(
        {
          name,
          api: 'rest',
          architecture: 'arm64',
          region: 'eu-west-1',
          memory: 128,
          timeout: 10,
          packageManager: NPM,
        },
        await loadTemplate('service'),
      );
      const read = (wanted: string) =>
        readings(files.find(({ path }) => path === wanted)?.content ?? '') as {
          service?: unknown;
          name?: unknown;
        }[];
      expect(read('serverless.yml').map(({ service }) => service)).toEqual(both(name));
      expect(read('pubspec.yaml').map((pubspec) => pubspec.name)).toEqual(
        both(dartPackageName(name)),
      );
      expect(dartPackageName(name)).toMatch(/^[a-z][a-z0-9_]*$/);
    },
  );
});
