import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { planRemoveFunction } from '../../src/plan/remove-function.ts';
import { readConfiguration } from '../../src/serverless-yml/configuration.ts';
import { newFunctionApi } from '../../src/serverless-yml/edit/new-function-api.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { checksum, readRecord } from '../../src/service/record.ts';
import { addFunction, editedService, removeFunction } from '../support/functions-edit.ts';
import { dollar, hostile, seed, unlessRefused, watchPrototypes } from '../support/injection.ts';
import { newService } from '../support/service.ts';

const parser = await loadDartParser();

watchPrototypes();

const EDIT = { file: 'serverless.yml' };
const NEW = { key: 'getOrder', handler: 'main.getOrder', method: 'GET', path: '/orders' };

/** All that is done with a serverless.yml without writing it. */
const USES: readonly [string, (text: string) => unknown][] = [
  ['read', (text) => readServerlessYml(text, { ...EDIT, env: { HOME: '/home/me' } })],
  ['asked for its API', (text) => newFunctionApi(readConfiguration(text, { ...EDIT, env: {} }))],
  ['added to', (text) => addFunction(text, NEW, EDIT)],
  ['taken from', (text) => removeFunction(text, 'hello', { ...EDIT, force: true })],
];

describe('a serverless.yml with anything in it', () => {
  const base = newService()['serverless.yml'] ?? '';

  it('is read and edited, or refused with a message', () => {
    const place = fc.nat({ max: base.length });
    const insertion = fc.oneof(
      hostile,
      hostile.map((text) => `\n${text}: ${text}\n`),
    );
    let used = 0;
    const check = fc.property(
      fc.array(fc.tuple(place, insertion), { minLength: 1, maxLength: 3 }),
      (insertions) => {
        let text = base;
        for (const [at, inserted] of insertions)
          text = text.slice(0, at) + inserted + text.slice(at);
        for (const [, use] of USES) if (unlessRefused(() => use(text)) !== undefined) used += 1;
      },
    );
    fc.assert(check, { seed, numRuns: 1500 });
    expect(used).toBeGreaterThan(1000);
  }, 60_000);

  it('keeps what is not of its own: no file is read, and no variable is guessed', () => {
    const file = `${dollar}{file(../../../../etc/passwd)}`;
    const text = base
      .replace('stage: ', `stackName: ${file}\n  environment:\n    SECRET: ${file}\n  stage: `)
      .replace('path: /hello', `path: /hello/${file}`);
    const { service, deployment, warnings } = readServerlessYml(text, { ...EDIT, env: {} });
    expect(deployment.stackName).toBe(file);
    expect(service.functions[0]?.environment).toEqual({});
    // A route that is not known is no route.
    expect(service.functions[0]?.events).toEqual([]);
    expect(warnings).toContain(`${file} is not known on this machine`);
    expect(addFunction(text, NEW, EDIT)).toContain(`path: /hello/${file}`);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'may have a function, a variable and an event called %s',
    (name) => {
      const text = base
        .replace('  hello:', `  ${name}:`)
        .replace('stage: ', `environment:\n    ${name}: polluted\n    A: b\n  stage: `)
        .replace('path: /hello', `path: /hello\n          ${name}: { polluted: true }`);
      const { service } = readServerlessYml(text, { ...EDIT, env: {} });
      expect(service.functions.map(({ key }) => key)).toEqual([name, 'postRequest']);
      expect(service.functions[0]?.environment.A).toBe('b');
      const added = addFunction(text, NEW, EDIT);
      expect(Object.keys(parse(added).functions)).toEqual([name, 'postRequest', 'getOrder']);
      const removed = removeFunction(added, name, { ...EDIT, force: true }) ?? '';
      expect(Object.keys(parse(removed).functions)).toEqual(['postRequest', 'getOrder']);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  const levels = 'abcdefghi'.split('');
  const bomb = levels
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9).fill(index === 0 ? 'x' : `*${levels[index - 1]}`)}]`,
    )
    .join('\n');
  it.each([
    ['a bomb of aliases', `${bomb}\n${base}`],
    ['a bomb of merged maps', `${base}${mergeBomb()}`],
    ['20,000 lists in each other', `${base}\ncustom: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['5,000 maps in each other', `${base}\ncustom: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}\n`],
    ['8,000 dashes', `${base}\ncustom:\n  ${'- '.repeat(8000)}1\n`],
    ['an alias of nothing', `${base}\ncustom: *nothing\n`],
    ['a second document', `${base}---\n${base}`],
    ['every key twice', base + base],
    ['a tab', base.replace('  hello:', '\thello:')],
  ])('ends soon with a message for %s', (_what, text) => {
    for (const [what, use] of USES) {
      expect(
        unlessRefused(() => use(text)),
        what,
      ).toBeUndefined();
    }
  });

  function mergeBomb(): string {
    const maps = levels.map((name, index) => {
      const merged = Array(9)
        .fill(`*${levels[index - 1]}`)
        .join(', ');
      return `  ${name}: &${name} {${index === 0 ? 'x: 1' : `<<: [${merged}]`}}\n`;
    });
    return `custom:\n${maps.join('')}`;
  }
});

describe('a record with anything in it', () => {
  const sources = new Map(Object.entries(newService()).filter(([path]) => path.endsWith('.dart')));
  const endpoint = { key: 'hello', handler: 'main.hello' };
  const before = {
    service: editedService(newService(), 'serverless.yml'),
    main: newService()['lib/main.dart'] ?? '',
    package: 'shop',
    functions: [endpoint],
    sources,
  };
  const path = fc.oneof(
    hostile,
    fc.constantFrom('../../outside.dart', '/etc/passwd', 'lib/../../x.dart', './lib/main.dart'),
    fc.constantFrom(...sources.keys()),
  );

  it('never makes remove-endpoint touch what is not in the service', () => {
    const check = fc.property(
      fc.array(path),
      hostile,
      fc.boolean(),
      fc.boolean(),
      (paths, other, force, honest) => {
        const sum = (name: string) => checksum(honest ? (sources.get(name) ?? '') : 'another');
        const files = Object.fromEntries(paths.map((name) => [name, sum(name)]));
        const record = JSON.stringify({ endpoints: { hello: files, [other]: files } });
        const plan = planRemoveFunction(
          { ...endpoint, force, usesOf: () => [] },
          { ...before, record },
          parser,
        );
        const deleted = (plan?.changes ?? []).filter(({ kind }) => kind === 'delete');
        for (const change of deleted) {
          expect(paths).toContain(change.path);
          expect(sources.get(change.path)).toBe('before' in change && change.before);
          expect(force || honest).toBe(true);
        }
      },
    );
    fc.assert(check, { seed, numRuns: 200 });
  }, 60_000);

  it('is refused, or read as no more than it says', () => {
    const json = fc.oneof(
      fc.json(),
      hostile,
      fc.json().map((text) => `{"endpoints": ${text}}`),
    );
    const check = fc.property(json, (text) => {
      unlessRefused(() => readRecord(text));
    });
    fc.assert(check, { seed, numRuns: 1000 });
    const polluting = '{"endpoints": {"__proto__": {"polluted": "1"}, "constructor": {}}}';
    expect([...readRecord(polluting).endpoints.keys()]).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  }, 60_000);
});
