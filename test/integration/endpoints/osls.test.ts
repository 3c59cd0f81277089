import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { readServerlessYml } from '../../../src/serverless-yml/read.ts';
import { RECORD_FILE } from '../../../src/service/record.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { permanentFolder, readTree, writeTree } from '../../support/folders.ts';
import { readFrom } from '../../support/functions-edit.ts';
import { type Printed, printByOsls } from '../../support/osls.ts';
import { type Shape, shapes } from '../../support/serverless-shapes.ts';
import { newService } from '../../support/service.ts';

/**
 * The judge is the real osls: what it says that a serverless.yml means, before and after an
 * endpoint is added. The shapes are those that people write.
 */
const edits = new Map(shapes.flatMap((shape) => (shape.output ? [[shape.name, shape]] : [])));
const names = [...edits.keys()];

/** Shapes that osls refuses before the edit. They are read and edited all the same. */
const REFUSED = ['http-api-without-slash'];
const accepted = names.filter((name) => !REFUSED.includes(name));

/** Those of them with a REST API that a route with `cors` is added to as well. */
const withCors = [...edits.values()].filter(({ cors }) => cors).map(({ name }) => name);

/** Shapes of which other routes have `cors`. */
const OTHERS_HAVE_CORS = [
  'every-property',
  'flow-routes',
  'path-before-method',
  'unindented-lists',
];

/** In place of a plugin that one of them names; it does nothing. */
const PLUGIN = { 'node_modules/serverless-offline/index.js': 'module.exports = class {};\n' };

const { folder, remove } = permanentFolder();
const plain = (name: string) => join(folder, name, 'before');
const edited = (name: string) => join(folder, name, 'after');
const corsed = (name: string) => join(folder, name, 'cors');
const printed = new Map<string, Printed>();
const print = (path: string) => printed.get(path)?.config;

/** What a service of these files means. */
function read(files: Readonly<Record<string, string>>, file = 'serverless.yml') {
  const options = { file, env: {}, read: readFrom(files) };
  // What it is read from differs, of course.
  const {
    configuration: _,
    functionsOrigin: __,
    ...meaning
  } = readServerlessYml(files[file] ?? '', options);
  return meaning;
}

beforeAll(async () => {
  const { 'serverless.yml': _, ...others } = newService();
  for (const { name, input } of edits.values()) {
    for (const root of [plain(name), edited(name)]) {
      writeTree(root, { ...others, ...PLUGIN, ...input });
    }
    const { context } = scripted({ cwd: edited(name) });
    await addEndpoint(context, 'getOrder', { path: '/orders/{id}' });
  }
  for (const name of withCors) {
    writeTree(corsed(name), readTree(plain(name)));
    const { context } = scripted({ cwd: corsed(name) });
    await addEndpoint(context, 'getOrder', { path: '/orders/{id}', cors: true });
  }
  const folders = [
    ...names.flatMap((name) => [plain(name), edited(name)]),
    ...withCors.map(corsed),
  ];
  const prints = printByOsls(folders);
  for (const [index, path] of folders.entries()) printed.set(path, prints[index] as Printed);
});
afterAll(remove);

it('is held against osls with eighty shapes of services', () => {
  expect(accepted.length).toBeGreaterThanOrEqual(80);
});

describe.each(accepted)('the service %s', (name) => {
  it('is accepted by osls, before and after add-endpoint', () => {
    for (const path of [plain(name), edited(name)]) {
      expect(printed.get(path)?.refused).toBe(undefined);
    }
  });

  it('means here what it means to osls', () => {
    const { file } = edits.get(name) as Shape;
    for (const path of [plain(name), edited(name)]) {
      const whole = read({ 'serverless.yml': JSON.stringify(print(path)) });
      expect(read(readTree(path), file)).toEqual(whole);
    }
  });

  it('means the same to osls after add-endpoint, but for the new function', () => {
    const { getOrder, ...others } = functionsOf(print(edited(name)));
    expect({ ...print(edited(name)), functions: others }).toEqual({
      ...print(plain(name)),
      functions: functionsOf(print(plain(name))),
    });
    expect(getOrder).toMatchObject({ handler: 'main.getOrder' });
    const [event] = getOrder.events;
    expect(Object.values(event).map(routeOf)).toEqual(['GET /orders/{id}']);
  });
});

it.each(withCors)('the service %s has a route with cors for osls, and nothing else', (name) => {
  expect(printed.get(corsed(name))?.refused).toBe(undefined);
  const { getOrder, ...others } = functionsOf(print(corsed(name)));
  expect(others).toEqual(functionsOf(print(plain(name))));
  const [event] = getOrder.events;
  expect(routeOf(event.http)).toBe('GET /orders/{id}');
  expect(event.http.cors).toBe(true);
});

it.each(withCors)('the service %s is as it was after the route with cors', async (name) => {
  const { context } = scripted({ cwd: corsed(name) });
  await removeEndpoint(context, 'getOrder', {});
  const after = readTree(corsed(name));
  const { 'lib/main.dart': main, [RECORD_FILE]: record, ...before } = readTree(plain(name));
  expect(after).toMatchObject(before);
  // Other routes that have cors need the call in lib/main.dart.
  const isNeeded = OTHERS_HAVE_CORS.includes(name);
  expect([after['lib/main.dart'] === main, after[RECORD_FILE] === record]).toEqual([
    ...[!isNeeded, !isNeeded],
  ]);
});

it.each(REFUSED)('the service %s is refused by osls for what it was refused for before', (name) => {
  const refused = printed.get(plain(name))?.refused;
  expect(refused).toContain('Configuration error');
  expect(printed.get(edited(name))?.refused).toBe(refused);
});

it.each(names)('the service %s is the same to the byte after remove-endpoint', async (name) => {
  const { context } = scripted({ cwd: edited(name) });
  await removeEndpoint(context, 'getOrder', {});
  expect(readTree(edited(name))).toEqual(readTree(plain(name)));
});

/** The functions as one map; osls prints a list of them as it is. */
// biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
function functionsOf({ functions }: any): any {
  return Array.isArray(functions) ? Object.assign({}, ...functions) : functions;
}

/** An `http` or `httpApi` event as one text; osls takes paths of REST APIs without their slash too. */
function routeOf(event: unknown): string {
  const text =
    typeof event === 'string'
      ? event
      : `${(event as { method: string }).method} ${(event as { path: string }).path}`;
  return text.replace(/^(\S+) \/?/, (_, method: string) => `${method.toUpperCase()} /`);
}
