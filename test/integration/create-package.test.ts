import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createService } from '../../src/commands/create/service.ts';
import { runtimeWarnings } from '../../src/commands/dev/runtime.ts';
import { upgrade } from '../../src/commands/upgrade.ts';
import { UsageError } from '../../src/errors.ts';
import { RECORD_FILE } from '../../src/service/record.ts';
import type { Service } from '../../src/service/service.ts';
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
  create(scripted({ cwd }).context, 'shop', { git: false, runtime: 'package', ...given });

describe('create --runtime package', () => {
  it('generates a service on the package, without lib/runtime/', async () => {
    await created();
    const files = readTree(root);
    const own = (path: string) => !path.startsWith('tool/');
    expect(Object.keys(files).filter(own).sort()).toEqual([
      '.create-lambda-hello.json',
      '.gitignore',
      'Makefile',
      'README.md',
      'analysis_options.yaml',
      'lib/handlers/hello.dart',
      'lib/handlers/post_request.dart',
      'lib/main.dart',
      'lib/models/post_request_model.dart',
      'lib/models/response_model.dart',
      'package.json',
      'pubspec.yaml',
      'serverless.yml',
      'test/handlers/hello_test.dart',
      'test/handlers/post_request_test.dart',
      'test/models/post_request_model_test.dart',
    ]);
    expect(files['pubspec.yaml']).toContain(
      '\ndependencies:\n  aws_lambda_dart_runtime: ^1.1.0\n\ndev_dependencies:\n',
    );
    expect(Object.values(files).join('')).not.toMatch(/\{\{[#/]?\w/);
  });

  it("lists the package's faults in the README, and no command that refuses it", async () => {
    await created();
    const readme = readTree(root)['README.md'] ?? '';
    expect(readme).toContain('aws_lambda_dart_runtime 1.1.0 does otherwise');
    expect(readme).not.toMatch(/lib\/runtime|add-endpoint getOrder|\n\n\n/);
  });

  it('leaves the usual service as it is', () => {
    const files = newService();
    const texts = `${files['pubspec.yaml']}${files['README.md']}${files['lib/main.dart']}`;
    expect(texts).not.toContain('aws_lambda_dart_runtime');
    expect(JSON.parse(files[RECORD_FILE] ?? '').variables).not.toHaveProperty('runtime');
    expect(newService({ runtime: 'package' })[RECORD_FILE]).toContain('"runtime": "package"');
  });

  it.each([
    ['rest', false],
    ['http', true],
  ] as const)('gets payload format 1.0, which the package reads (%s)', async (api, sets) => {
    await created({ api });
    const { endpoints, failed } = await listed(root);
    expect([endpoints.length, failed]).toEqual([2, false]);
    const yml = readTree(root)['serverless.yml'] ?? '';
    expect(yml.includes("httpApi:\n    payload: '1.0'")).toBe(sets);
    expect(readTree(root)['README.md']?.includes("leave `payload: '1.0'`")).toBe(sets);
  });

  it('is named by the line that does the same, asks nothing more, and is an option of the API', async () => {
    const { context, notes, questions } = scripted({
      cwd,
      answers: { 'Which kind of API?': 'http' },
    });
    const given = { arch: 'arm64', region: 'eu-west-1', memory: '128', timeout: '10' };
    await create(context, 'shop', { git: false, runtime: 'package', ...given });
    expect(notes.join('\n')).toMatch(/The same again: .* --runtime package --no-git --yes$/);
    expect(questions).toHaveLength(1);
    await createService({ directory: 'other', runtime: 'package' }, { cwd, env: {} });
    expect(readTree(join(cwd, 'other'))).not.toHaveProperty(['lib/runtime/runtime.dart']);
    await createService({ directory: 'usual', runtime: 'embedded' }, { cwd, env: {} });
    expect(readTree(join(cwd, 'usual'))).toHaveProperty(['lib/runtime/runtime.dart']);
  });

  it('is refused together with --shelf', async () => {
    const error = await created({ shelf: true }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('--shelf and --runtime package cannot be combined.');
    expect(readTree(cwd)).toEqual({});
  });
});

describe('a service on the package', () => {
  it('is upgraded as one', async () => {
    await created();
    const files = readTree(root);
    writeTree(root, { 'tool/programs.mjs': `// old\n${files['tool/programs.mjs']}` });
    const { context, results } = scripted({ cwd: root });
    await upgrade(context, { force: true });
    expect(results).toEqual(['update  tool/programs.mjs']);
    expect(readTree(root)).toEqual(files);
  });

  it('is told by add-endpoint to write the handler by hand', async () => {
    await created();
    const before = readTree(root);
    const { context } = scripted({ cwd: root });
    const error = await addEndpoint(context, 'getOrder', {}).catch((thrown) => thrown);
    expect(error.message).toContain('What this command writes does not compile with it.');
    expect(error.hint).toContain('by hand');
    expect(readTree(root)).toEqual(before);
  });

  it('is served without a warning, as it was asked for', async () => {
    await created();
    const service = { functions: [{ handler: 'main.hello' }] } as unknown as Service;
    expect(await runtimeWarnings(root, service)).toEqual([]);
    // The record of a service that began otherwise.
    const record = readFileSync(join(root, RECORD_FILE), 'utf8');
    writeFileSync(join(root, RECORD_FILE), record.replace('"runtime": "package"', '"x": "y"'));
    expect(await runtimeWarnings(root, service)).toHaveLength(1);
  });
});
