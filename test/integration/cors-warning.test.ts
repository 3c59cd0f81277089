import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ServedService } from '../../src/commands/dev/served-service.ts';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import { corsWarning } from '../../src/service-folder/cors.ts';
import { listDartFiles } from '../../src/service-folder/dart-files.ts';
import { readService } from '../../src/service-folder/read.ts';
import { scripted } from '../support/context.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { edit } from '../support/orders-service.ts';
import { writeService } from '../support/service.ts';

vi.mock('../../src/service-folder/dart-files.ts', { spy: true });
beforeEach(() => void vi.mocked(listDartFiles).mockClear());

const DETAIL =
  'no file of lib/ names Access-Control-Allow-Origin, which browsers require in the responses of hello: with cors a REST API answers the preflight only, and the function sets the headers of its own responses.';
const WARNING = `${DETAIL} Try: add  ..use(cors())  to the Runtime in lib/main.dart`;

/** A service of which the route of hello has this `cors`. */
function serviceWith(cors: string): string {
  const root = writeService(temporaryFolder());
  edit(root, 'serverless.yml', 'path: /hello\n', `path: /hello\n          cors: ${cors}\n`);
  return root;
}

const addCall = (root: string): void =>
  edit(root, 'lib/main.dart', 'Runtime()\n', 'Runtime()\n    ..use(cors())\n');
const removeCall = (root: string): void => edit(root, 'lib/main.dart', '    ..use(cors())\n', '');

describe('endpoints', () => {
  const run = async (cwd: string, json = false) => {
    const { context, notes, results } = scripted({ cwd });
    await endpoints(context, { json });
    return { notes, result: results.join('\n') };
  };

  it('warns of a route with cors where nothing adds the header, and succeeds', async () => {
    const root = serviceWith('true');
    expect((await run(root)).notes).toEqual([`warning: serverless.yml: ${WARNING}`]);
    const { notes, result } = await run(root, true);
    expect(notes).toEqual([]);
    expect(JSON.parse(result)).toMatchObject({
      problems: [],
      notes: [{ file: 'serverless.yml', message: WARNING }],
    });
    addCall(root);
    expect((await run(root)).notes).toEqual([]);
    expect(JSON.parse((await run(root, true)).result).notes).toEqual([]);
  });
});

describe('dev', () => {
  const serve = async (root: string) => {
    const warnings: string[] = [];
    const served = await ServedService.read({
      ...{ root, cwd: root, env: {}, settings: {} },
      warn: (found) => warnings.push(...found),
    });
    return { served, warnings, readAgain: () => served.readAgain(async () => {}) };
  };

  it('warns once at the start, and again only after it was corrected', async () => {
    const root = serviceWith('true');
    const { served, warnings, readAgain } = await serve(root);
    expect(warnings).toEqual([WARNING]);
    await served.checkCode();
    expect(warnings).toEqual([WARNING]);
    addCall(root);
    await served.checkCode();
    expect(warnings).toEqual([WARNING]);
    removeCall(root);
    await served.checkCode();
    expect(warnings).toEqual([WARNING, WARNING]);
    edit(root, 'serverless.yml', '          cors: true\n', '');
    await readAgain();
    await served.checkCode();
    edit(root, 'serverless.yml', 'path: /hello\n', 'path: /hello\n          cors: true\n');
    await readAgain();
    await served.checkCode();
    expect(warnings).toEqual([WARNING, WARNING, WARNING]);
  });

  it('reads no Dart file where no route has cors', async () => {
    const root = writeService(temporaryFolder());
    const { served } = await serve(root);
    await served.checkCode();
    expect(listDartFiles).not.toHaveBeenCalled();
    await serve(serviceWith('true'));
    expect(listDartFiles).toHaveBeenCalled();
  });

  it('serves where the files cannot be listed, which is not for the warning to say', async () => {
    const root = serviceWith('true');
    const { served, warnings } = await serve(root);
    rmSync(join(root, 'lib'), { recursive: true });
    symlinkSync('lib', join(root, 'lib'));
    await served.checkCode();
    expect(warnings).toEqual([WARNING]);
  });
});

describe('the warning of cors without headers', () => {
  const fixOf = async (root: string) => {
    const { service } = await readService({ cwd: root, env: {} });
    return (await corsWarning(root, service))?.fix;
  };

  it.each([
    ['true', '..use(cors())'],
    ['{ origin: https://a.example }', "..use(cors(origins: ['https://a.example']))"],
    [
      '{ origins: [https://a.example, https://b.example], allowCredentials: true }',
      "..use(cors(origins: ['https://a.example', 'https://b.example'], credentials: true))",
    ],
  ])('proposes for %s what allows the same: %s', async (cors, call) => {
    expect(await fixOf(serviceWith(cors))).toBe(`add  ${call}  to the Runtime in lib/main.dart`);
  });

  it.each([
    ['{ allowCredentials: true }', "{'Access-Control-Allow-Origin': '*', "],
    ["{ origins: ['https://*.example'] }", "{'Access-Control-Allow-Origin': 'https://*.example'}"],
  ])('proposes the header by hand for %s, which cors() does not know', async (cors, headers) => {
    const fix = await fixOf(serviceWith(cors));
    expect(fix).toContain(`AwsApiGatewayResponse.json(..., headers: ${headers}`);
  });

  it('proposes the header by hand where the runtime has no cors()', async () => {
    const root = serviceWith('true');
    rmSync(join(root, 'lib/runtime/cors.dart'));
    expect(await fixOf(root)).toContain("headers: {'Access-Control-Allow-Origin': '*'}");
  });

  it.each([
    ["const header = 'access-control-allow-origin';\n", false],
    ['void add(Runtime r) => r.use(lambda.cors());\n', false],
    ['    // ..use(cors())\n', true],
    ['// Access-Control-Allow-Origin is missing.\n', true],
  ])('is there with the code %j: %s', async (code, expected) => {
    const root = serviceWith('true');
    writeTree(root, { 'lib/more.dart': code });
    expect((await fixOf(root)) !== undefined).toBe(expected);
  });

  it('passes over a file that cannot be read, which the compiler reports', async () => {
    const root = serviceWith('true');
    writeTree(root, { 'lib/more.dart': Buffer.from([0xff, 0xfe, 0xff]) as never });
    expect(readFileSync(join(root, 'lib/more.dart'))[0]).toBe(0xff);
    expect(await fixOf(root)).toContain('..use(cors())');
  });
});
