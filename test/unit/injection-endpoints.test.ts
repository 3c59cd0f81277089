import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { requestSample, responseSample } from '../../src/commands/new-function/samples.ts';
import { endpointFiles, usualFiles } from '../../src/dart/endpoint/files.ts';
import { dartString } from '../../src/dart/identifiers.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { readMainFile } from '../../src/dart/main/read.ts';
import { NO_MODELS } from '../../src/dart/model/known.ts';
import { InvalidValueError, UserError } from '../../src/errors.ts';
import { planAddFunction } from '../../src/plan/add-function.ts';
import { newFunctionApi } from '../../src/serverless-yml/edit/new-function-api.ts';
import { endpointMethod, endpointName, endpointPath } from '../../src/service/endpoint/rules.ts';
import { RECORD_FILE, readRecord } from '../../src/service/record.ts';
import { loadTemplate } from '../../src/templates.ts';
import { type EndpointInput, endpointInput } from '../support/endpoint-inputs.ts';
import { editedService } from '../support/functions-edit.ts';
import { hostile, mostly, seed, variables, watchPrototypes } from '../support/injection.ts';
import { newService } from '../support/service.ts';

const parser = await loadDartParser();
const endpointTemplate = await loadTemplate('endpoint');

watchPrototypes();

/** How routes are written in different files. */
const STYLES: readonly ((yaml: string) => string)[] = [
  (yaml) => yaml,
  (yaml) => yaml.replace(/:\n +method: (\w+)\n +path: (\S+)/g, ': $1 $2'),
  (yaml) => yaml.replace(/:\n +method: (\w+)\n +path: (\S+)/g, ': { method: $1, path: $2 }'),
  (yaml) => yaml.replace(/(handler|method|path): (\S+)/g, '$1: "$2"'),
  (yaml) => yaml.replace(/(handler|method|path): (\S+)/g, "$1: '$2'").replaceAll('\n', '\r\n'),
  (yaml) => yaml.replace(/path: \//g, 'path: '),
];

const member = fc.tuple(hostile, fc.oneof(hostile, fc.integer(), fc.constant(null)));
const hostileJson = fc
  .uniqueArray(member, { minLength: 1, maxLength: 4, selector: ([name]) => name })
  .map((members) => {
    const values = members.map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)]);
    const inner = values.map(([name, value]) => `${name}: ${value}`).join(', ');
    return `{${inner}, "in": {${inner}}, "list": [{${inner}}]}`;
  });
const query = hostile.map((text) => `{${JSON.stringify(text)}: ${JSON.stringify(text)}}`);
const hostileEndpoint: fc.Arbitrary<EndpointInput> = fc.record({
  name: mostly('getOrder', 'get-order', 'A_b', 'constructor'),
  method: mostly('GET', 'POST', 'any'),
  path: mostly('/orders/{id:int}', '/', '/a:b/{c+}', '/-', '/a:'),
  request: fc.oneof(hostileJson, query, fc.constant(''), hostile),
  response: fc.oneof(hostileJson, fc.constant(''), hostile),
});

async function planned(input: EndpointInput, serverlessYml: string) {
  const key = endpointName(input.name);
  const method = endpointMethod(input.method);
  const { path, parameters } = endpointPath(input.path);
  const request = requestSample(method, '/nowhere', () => undefined).parse(input.request)?.sample;
  const response = responseSample('/nowhere', () => undefined).parse(input.response)?.sample;
  const spec = { key, method, path, parameters, request, response };
  const files = await endpointFiles(spec, 'shop', endpointTemplate, NO_MODELS);
  const service = editedService({ 'serverless.yml': serverlessYml }, 'serverless.yml');
  const api = newFunctionApi(service.configuration);
  const fn = { key, handler: files.registration.name, api, method, path };
  const before = {
    service,
    main: newService()['lib/main.dart'] ?? '',
    record: undefined,
  };
  const { changes, left } = planAddFunction({ ...files, fn }, before, new Map(), parser);
  for (const { reason } of left) throw reason;
  return { fn, parameters, before, changes };
}

type Planned = Awaited<ReturnType<typeof planned>>;

/** What a change leaves at a path. */
function result({ changes }: Planned, path: string): string {
  const change = changes.find((one) => one.path === path);
  return change?.kind === 'create' ? change.content : change?.kind === 'update' ? change.after : '';
}

/** What the template of a test has. */
const OWN_INSERTION = '$message';

/** The texts that the string literals of a Dart file stand for; it must parse, and insert nothing into them. */
function dartTexts(source: string): string[] {
  return parser.read(source, (root) => {
    expect(root.hasError, source).toBe(false);
    const inserted = root.descendantsOfType('template_substitution').map((node) => node?.text);
    expect(inserted.filter((text) => text !== OWN_INSERTION)).toEqual([]);
    return root.descendantsOfType('string_literal').map((node) => dartText(node?.text ?? ''));
  });
}

