import { describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { readServerlessYml } from '../../../src/serverless-yml/read.ts';
import { addEndpoint } from '../../support/commands.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { writeService } from '../../support/service.ts';
import { contextIn, outcome } from '../../support/symlinks.ts';

/** A service with this serverless.yml, which uses one of its two handlers or both. */
function serviceWith(serverlessYml: string): string {
  const root = writeService(temporaryFolder());
  writeTree(root, { 'serverless.yml': serverlessYml });
  return root;
}

const functionsOf = (root: string) =>
  readServerlessYml(readTree(root)['serverless.yml'] ?? '', { file: 'serverless.yml', env: {} })
    .service.functions;

const PER_FUNCTION = `service: shop
provider:
  name: aws
functions:
  hello:
    runtime: provided.al2023
    architecture: arm64
    handler: main.hello
    events:
      - httpApi: GET /hello
`;

describe('an edit of a service whose functions bring their runtime', () => {
  it('gives a new function the runtime and the architecture of the others', async () => {
    const root = serviceWith(PER_FUNCTION);
    await addEndpoint(contextIn(root), 'getOrder', { path: '/orders' });
    expect(functionsOf(root)).toMatchObject([
      { key: 'hello', architecture: 'arm64' },
      { key: 'getOrder', architecture: 'arm64', events: [{ method: 'GET', path: '/orders' }] },
    ]);
  });

  it('is undone to the byte', async () => {
    const root = serviceWith(PER_FUNCTION);
    const before = readTree(root);
    await addEndpoint(contextIn(root), 'getOrder', { path: '/orders' });
    await removeEndpoint(contextIn(root), 'getOrder', {});
    expect(readTree(root)).toEqual(before);
  });

  it.each([
    [
      'their runtimes differ, and the provider has none',
      'name: aws',
      /^serverless\.yml:5:3: the functions have different runtimes/,
    ],
    [
      'their runtimes differ, and that of the provider is none for Dart',
      'name: aws\n  runtime: nodejs22.x',
      /^the edited serverless\.yml could not be read\. .* the function getOrder has the runtime nodejs22\.x;/,
    ],
  ])('is refused where %s, and writes nothing', async (_why, provider, message) => {
    const two = `${PER_FUNCTION}  postRequest:
    runtime: provided.al2
    handler: main.postRequest
`;
    const root = serviceWith(two.replace('name: aws', provider));
    const before = readTree(root);
    expect(await outcome(addEndpoint(contextIn(root), 'getOrder', {}))).toMatch(message);
    expect(readTree(root)).toEqual(before);
  });

  it('keeps a function that another one takes its runtime from, by a name that is a variable', async () => {
    const root = serviceWith(`${PER_FUNCTION}  postRequest:
    runtime: \${self:functions.\${self:custom.first}.runtime}
    handler: main.postRequest
custom:
  first: hello
`);
    const before = readTree(root);
    const removal = outcome(removeEndpoint(contextIn(root), 'hello', { force: true }));
    expect(await removal).toMatch(
      /^the edited serverless\.yml could not be read\. .* \$\{self:functions\..*runtime\} would have no value any more\./,
    );
    expect(readTree(root)).toEqual(before);
  });
});

describe('the path of a new function', () => {
  it.each([
    ["httpApi: { method: '*', path: '*' }", '/orders'],
    ['httpApi: GET hello', '/orders'],
    ['httpApi: { method: GET, path: hello }', '/orders'],
    ["http: { method: '*', path: '*' }", '/orders'],
    ['http: GET hello', '/orders'],
    ['http: { method: GET, path: hello }', 'orders'],
    ['http: { method: GET, path: /hello }', '/orders'],
  ])('is written as osls takes it beside  %s', async (event, path) => {
    const root = serviceWith(`service: shop
provider: { name: aws, runtime: provided.al2023 }
functions:
  hello:
    handler: main.hello
    events:
      - ${event}
`);
    await addEndpoint(contextIn(root), 'getOrder', { path: '/orders' });
    const [, added = ''] = (readTree(root)['serverless.yml'] ?? '').split('getOrder:');
    expect(/[\s'"](\/?orders)\b/.exec(added)?.[1]).toBe(path);
  });
});
