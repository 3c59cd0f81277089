import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addEndpoint, makeClient, startLocalLambda } from '../../src/api.ts';
import { permanentFolder, readTree, writeTree } from '../support/folders.ts';
import { writeService } from '../support/service.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();
const run = promisify(execFile);
const CALLS = readFileSync(new URL('../fixtures/client/calls.dart', import.meta.url), 'utf8');

type Added = Omit<Parameters<typeof addEndpoint>[0], 'directory' | 'name'>;

const ENDPOINTS: Readonly<Record<string, Added>> = {
  getOrder: {
    path: '/orders/{id:int}',
    response: JSON.stringify({
      ...{ id: 1, total: '12.50', at: '2024-02-29T12:30:00Z', day: '2024-02-29' },
      ...{ note: null, tags: ['Zoë', '日本', '🙂'] },
    }),
  },
  search: { path: '/search', request: 'q:string,limit:int?,day:date,ids:int[]' },
  ids: { path: '/ids', request: 'ids:int[]' },
  named: { path: '/named/{name}' },
  files: { path: '/files/{rest+}' },
  putThing: { method: 'PUT', path: '/things', request: 'sku:string,count:int' },
  change: { method: 'PATCH', path: '/things/{id:int}', request: 'note:string?,count:int' },
  anything: { method: 'ANY', path: '/any/{rest+}' },
  listThings: { path: '/things', response: '[{"id": 1}, {"id": 2}]' },
  rates: { path: '/rates', response: 'rates:map<double>' },
  token: { path: '/token', response: 'value:string' },
  forbidden: { path: '/forbidden', response: 'id:int' },
  missing: { path: '/missing/{id:int}', response: 'id:int' },
  broken: { path: '/broken', response: 'id:int' },
  wrong: { path: '/wrong', response: 'id:int' },
  slow: { path: '/slow', response: 'id:int' },
  ...Object.fromEntries(
    Array.from({ length: 24 }, (_, index) => [
      `other${index}`,
      { path: `/others/${index}`, response: 'id:int,name:string' },
    ]),
  ),
};

/** Has the function that answers the sample do something else. */
const doing = (dart: string) => (code: string) =>
  code.replace(/=>\s*\w+FromJson\(\s*_sample,?\s*\);/, () => `=> ${dart};`);
const responding = (dart: string) => (code: string) =>
  code.replace(/return AwsApiGatewayResponse.*?;\n/s, () => `return ${dart};\n`);

/** What a person makes of some handlers. */
const EDITS: Readonly<Record<string, (code: string) => string>> = {
  get_order: doing('getOrderResponseFromJson(_sample).copyWith(id: id)'),
  search: (code) =>
    code.replace(
      '\n  return',
      "\n  if (limit != null) throw const BadRequest('The limit is too high.');\n  return",
    ),
  token: responding(
    "AwsApiGatewayResponse.json({'value': event.headers['Authorization'] ?? event.headers['authorization']})",
  ),
  forbidden: doing("throw const HttpProblem.forbidden('Not yours.')"),
  missing: doing("throw HttpProblem.notFound('There is no $id.')"),
  broken: doing("throw StateError('boom')"),
  wrong: (code) =>
    `${code}\nclass _Wrong extends WrongResponse {\n  const _Wrong() : super(id: 0);\n\n  @override\n  Map<String, dynamic> toJson() => {'id': 'x'};\n}\n`.replace(
      /=>\s*wrongResponseFromJson\(_sample\);/,
      '=> const _Wrong();',
    ),
  slow: doing('Future.delayed(const Duration(seconds: 1), () => slowResponseFromJson(_sample))'),
};

describe.skipIf(dart === null)('a client in the Dart VM', () => {
  const { folder, remove } = permanentFolder();
  beforeAll(() => {
    // The API takes its SDK from the PATH.
    vi.stubEnv('PATH', [dart?.binDir, process.env.PATH].join(delimiter));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    remove();
  });

  it.each(['rest', 'http'] as const)('calls each kind of endpoint of a %s API', async (api) => {
    const directory = writeService(join(folder, api), { api, name: 'hello' });
    for (const [name, options] of Object.entries(ENDPOINTS)) {
      await addEndpoint({ directory, name, ...options });
    }
    await makeClient({ directory });
    const files = readTree(directory);
    for (const [name, edit] of Object.entries(EDITS)) {
      const path = `lib/handlers/${name}.dart`;
      const code = edit(files[path] ?? '');
      expect(code, path).not.toBe(files[path]);
      writeTree(directory, { [path]: code });
    }
    writeTree(directory, { 'bin/calls.dart': CALLS });
    const local = await startLocalLambda({ directory });
    try {
      const options = { cwd: directory, env: process.env };
      const { stdout } = await run(
        dart?.dart ?? '',
        ['run', 'bin/calls.dart', new URL(local.url).origin, api],
        options,
      );
      expect(stdout).toBe('all calls are as they should be\n');
    } finally {
      await local.close();
    }
  });
});
