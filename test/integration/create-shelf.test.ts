import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createService } from '../../src/commands/create/service.ts';
import { removeEndpoint } from '../../src/commands/remove-function.ts';
import { upgrade } from '../../src/commands/upgrade.ts';
import { RECORD_FILE } from '../../src/service/record.ts';
import { addEndpoint, create, listed } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { newService } from '../support/service.ts';

let cwd: string;
let root: string;
beforeEach(() => {
  cwd = temporaryFolder();
  root = join(cwd, 'shop');
});

const created = async (given: Parameters<typeof create>[2] = {}): Promise<void> =>
  create(scripted({ cwd }).context, 'shop', { git: false, shelf: true, ...given });

describe('create --shelf', () => {
  it('generates an app in the place of handlers and models', async () => {
    await created();
    const files = readTree(root);
    const own = (path: string) => !/^(lib\/runtime|tool)\//.test(path);
    expect(Object.keys(files).filter(own).sort()).toEqual([
      '.create-lambda-hello.json',
      '.gitignore',
      'Makefile',
      'README.md',
      'analysis_options.yaml',
      'lib/app.dart',
      'lib/main.dart',
      'package.json',
      'pubspec.yaml',
      'serverless.yml',
      'test/app_test.dart',
    ]);
    expect(files['pubspec.yaml']).toContain('\ndependencies:\n  shelf: ^1.4.0\n');
    expect(files['README.md']).toContain('| `lib/app.dart` |');
    expect(files['README.md']).not.toContain('postRequest');
    expect(Object.values(files).join('')).not.toMatch(/\{\{[#/]?\w/);
  });

  it('leaves the usual service as it is', () => {
    const { 'pubspec.yaml': pubspec, 'README.md': readme, ...files } = newService();
    expect(files).not.toHaveProperty(['lib/runtime/shelf.dart']);
    expect(`${pubspec}${readme}`).not.toContain('shelf');
    expect(JSON.parse(files[RECORD_FILE] ?? '').variables).not.toHaveProperty('app');
  });

  it.each([
    ['rest', true],
    ['http', false],
  ] as const)('takes all paths of the API, and bytes (%s)', async (api, setsTypes) => {
    await created({ api });
    const { endpoints, failed } = await listed(root);
    expect(failed).toBe(false);
    expect(endpoints).toMatchObject([
      { method: 'ANY', path: '/' },
      { method: 'ANY', path: '/{proxy+}' },
    ]);
    expect(readTree(root)['serverless.yml']?.includes("binaryMediaTypes: ['*/*']")).toBe(setsTypes);
  });

  it('is named by the line that does the same, and is an option of the API', async () => {
    const { context, notes } = scripted({ cwd, answers: { 'Which kind of API?': 'http' } });
    const given = { arch: 'arm64', region: 'eu-west-1', memory: '128', timeout: '10' };
    await create(context, 'shop', { git: false, shelf: true, ...given });
    expect(notes.join('\n')).toMatch(/The same again: .* --shelf --no-git --yes$/);
    await createService({ directory: 'other', shelf: true }, { cwd, env: {} });
    expect(readTree(join(cwd, 'other'))).toHaveProperty(['lib/app.dart']);
  });
});

describe('a service with an app', () => {
  it('is upgraded as one', async () => {
    await created();
    const files = readTree(root);
    const older = `// old\n${files['lib/runtime/shelf.dart']}`;
    writeTree(root, { 'lib/runtime/shelf.dart': older });
    const { context, results } = scripted({ cwd: root });
    await upgrade(context, { force: true });
    expect(results).toEqual(['update  lib/runtime/shelf.dart']);
    expect(readTree(root)).toEqual(files);
  });

  it('takes an endpoint beside the app, and gives it back', async () => {
    await created();
    const before = readTree(root);
    const { context } = scripted({ cwd: root });
    await addEndpoint(context, 'getOrder', { path: '/orders/{id:int}', yes: true });
    expect(readTree(root)['lib/main.dart']).toContain(`serveHandler(app))
    ..registerHandler<AwsApiGatewayEvent>('main.getOrder', getOrderApiGateway);`);
    expect((await listed(root)).failed).toBe(false);
    await removeEndpoint(context, 'getOrder', {});
    const { [RECORD_FILE]: _record, ...after } = readTree(root);
    expect(before).toMatchObject(after);
  });
});