function dartText(literal: string): string {
  const raw =
    /^r'''\n?([\s\S]*)'''$/.exec(literal) ?? /^r(?:'([^'\n]*)'|"([^"\n]*)")$/.exec(literal);
  if (raw !== null) return raw[1] ?? raw[2] ?? '';
  const inner = /^'([^'\n\r]*(?:\\'[^'\n\r]*)*)'$/.exec(literal)?.[1];
  expect(inner, literal).toBeDefined();
  return (inner ?? '').replace(/\\(?:u\{([0-9a-f]+)\}|(.))/g, (_all, code, other) =>
    code === undefined
      ? (ESCAPES[other] ?? other)
      : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

describe('add-endpoint, given anything', () => {
  // A handler that is there would be adopted, and lib/main.dart stay as it is.
  const inputs = fc
    .oneof(hostileEndpoint, hostileEndpoint, endpointInput)
    .filter(({ name }) => !['hello', 'postRequest'].includes(name));
  const styles = fc.constantFrom(...STYLES);

  it('refuses it, or adds that endpoint and nothing else', async () => {
    const base = newService()['serverless.yml'] ?? '';
    let accepted = 0;
    const check = fc.asyncProperty(inputs, styles, async (input, style) => {
      const plan = await planned(input, style(base)).catch((error: unknown) => {
        if (error instanceof InvalidValueError || error instanceof UserError) return undefined;
        throw error;
      });
      if (plan === undefined) return;
      accepted += 1;
      const created = plan.changes.filter(({ kind }) => kind === 'create').map(({ path }) => path);
      for (const path of created) {
        expect([...usualFiles(plan.fn.key), RECORD_FILE]).toContain(path);
        expect(path).toMatch(
          /^(lib|test)\/(handlers|models)\/[a-z0-9_]+\.dart$|^\.create-[a-z.-]+$/,
        );
      }
      const updated = plan.changes.filter(({ kind }) => kind !== 'create').map(({ path }) => path);
      expect(updated).toEqual(['lib/main.dart', 'serverless.yml']);
      checkFunction(plan);
      checkDart(plan, created, input);
      expect([...readRecord(result(plan, RECORD_FILE)).endpoints.keys()]).toEqual([plan.fn.key]);
    });
    await fc.assert(check, { seed, numRuns: 500 });
    expect(accepted).toBeGreaterThan(150);
  }, 60_000);

  /** The file says the same as before, and the new function as any reader of YAML would have it. */
  function checkFunction(plan: Planned): void {
    const { fn, before } = plan;
    const text = result(plan, 'serverless.yml');
    const document = parseDocument(text);
    expect([...document.errors, ...document.warnings]).toEqual([]);
    const { functions, ...others } = document.toJS();
    const { functions: functionsBefore, ...othersBefore } = parse(before.service.text);
    expect(others).toEqual(othersBefore);
    expect(Object.keys(functions)).toEqual([...Object.keys(functionsBefore), fn.key]);
    const { [fn.key]: added, ...kept } = functions;
    expect(kept).toEqual(functionsBefore);
    const [{ http: route }] = added.events;
    const [method, path] =
      typeof route === 'string' ? route.split(' ') : [route.method, route.path];
    expect(added).toEqual({ handler: `main.${fn.key}`, events: [{ http: route }] });
    expect(Object.keys(route).length === 2 || typeof route === 'string').toBe(true);
    expect([method, path.replace(/^\/?/, '/')]).toEqual([fn.method, fn.path]);
    expect(variables(text)).toEqual(variables(before.service.text));
  }

  /** All parses, and its texts are those that were given. */
  function checkDart(plan: Planned, created: readonly string[], input: EndpointInput): void {
    const main = readMainFile(parser, result(plan, 'lib/main.dart'), 'main.dart');
    expect(main.registrations.map(({ name }) => name).slice(2)).toEqual([`main.${plan.fn.key}`]);
    dartTexts(result(plan, 'lib/main.dart'));
    const dart = created.filter((path) => path.endsWith('.dart'));
    const texts = new Map(dart.map((path) => [path, dartTexts(result(plan, path))]));
    const [handler = ''] = dart.filter((path) => path.startsWith('lib/handlers/'));
    expect(texts.get(handler)).toEqual(
      expect.arrayContaining(plan.parameters.map(({ name }) => name)),
    );
    if (!/^\s*[{[]/.test(input.response)) return;
    const sample = texts.get(handler)?.find((text) => /^\s*[{[]/.test(text));
    expect(JSON.parse(sample ?? '')).toEqual(JSON.parse(input.response.replace(/^\uFEFF/, '')));
  }

  it('writes any text as one Dart literal that says it', () => {
    const check = fc.property(hostile, (text) => {
      expect(dartTexts(`const x = ${dartString(text)};\n`)).toEqual([text]);
    });
    fc.assert(check, { seed, numRuns: 2000 });
  }, 60_000);

  it.each([
    ['deep', `${'['.repeat(50_000)}1${']'.repeat(50_000)}`],
    ['deep in objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['large', `[${'1,'.repeat(200_000)}1]`],
    ['never closed', '{"a":'.repeat(20_000)],
    ['a file that is none', '@a\0b'],
    ['a folder', '@/'],
  ])('refuses a sample that is %s', (_what, text) => {
    expect(() => responseSample('/nowhere', () => undefined).parse(text)).toThrow(
      InvalidValueError,
    );
  });
});
