import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/commands/endpoints/endpoints.ts';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { dollar } from '../../support/injection.ts';
import { newService } from '../../support/service.ts';
import { contextIn, outcome } from '../../support/symlinks.ts';

const HEAD = `service: shop
plugins: [./tool/serverless-dart.mjs]
provider: { name: aws, runtime: provided.al2023 }
`;
const FUNCTIONS = `hello:
  handler: main.hello
  events:
    - http: GET /hello

# Takes a body.
postRequest:
  handler: main.postRequest
  events:
    - http: POST /postRequest
`;

function serviceOf(files: Record<string, string>): string {
  const { 'serverless.yml': _, ...others } = newService();
  const root = join(temporaryFolder(), 'shop');
  writeTree(root, { ...others, ...files });
  return root;
}

const inOneFile = {
  'serverless.yml': `${HEAD}functions: $\{file(./functions.yml)}\n`,
  'functions.yml': FUNCTIONS,
};

describe('a service whose functions are in a file of their own', () => {
  it('shows the diff of that file, and writes nothing', async () => {
    const cwd = serviceOf(inOneFile);
    const before = readTree(cwd);
    const { context, results } = scripted({ cwd });
    await addEndpoint(context, 'getOrder', { dryRun: true });
    expect(results.join('\n')).toContain(
      ['+++ b/functions.yml', '@@ -8,3 +8,8 @@', '   handler: main.postRequest'].join('\n'),
    );
    expect(results.join('\n')).not.toContain('serverless.yml');
    expect(readTree(cwd)).toEqual(before);
  });

  it('is edited there, fits together then, and is the same to the byte after it', async () => {
    const cwd = serviceOf(inOneFile);
    const before = readTree(cwd);
    await addEndpoint(contextIn(cwd), 'getOrder', { path: '/orders/{id}' });
    const { context, results } = scripted({ cwd });
    await endpoints(context, {});
    expect(results.join('\n')).toContain('/orders/{id}');
    expect(readTree(cwd)['serverless.yml']).toBe(inOneFile['serverless.yml']);
    await removeEndpoint(contextIn(cwd), 'getOrder', {});
    expect(readTree(cwd)).toEqual(before);
  });

  it.each(['\r\n', '\n'])('keeps its line breaks and its byte order mark: %j', async (eol) => {
    const text = `\uFEFF${FUNCTIONS.replaceAll('\n', eol)}`;
    const cwd = serviceOf({ ...inOneFile, 'functions.yml': text });
    await addEndpoint(contextIn(cwd), 'getOrder', {});
    const added = [
      '',
      'getOrder:',
      '  handler: main.getOrder',
      '  events:',
      '    - http: GET /getOrder',
      '',
    ];
    expect(readTree(cwd)['functions.yml']).toBe(text + added.join(eol));
    await removeEndpoint(contextIn(cwd), 'getOrder', {});
    expect(readTree(cwd)['functions.yml']).toBe(text);
  });

  it('keeps the file where it goes with a function: one per file', async () => {
    const cwd = serviceOf({
      'serverless.yml': `${HEAD}functions:
  hello: $\{file(functions/hello.yml)}
  postRequest: $\{file(functions/post-request.yml)}
`,
      'functions/hello.yml': 'handler: main.hello\nevents: [{ http: GET /hello }]\n',
      'functions/post-request.yml': 'handler: main.postRequest\nevents: [{ http: POST /a }]\n',
    });
    const { context, notes } = scripted({ cwd });
    await removeEndpoint(context, 'postRequest', {});
    const after = readTree(cwd);
    expect(after['serverless.yml']).toBe(
      `${HEAD}functions:\n  hello: $\{file(functions/hello.yml)}\n`,
    );
    expect(after['functions/post-request.yml']).toContain('main.postRequest');
    expect(after['lib/main.dart']).not.toContain('main.postRequest');
    expect(notes).toContain(
      'warning: functions/post-request.yml was kept: this program did not write it',
    );
  });

  it('is refused where that file would be wrong after it', async () => {
    const differing = FUNCTIONS.replace('main.hello', 'main.hello\n  runtime: provided.al2');
    const cwd = serviceOf({
      'serverless.yml': inOneFile['serverless.yml'].replace('provided.al2023', 'nodejs22.x'),
      'functions.yml': differing.replace(
        'Request\n  ev',
        'Request\n  runtime: provided.al2023\n  ev',
      ),
    });
    const before = readTree(cwd);
    expect(await outcome(addEndpoint(contextIn(cwd), 'getOrder', {}))).toMatch(
      /^the edited functions\.yml could not be read\. Nothing was written\. serverless\.yml:3:\d+: the function getOrder has the runtime nodejs22\.x;/,
    );
    expect(readTree(cwd)).toEqual(before);
  });

  it('is refused where the file is a link, and nothing is written through it', async () => {
    const cwd = serviceOf({ ...inOneFile, 'real.yml': FUNCTIONS });
    rmSync(join(cwd, 'functions.yml'));
    symlinkSync('real.yml', join(cwd, 'functions.yml'));
    expect(await outcome(addEndpoint(contextIn(cwd), 'getOrder', {}))).toBe(
      'functions.yml is a link, and links are not followed. Nothing was written.',
    );
    expect(readTree(cwd)['real.yml']).toBe(FUNCTIONS);
  });

  it('is refused where the file is outside of the service', async () => {
    const cwd = serviceOf({ 'serverless.yml': inOneFile['serverless.yml'] });
    writeTree(join(cwd, '..'), { 'functions.yml': FUNCTIONS });
    symlinkSync('../functions.yml', join(cwd, 'functions.yml'));
    expect(await outcome(addEndpoint(contextIn(cwd), 'getOrder', {}))).toContain(
      "which is not known here: it is outside of the service's folder",
    );
  });
});

