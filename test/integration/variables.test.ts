import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import {
  type ReadService,
  readService,
  type ServiceOptions,
} from '../../src/service-folder/read.ts';
import { addEndpoint } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { printAlone, printByOsls } from '../support/osls.ts';
import { newService, writeService } from '../support/service.ts';

const cases = fileURLToPath(new URL('../fixtures/variables/', import.meta.url));
const ENV = { PATH: process.env.PATH ?? '' };

/** A new service with the files of a case laid over it. */
function serviceOf(name: string): string {
  const root = writeService(temporaryFolder());
  cpSync(join(cases, name), root, { recursive: true });
  return root;
}

/** A new service of which some files are others. */
function serviceWith(files: Record<string, string>): string {
  const root = join(temporaryFolder(), 'shop');
  writeTree(root, { ...newService(), ...files });
  return root;
}

const read = (cwd: string, flags: ServiceOptions = {}) => readService({ cwd, env: ENV }, flags);

/** What of a service both tell. */
const told = ({ service }: ReadService) => ({
  service: service.name,
  stage: service.stage,
  functions: service.functions.map(({ key, name, handler, memory, timeout, environment }) => ({
    key,
    name,
    handler,
    memory,
    timeout,
    environment,
  })),
});

// biome-ignore lint/suspicious/noExplicitAny: the whole of a serverless.yml
function toldByOsls(printed: any, stage: string) {
  const { service, provider, functions } = printed;
  return {
    service,
    stage,
    // biome-ignore lint/suspicious/noExplicitAny: a function of it
    functions: Object.entries<any>(functions).map(([key, fn]) => ({
      key,
      name: fn.name.replace(`-${provider.stage}-`, `-${stage}-`),
      handler: fn.handler,
      memory: fn.memorySize ?? provider.memorySize ?? 1024,
      timeout: fn.timeout ?? provider.timeout ?? 6,
      environment: { ...provider.environment, ...fn.environment },
    })),
  };
}

describe('a service with variables', () => {
  it.each<[string, readonly string[], ServiceOptions]>([
    ['vars-param', [], {}],
    ['vars-param', ['--stage=prod'], { stage: 'prod' }],
    ['vars-param', ['--param=memory=512', '--param=base=v2'], { param: ['memory=512', 'base=v2'] }],
    ['vars-file', [], {}],
    ['vars-provider-file', [], {}],
    ['functions-list', [], {}],
    ['env-dotenv', [], {}],
  ])('is read as osls prints it: %s %j', async (name, args, flags) => {
    const cwd = serviceOf(name);
    const [printed] = printByOsls([{ cwd, args }]);
    const ours = await read(cwd, flags);
    expect(told(ours)).toEqual(toldByOsls(printed?.config, flags.stage ?? 'dev'));
    expect(ours.warnings).toEqual([]);
  });

  it('is printed in one process with others as by serverless print itself', () => {
    const cwd = serviceOf('vars-param');
    const print = { cwd, args: ['--stage=prod'] };
    const [, printed] = printByOsls([cwd, print]);
    expect(printed).toEqual(printAlone(print));
  });

  it('has the variables of .env expanded, those of its stage before', async () => {
    const cwd = serviceOf('env-dotenv');
    expect((await read(cwd)).dotenv?.variables).toMatchObject({
      URL: 'http://db.local/x',
      MULTI: 'l1\nl2',
      HASH: 'a',
    });
    writeFileSync(join(cwd, '.env.prod'), 'ORDERS_TABLE=orders-prod\nBASE=v2\nMEMORY=512\n');
    const { service } = await read(cwd, { stage: 'prod' });
    expect(service.functions[0]).toMatchObject({
      memory: 512,
      environment: { TABLE_NAME: 'orders-prod' },
      events: [{ path: '/v2/hello' }],
    });
  });

  it('lists the endpoints that a file has', async () => {
    const { context, results } = scripted({ cwd: serviceOf('functions-list') });
    await endpoints(context, { json: true });
    const { endpoints: listed } = JSON.parse(results.join('\n'));
    expect(listed.map(({ method, path }: Record<string, string>) => `${method} ${path}`)).toEqual([
      'GET /hello',
      'POST /extra',
    ]);
  });

  it('is refused with the place in the file that is wrong', async () => {
    const cwd = serviceOf('functions-list');
    writeFileSync(join(cwd, 'functions.yml'), 'hello:\n  handler: main\n');
    await expect(read(cwd)).rejects.toThrow(
      'functions.yml:2:12: the function hello has the handler',
    );
    writeFileSync(join(cwd, 'functions.yml'), 'hello: [\n');
    await expect(read(cwd)).rejects.toThrow(/^functions\.yml:\d+:\d+: /);
  });

  it('refuses a parameter without a value', async () => {
    const reading = read(serviceOf('vars-param'), { param: ['memory'] });
    await expect(reading).rejects.toThrow('--param: "memory" is not name=value.');
  });
});

/** A service whose handler's memory is in another file. */
const withMemory = (variable: string): Record<string, string> => ({
  'serverless.yml': `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions:
  hello:
    handler: main.hello
    memorySize: $${variable}
`,
});

