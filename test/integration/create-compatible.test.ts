import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addFunction, listFunctions } from '../../src/api.ts';
import { createService } from '../../src/commands/create/service.ts';
import { runtimeWarnings } from '../../src/commands/dev/runtime.ts';
import { removeEndpoint, removeFunction } from '../../src/commands/remove-function.ts';
import { upgrade } from '../../src/commands/upgrade.ts';
import { UsageError } from '../../src/errors.ts';
import { checksum, RECORD_FILE, readRecord, writeRecord } from '../../src/service/record.ts';
import type { Service } from '../../src/service/service.ts';
import { addEndpoint, create, listed } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { eventTypes, newService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

let cwd: string;
let root: string;
beforeEach(() => {
  cwd = temporaryFolder();
  root = join(cwd, 'shop');
});

const created = async (given: Parameters<typeof create>[2] = {}): Promise<void> =>
  create(scripted({ cwd }).context, 'shop', { git: false, runtime: 'compatible', ...given });

/** A handler of the package, and a program, with only the imports changed. */
const OLD_CODE: Readonly<Record<string, string>> = {
  'serverless.yml': (newService()['serverless.yml'] ?? '').replace(
    '\nfunctions:\n',
    `\nfunctions:
  thumbnail:
    handler: main.thumbnail
    events:
      - s3: photos

  order:
    handler: main.order

`,
  ),
  'lib/handlers/thumbnail.dart': `import '../runtime/aws_lambda_dart_runtime.dart';

final Handler<AwsS3Event> thumbnail = (context, event) async {
  return event.records?.map((record) => record.s3?.object?.key).join(', ');
};
`,
  'lib/main.dart': `import 'handlers/hello.dart';
import 'handlers/post_request.dart';
import 'handlers/thumbnail.dart';
import 'runtime/aws_lambda_dart_runtime.dart';

class Order {
  Order.fromJson(Map<String, dynamic> json) : id = json['id'];
  final Object? id;
}

void main() async {
  final Handler<Order> order = (context, event) async => event.id;

  Event.registerEvent<Order>((json) => Order.fromJson(json));
  Runtime()
    ..registerHandler<AwsApiGatewayEvent>("main.hello", helloApiGateway)
    ..registerHandler<AwsApiGatewayEvent>("main.postRequest", postApiGateway)
    ..registerHandler<AwsS3Event>("main.thumbnail", thumbnail)
    ..registerHandler<Order>("main.order", order)
    ..invoke();
}
`,
};

describe('create --runtime compatible', () => {
  it('generates the usual service with the names of the package, and what these need', async () => {
    await created();
    const files = readTree(root);
    const usual = newService();
    const more = Object.keys(files).filter((path) => !(path in usual));
    const names = more.filter((path) => !path.startsWith('lib/runtime/events/'));
    expect(names).toContain('lib/runtime/aws_lambda_dart_runtime.dart');
    expect(names.every((path) => path.startsWith('lib/runtime/'))).toBe(true);
    expect(files).toMatchObject(eventTypes());
    for (const path of Object.keys(usual).filter((one) => /^(lib|test)\//.test(one))) {
      expect(files[path]).toBe(usual[path]);
    }
    expect(files['pubspec.yaml']).not.toContain('aws_lambda_dart_runtime');
    expect(readRecord(files[RECORD_FILE]).made?.files).toHaveProperty([
      'lib/runtime/events/sqs.dart',
    ]);
    expect(Object.values(files).join('')).not.toMatch(/\{\{[#/]?\w/);
  });

  it('has no file of the event library that nothing imports', () => {
    const files = newService({ runtime: 'compatible' });
    const code = Object.values(files).join('\n');
    for (const path of Object.keys(eventTypes())) {
      expect(code).toMatch(new RegExp(`'(events/)?${path.split('/').at(-1)}'`));
    }
  });

  it('says in the README how handlers are brought over, and how endpoints are added', async () => {
    await created();
    const readme = readTree(root)['README.md'] ?? '';
    expect(readme).toContain('import `../runtime/aws_lambda_dart_runtime.dart`');
    expect(readme).toContain('add-endpoint getOrder');
    expect(readme).not.toMatch(/does otherwise|\n\n\n/);
    expect(newService()['README.md']).not.toContain('aws_lambda_dart_runtime');
  });

  it('is named by the line that does the same, and is an option of the API', async () => {
    const { context, notes } = scripted({ cwd, answers: { 'Which kind of API?': 'http' } });
    const given = { arch: 'arm64', region: 'eu-west-1', memory: '128', timeout: '10' };
    await create(context, 'shop', { git: false, runtime: 'compatible', ...given });
    expect(notes.join('\n')).toMatch(/The same again: .* --runtime compatible --no-git --yes$/);
    await createService({ directory: 'other', runtime: 'compatible' }, { cwd, env: {} });
    expect(readTree(join(cwd, 'other'))).toHaveProperty(['lib/runtime/compatible_runtime.dart']);
  });

  it('is refused together with --shelf', async () => {
    const error = await created({ shelf: true }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(UsageError);
    expect(error.message).toBe('--shelf and --runtime compatible cannot be combined.');
    expect(readTree(cwd)).toEqual({});
  });
});

describe('a service with the names of the package', () => {
  it('is upgraded as one, which changes nothing right after it was created', async () => {
    await created();
    const files = readTree(root);
    const { context, results, notes } = scripted({ cwd: root });
    await upgrade(context, {});
    expect([results, notes.at(-1)]).toEqual([[], expect.stringContaining('Nothing to upgrade')]);
    const event = 'lib/runtime/events/sqs.dart';
    const names = 'lib/runtime/compatible_http.dart';
    writeTree(root, { [event]: `// old\n${files[event]}`, [names]: `// old\n${files[names]}` });
    await upgrade(context, { force: true });
    expect(results).toEqual([`update  ${event}\nupdate  ${names}`]);
    expect(readTree(root)).toEqual(files);
  });

  it.each([
    ['as it was created', {}],
    ['with an old program', OLD_CODE],
  ])('takes an endpoint %s, and gives it back', async (_, code) => {
    await created();
    writeTree(root, code);
    const before = readTree(root);
    const { context, notes } = scripted({ cwd: root });
    await addEndpoint(context, 'getOrder', { path: '/orders/{id:int}', cors: true, yes: true });
    const main = readTree(root)['lib/main.dart'] ?? '';
    expect(main).toContain('..use(cors())');
    expect(main).toContain('registerHandler<AwsApiGatewayEvent>(');
    expect(main.match(/import 'runtime\//g)).toHaveLength(1);
    const { problems, failed } = await listed(root);
    expect([problems, failed]).toEqual([[], false]);
    const service = { functions: [{ handler: 'main.hello' }] } as unknown as Service;
    expect(await runtimeWarnings(root, service)).toEqual([]);
    await removeEndpoint(context, 'getOrder', {});
    expect(readTree(root)).toEqual(before);
    expect(notes.join('\n')).not.toContain('warning');
  });

  it.each([
    ['as it was created', {}],
    ['with an old program', OLD_CODE],
  ])('takes a function of another source %s, and gives it back', async (_, code) => {
    await created();
    writeTree(root, code);
    const before = readTree(root);
    await addFunction({ directory: root, name: 'onPhoto', event: 's3', bucket: 'uploads' });
    const files = readTree(root);
    const { endpoints } = readRecord(files[RECORD_FILE]);
    expect(Object.keys(endpoints.get('onPhoto') ?? {})).toEqual([
      'lib/handlers/on_photo.dart',
      'test/handlers/on_photo_test.dart',
    ]);
    const { problems } = await listFunctions({ directory: root });
    expect(problems).toEqual([]);
    const { context } = scripted({ cwd: root });
    await removeFunction(context, 'onPhoto', {});
    expect(readTree(root)).toEqual(before);
  });

  it('keeps its files of the event library when a function that recorded one is removed', async () => {
    await created();
    const files = readTree(root);
    const event = 'lib/runtime/events/iot.dart';
    const record = readRecord(files[RECORD_FILE]);
    const endpoints = new Map([['onDoor', { [event]: checksum(files[event] ?? '') }]]);
    writeTree(root, { [RECORD_FILE]: writeRecord({ ...record, endpoints }) ?? '' });
    const { context, notes } = scripted({ cwd: root });
    await removeFunction(context, 'onDoor', {});
    expect(readTree(root)).toEqual(files);
    expect(notes.join('\n')).not.toContain('was kept');
  });

  it.skipIf(dart === null)(
    'compiles a program that was written for it, and new code beside it',
    async () => {
      await created();
      writeTree(root, OLD_CODE);
      const { context } = scripted({ cwd: root });
      await addEndpoint(context, 'getOrder', { path: '/orders/{id:int}', yes: true });
      await addFunction({ directory: root, name: 'onPhoto', event: 's3', bucket: 'uploads' });
      const options = { cwd: root, encoding: 'utf8' as const };
      spawnSync(dart?.dart ?? '', ['pub', 'get'], options);
      const args = ['compile', 'kernel', '-o', 'out.dill', 'lib/main.dart'];
      const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', args, options);
      expect(status, stdout + stderr).toBe(0);
    },
    dartTime(60_000),
  );
});
