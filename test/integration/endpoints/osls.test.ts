import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEndpoint } from '../../../src/commands/add-endpoint.ts';
import { removeEndpoint } from '../../../src/commands/remove-endpoint.ts';
import { readServerlessYml } from '../../../src/service/serverless-yml.ts';
import { scripted } from '../../support/context.ts';
import { permanentFolder, readTree, writeTree } from '../../support/folders.ts';
import { type Printed, printByOsls } from '../../support/osls.ts';
import { newService } from '../../support/service.ts';

/**
 * The judge is the real osls: what it says that a serverless.yml means, before and after an
 * endpoint is added. The shapes are those that people write.
 */
const fixtures = fileURLToPath(new URL('../../fixtures/serverless-yml/', import.meta.url));
const shapes = readdirSync(fixtures).filter((name) => !name.startsWith('refused-'));

/** Shapes that osls refuses before the edit. They are read and edited all the same. */
const REFUSED = ['http-api-without-slash'];
const accepted = shapes.filter((shape) => !REFUSED.includes(shape));

/** In place of a plugin that one of them names; it does nothing. */
const PLUGIN = { 'node_modules/serverless-offline/index.js': 'module.exports = class {};\n' };

const { folder, remove } = permanentFolder();
const plain = (shape: string) => join(folder, shape, 'before');
const edited = (shape: string) => join(folder, shape, 'after');
const printed = new Map<string, Printed>();
const print = (path: string) => printed.get(path)?.config;
const readText = (path: string) => readFileSync(join(path, 'serverless.yml'), 'utf8');
function read(text: string) {
  // What it is read from differs, of course.
  const { configuration: _, ...meaning } = readServerlessYml(text, {
    file: 'serverless.yml',
    env: {},
  });
  return meaning;
}

beforeAll(async () => {
  for (const shape of shapes) {
    const input = readFileSync(join(fixtures, shape, 'input.yml'), 'utf8');
    for (const root of [plain(shape), edited(shape)]) {
      writeTree(root, { ...newService(), ...PLUGIN, 'serverless.yml': input });
    }
    const { context } = scripted({ cwd: edited(shape) });
    await addEndpoint(context, 'getOrder', { path: '/orders/{id}' });
  }
  const folders = shapes.flatMap((shape) => [plain(shape), edited(shape)]);
  const prints = printByOsls(folders);
  for (const [index, path] of folders.entries()) printed.set(path, prints[index] as Printed);
});
afterAll(remove);

it('is held against osls with sixty shapes of serverless.yml', () => {
  expect(accepted.length).toBeGreaterThanOrEqual(60);
});

describe.each(accepted)('%s', (shape) => {
  it('is accepted by osls, before and after add-endpoint', () => {
    for (const path of [plain(shape), edited(shape)]) {
      expect(printed.get(path)?.refused).toBe(undefined);
    }
  });

  it('means here what it means to osls', () => {
    for (const path of [plain(shape), edited(shape)]) {
      expect(read(readText(path))).toEqual(read(JSON.stringify(print(path))));
    }
  });

  it('means the same to osls after add-endpoint, but for the new function', () => {
    const { getOrder, ...others } = print(edited(shape)).functions;
    expect({ ...print(edited(shape)), functions: others }).toEqual(print(plain(shape)));
    expect(getOrder).toMatchObject({ handler: 'main.getOrder' });
    const [event] = getOrder.events;
    expect(Object.values(event).map(routeOf)).toEqual(['GET /orders/{id}']);
  });
});

it.each(REFUSED)('%s is refused by osls for what it was refused for before', (shape) => {
  const refused = printed.get(plain(shape))?.refused;
  expect(refused).toContain('Configuration error');
  expect(printed.get(edited(shape))?.refused).toBe(refused);
});

it.each(shapes)('%s is the same to the byte after remove-endpoint', async (shape) => {
  const { context } = scripted({ cwd: edited(shape) });
  await removeEndpoint(context, 'getOrder', {});
  expect(readTree(edited(shape))).toEqual(readTree(plain(shape)));
});

/** An `http` or `httpApi` event as one text; osls takes paths of REST APIs without their slash too. */
function routeOf(event: unknown): string {
  const text =
    typeof event === 'string'
      ? event
      : `${(event as { method: string }).method} ${(event as { path: string }).path}`;
  return text.replace(/^(\S+) \/?/, (_, method: string) => `${method.toUpperCase()} /`);
}