describe('a file that is not read', () => {
  it.each([
    ['outside of the folder', '{file(../outside.yml):size}', 'outside of the service'],
    ['by an absolute path', `{file(${join(cases, 'vars-file/config.yml')}):timeout}`, 'outside of'],
    ['behind a link to a file', '{file(link.yml):size}', 'outside of the service'],
    ['behind a link to a folder', '{file(linked/outside.yml):size}', 'outside of the service'],
    ['that is a folder', '{file(folder.yml):size}', 'it is a folder'],
    ['of code', '{file(config.js):size}', 'code, which is not run'],
  ])('is named with what to do, and refuses nothing: one %s', async (_, variable, reason) => {
    const cwd = serviceWith(withMemory(variable));
    const outside = join(cwd, '..', 'elsewhere');
    mkdirSync(outside);
    for (const folder of [join(cwd, '..'), outside]) {
      writeFileSync(join(folder, 'outside.yml'), 'size: 4096\n');
    }
    mkdirSync(join(cwd, 'folder.yml'));
    writeFileSync(join(cwd, 'config.js'), 'throw new Error("was run")');
    symlinkSync(join(outside, 'outside.yml'), join(cwd, 'link.yml'));
    symlinkSync(outside, join(cwd, 'linked'));
    const { service, warnings } = await read(cwd);
    expect(service.functions[0]?.memory).toBe(1024);
    expect(warnings[0]).toMatch(`$${variable} is not known on this machine: it is `);
    expect(warnings[0]).toContain(reason);
    if (reason !== 'it is a folder') expect(warnings[0]).toMatch(/\.env or by --param$/);
  });

  it('is one that a link within the folder leads to, which is read', async () => {
    const cwd = serviceWith({ ...withMemory('{file(link.yml):size}'), 'sizes.yml': 'size: 512\n' });
    symlinkSync('sizes.yml', join(cwd, 'link.yml'));
    expect((await read(cwd)).service.functions[0]?.memory).toBe(512);
  });
});

describe('what is not known', () => {
  it('leaves functions and routes out, and tells of them', async () => {
    const unknown = '$' + '{ssm:/x}';
    const cwd = serviceWith({
      'serverless.yml': `service: shop
provider: { name: aws, runtime: '${unknown}', timeout: '${unknown}' }
functions:
  hello:
    handler: main.hello
    events: [{ http: 'GET /${unknown}/a' }, { http: '${unknown}' }, { http: GET /b }]
  worker: { handler: 'main.${unknown}' }
  other: '${unknown}'
`,
    });
    const { service, leftOut, warnings } = await read(cwd);
    expect(service.functions).toMatchObject([
      { key: 'hello', timeout: 6, events: [{ path: '/b' }] },
    ]);
    expect(leftOut.map(({ key }) => key)).toEqual(['worker', 'other']);
    expect(warnings).toEqual([
      `${unknown} is not known on this machine`,
      'timeout of the function hello is not known; here it is 6',
      `a route of hello is left out here, as it is not known: ${unknown}`,
      `a route of hello is left out here, as it is not known: GET /${unknown}/a`,
      'the function worker is left out here, as its handler is not known',
      'the function other is left out here, as its handler is not known',
    ]);
  });

  it('is a file that is missing, where it has no fallback', async () => {
    const cwd = serviceWith({
      'serverless.yml': `service: shop
provider: { name: aws, runtime: provided.al2023, stage: "$\{file(no.yml):stage, 'test'}" }
functions: $\{file(functions.yml)}
`,
    });
    const { service, warnings } = await read(cwd);
    expect(service.stage).toBe('test');
    expect(warnings).toEqual([
      '$' + '{file(functions.yml)} is not known on this machine: there is no such file',
    ]);
    await expect(endpoints(scripted({ cwd }).context, {})).rejects.toThrow(
      'which is not known here: there is no such file.',
    );
  });

  it('is told where it is all functions', async () => {
    const cwd = serviceWith({
      'serverless.yml': `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions: $\{file(functions.js)}
`,
    });
    expect((await read(cwd)).service.functions).toEqual([]);
    await expect(endpoints(scripted({ cwd }).context, {})).rejects.toThrow(
      'serverless.yml:3:12: `functions` is $' +
        '{file(functions.js)}, which is not known here: it is code, which is not run here',
    );
  });
});

describe('a service in another file than serverless.yml', () => {
  const yml = newService()['serverless.yml'] ?? '';

  /** A new service whose serverless.yml is called otherwise. */
  function serviceNamed(files: Record<string, string>): string {
    const { 'serverless.yml': _yml, ...others } = newService();
    const root = join(temporaryFolder(), 'shop');
    writeTree(root, { ...others, ...files });
    return root;
  }

  it('is read and edited where that is serverless.yaml', async () => {
    const cwd = serviceNamed({ 'serverless.yaml': yml, 'serverless.json': '{' });
    expect((await read(cwd)).file).toBe('serverless.yaml');
    const { context, results } = scripted({ cwd });
    await addEndpoint(context, 'getOrder', { yes: true });
    expect(results.join('\n')).toContain('serverless.yaml');
    expect((await read(cwd)).service.functions.map(({ key }) => key)).toContain('getOrder');
  });

  it('is read and edited where that is serverless.json', async () => {
    const service = {
      service: 'shop',
      provider: { name: 'aws', runtime: 'provided.al2023' },
      functions: { hello: { handler: 'main.hello', events: [{ httpApi: 'GET /hello' }] } },
    };
    const cwd = serviceNamed({ 'serverless.json': JSON.stringify(service) });
    expect((await read(cwd)).service.functions).toMatchObject([{ key: 'hello' }]);
    await addEndpoint(scripted({ cwd }).context, 'getOrder', { yes: true });
    const getOrder = { handler: 'main.getOrder', events: [{ httpApi: 'GET /getOrder' }] };
    expect(JSON.parse(readTree(cwd)['serverless.json'] ?? '')).toEqual({
      ...service,
      functions: { ...service.functions, getOrder },
    });
  });

  it.each(['serverless.ts', 'serverless.js'])('is named where that is code: %s', async (file) => {
    const cwd = serviceNamed({ [file]: 'throw new Error("was run")' });
    await expect(read(cwd)).rejects.toThrow(`${join(cwd, file)} is code, which only osls runs.`);
  });
});
