import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openApiDocument } from '../../src/api.ts';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import { openapi } from '../../src/commands/openapi/openapi.ts';
import { openApiOptions } from '../../src/commands/openapi/options.ts';
import { type Given, readFlags } from '../../src/options/option.ts';
import type { ServiceSpec } from '../../src/service/service.ts';
import { addEndpoint } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { temporaryFolder } from '../support/folders.ts';
import { writeService } from '../support/service.ts';

async function service(spec: Partial<ServiceSpec> = {}) {
  const root = writeService(temporaryFolder(), spec);
  const run = async (given: Given<typeof openApiOptions> = {}) => {
    const { context, results, notes } = scripted({ cwd: root });
    const error = await failure(openapi(context, readFlags(openApiOptions, given))).catch(
      () => undefined,
    );
    return { error, text: results.join('\n'), notes };
  };
  return { root, run };
}

const ORDER = {
  path: '/orders/{id:int}',
  method: 'PUT',
  request: 'sku:string',
  response: '{"id": 1}',
};
const HANDLER = 'lib/handlers/change_order.dart';

async function serviceWithOrder() {
  const { root, run } = await service();
  await addEndpoint(scripted({ cwd: root }).context, 'changeOrder', { ...ORDER, yes: true });
  const edit = (path: string, from: string | RegExp, to: string) =>
    writeFileSync(join(root, path), readFileSync(join(root, path), 'utf8').replace(from, to));
  return { root, run, edit };
}

describe('openapi', () => {
  it('prints the document, as YAML or JSON, and gives it to a program', async () => {
    const { root, run } = await serviceWithOrder();
    const document = await openApiDocument({ directory: root });
    expect(document.servers).toMatchObject([{ url: 'http://127.0.0.1:3000' }]);
    expect(Object.keys(document.paths as object)).toEqual([
      '/hello',
      '/postRequest',
      '/orders/{id}',
    ]);
    expect(parse((await run()).text)).toEqual(document);
    expect(JSON.parse((await run({ json: true })).text)).toEqual(document);
  });

  it('writes a file, and fails with a diff once a person has edited a model', async () => {
    const { run, edit } = await serviceWithOrder();
    expect((await run({ out: 'api/openapi.json' })).error).toBeUndefined();
    expect((await run({ out: 'api/openapi.json', check: true })).error).toBeUndefined();
    edit(
      'lib/models/change_order_request.dart',
      /sku: json.string\('sku'\)/,
      "$&, note: json.stringOrNull('note')",
    );
    const { error, text } = await run({ out: 'api/openapi.json', check: true });
    expect(error?.message).toContain('is not what the service says');
    expect(text).toMatch(/^\+ +"note": \{$/m);
  });

  it.each([
    [{ check: true }, '--check compares a file'],
    [{ json: true, yaml: true }, 'exclude each other'],
    [{ check: true, out: 'none.yaml' }, 'there is no none.yaml'],
  ])('refuses %j', async (given, problem) => {
    const { run } = await service();
    expect((await run(given)).error?.message).toContain(problem);
  });

  it('describes a shelf app without types, and says so', async () => {
    const { run } = await service({ app: 'shelf' });
    const { text, notes } = await run();
    expect(Object.keys(parse(text).paths)).toEqual(['/', '/{proxy}']);
    expect(notes.join('\n')).toContain('no types: app, app2');
  });
});

describe('endpoints', () => {
  const problemsOf = async (root: string) => {
    const { context, results, notes } = scripted({ cwd: root });
    await endpoints(context, { json: true }).catch(() => undefined);
    return { ...JSON.parse(results.join('')), printed: notes };
  };

  it('finds nothing wrong in what add-endpoint writes', async () => {
    const { root } = await serviceWithOrder();
    expect(await problemsOf(root)).toMatchObject({ problems: [], notes: [] });
  });

  it.each<[string, (one: Awaited<ReturnType<typeof serviceWithOrder>>) => void, string]>([
    [
      'a function of a model that was renamed',
      ({ edit }) =>
        edit(
          'lib/models/change_order_request.dart',
          ' changeOrderRequestFromJson(',
          ' orderFromJson(',
        ),
      'uses changeOrderRequestFromJson, which no file that it imports declares',
    ],
    [
      'a model that is imported no more',
      ({ edit }) => edit(HANDLER, /import '..\/models\/change_order_request.dart';/, ''),
      'import lib/models/change_order_request.dart',
    ],
    [
      'a model that is gone',
      ({ root }) => rmSync(join(root, 'lib/models/change_order_request.dart')),
      'uses changeOrderRequestFromJson',
    ],
    [
      'a parameter that the path lost',
      ({ edit }) => edit('serverless.yml', '/orders/{id}', '/orders/{key}'),
      'requires the parameter id of the path, which /orders/{key} does not have',
    ],
  ])('tells %s', async (_, change, problem) => {
    const made = await serviceWithOrder();
    change(made);
    const { problems } = await problemsOf(made.root);
    expect(problems.map(({ message }: { message: string }) => message).join('\n')).toContain(
      problem,
    );
  });

  it('notes a parameter that is not read', async () => {
    const { root, edit } = await serviceWithOrder();
    edit('serverless.yml', '/orders/{id}', '/{shop}/orders/{id}');
    const { problems, notes } = await problemsOf(root);
    expect(problems).toEqual([]);
    expect(notes[0].message).toContain('never reads the parameter shop of /{shop}/orders/{id}');
  });
});
