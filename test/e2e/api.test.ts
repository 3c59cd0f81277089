import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { ask } from '../support/dev.ts';
import { temporaryFolder } from '../support/folders.ts';

type Api = typeof import('../../src/api.ts');

/** The installed package, as another program imports it. */
const installed = join(dirname(inject('cli')), '..', 'create-lambda-hello');
let api: Api;

beforeAll(async () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  api = await import(pathToFileURL(join(installed, manifest.exports['.'].default)).href);
});

describe('the public API', () => {
  it('creates a service and adds an endpoint', async () => {
    const directory = join(temporaryFolder(), 'shop');
    expect(await api.createService({ directory, api: 'http', timeout: 60 })).toEqual({
      name: 'shop',
      directory,
      warnings: ['API Gateway waits 30 s for a function; its timeout is 60 s'],
    });
    const planned = await api.addEndpoint({ directory, name: 'getOrder', dryRun: true });
    expect(planned.diff).toContain('+  getOrder:');
    expect(existsSync(join(directory, 'lib/handlers/get_order.dart'))).toBe(false);
    const added = await api.addEndpoint({
      directory,
      name: 'getOrder',
      path: '/orders/{id:int}',
      response: 'id:int,total:double',
    });
    expect(added.endpoint).toEqual({
      function: 'getOrder',
      method: 'GET',
      path: '/orders/{id}',
      handler: 'main.getOrder',
    });
    expect(added.changes).toContainEqual({ kind: 'update', path: 'serverless.yml' });
    for (const { path } of added.changes) expect(existsSync(join(directory, path))).toBe(true);
    const { functions, problems } = await api.listFunctions({ directory });
    expect(functions.at(-1)).toMatchObject({
      function: 'getOrder',
      events: [{ source: 'httpApi', text: 'GET /orders/{id}' }],
      file: 'lib/handlers/get_order.dart',
    });
    expect(problems).toEqual([]);
  });

  it('throws what it cannot do, as an error with a hint', async () => {
    const directory = join(temporaryFolder(), 'Not_A_Name');
    const error = await api.createService({ directory }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(api.UserError);
    expect(error).toMatchObject({ message: expect.stringContaining('Not_A_Name'), exitCode: 2 });
    await expect(api.startLocalLambda({ directory: dirname(directory) })).rejects.toThrow(
      'there is no service here',
    );
  });

  it.skipIf(inject('dartBin') === '')('serves a service, and stops when it is closed', async () => {
    const directory = join(temporaryFolder(), 'shop');
    await api.createService({ directory });
    const path = process.env.PATH;
    process.env.PATH = `${inject('dartBin')}${delimiter}${path}`;
    const types: unknown[] = [];
    const local = await api.startLocalLambda({
      directory,
      onEvent: ({ type }) => types.push(type),
    });
    process.env.PATH = path;
    expect(local.endpoints.map(({ method, path: route }) => `${method} ${route}`)).toEqual([
      'GET /hello',
      'POST /postRequest',
    ]);
    const response = await ask(`${local.url}/hello`);
    expect(response.status).toBe(200);
    expect(types).toContain('request');
    await local.close();
    await local.close();
    await expect(fetch(`${local.url}/hello`)).rejects.toThrow();
  });

  it.skipIf(inject('dartBin') === '')(
    'restarts with the code as it is, without reload',
    async () => {
      const directory = join(temporaryFolder(), 'shop');
      await api.createService({ directory });
      const path = process.env.PATH;
      process.env.PATH = `${inject('dartBin')}${delimiter}${path}`;
      const local = await api.startLocalLambda({ directory, reload: false, warm: 0 });
      process.env.PATH = path;
      const hello = async () => (await ask(`${local.url}/hello`)).text();
      expect(await hello()).toContain('Hello to');
      const handler = join(directory, 'lib/handlers/hello.dart');
      writeFileSync(handler, readFileSync(handler, 'utf8').replace('Hello to', 'Bye to'));
      expect(await hello()).toContain('Hello to');
      local.restart();
      expect(await hello()).toContain('Bye to');
      await local.close();
    },
  );

  it('has types that a strict program compiles with', () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'use.mts'),
      `import { addEndpoint, createService, startLocalLambda, type UserError } from 'create-lambda-hello';
declare const failure: (...values: (string | undefined)[]) => Promise<UserError>;
const { name }: { name: string } = await createService({ directory: 'x', api: 'rest' });
const { changes } = await addEndpoint({ name, method: 'POST' });
const first: string | undefined = changes[0]?.path;
const { url, close } = await startLocalLambda({ onEvent: (event) => void event.type });
await close();
const { hint }: UserError = await failure(url, first);
// @ts-expect-error there is no such API
await createService({ directory: hint ?? '', api: 'soap' });
`,
    );
    const options = {
      module: 'nodenext',
      strict: true,
      noEmit: true,
      target: 'es2023',
      skipLibCheck: false,
      types: [],
      paths: { 'create-lambda-hello': [join(installed, 'dist', 'api.d.ts')] },
    };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['use.mts'] }),
    );
    const tsc = createRequire(import.meta.url).resolve('typescript/package.json');
    const compile = () =>
      execFileSync(process.execPath, [join(dirname(tsc), 'bin/tsc'), '-p', folder], {
        encoding: 'utf8',
      });
    expect(compile()).toBe('');
  });
});