describe('a service whose functions are in a list of files', () => {
  const files = {
    'serverless.yml': `${HEAD}functions:
  - $\{file(functions.yml)}
  - $\{file(more.json)}
`,
    'functions.yml': FUNCTIONS,
    'more.json': '{\n\t"worker": { "handler": "main.hello" }\n}\n',
  };

  it('is added to in the last one, and taken from where a function is', async () => {
    const cwd = serviceOf(files);
    const before = readTree(cwd);
    await addEndpoint(contextIn(cwd), 'getOrder', {});
    expect(JSON.parse(readTree(cwd)['more.json'] ?? '')).toMatchObject({
      getOrder: { events: [{ http: { method: 'GET', path: '/getOrder' } }] },
    });
    expect(readTree(cwd)['functions.yml']).toBe(FUNCTIONS);
    await removeEndpoint(contextIn(cwd), 'getOrder', {});
    expect(readTree(cwd)).toEqual(before);
    await removeEndpoint(contextIn(cwd), 'postRequest', { force: true });
    expect(readTree(cwd)['functions.yml']).not.toContain('postRequest');
    expect(readTree(cwd)['more.json']).toBe(files['more.json']);
  });

  it.each([
    ['twice', `${dollar}{file(functions.yml)}`, 'functions.yml: it is included twice'],
    [
      'here and elsewhere',
      `${dollar}{file(more.yml)}`,
      'functions.yml: something else takes values',
    ],
  ])('is refused with the block where a file is named %s', async (_where, other, message) => {
    const cwd = serviceOf({
      'serverless.yml': `${HEAD}functions:\n  - ${other}\n  - $\{file(functions.yml)}\n`,
      'functions.yml': FUNCTIONS,
      'more.yml': `other:\n  handler: main.hello\n  tags: $\{file(functions.yml)}\n`,
    });
    const before = readTree(cwd);
    const { context, notes } = scripted({ cwd });
    expect(await outcome(addEndpoint(context, 'getOrder', {}))).toContain(message);
    expect(notes.join('\n')).toContain(
      'functions.yml, beside its other functions:\n\ngetOrder:\n  handler: main.getOrder\n',
    );
    expect(readTree(cwd)).toEqual(before);
  });
});

it('names the block of JSON where a serverless.json cannot be edited', async () => {
  const service = {
    service: 'shop',
    provider: { name: 'aws', runtime: 'provided.al2023' },
    functions: `${dollar}{file(functions.json), null}`,
  };
  const cwd = serviceOf({
    'serverless.json': JSON.stringify(service),
    'functions.json': '{"hello": {"handler": "main.hello"}}',
  });
  const { context, notes } = scripted({ cwd });
  expect(await outcome(addEndpoint(context, 'getOrder', {}))).toMatch(
    /^serverless\.json:1:\d+: .* which only you can edit\.$/,
  );
  expect(notes.join('\n')).toContain(
    'functions.json, beside its other functions:\n\n"getOrder": {',
  );
});
