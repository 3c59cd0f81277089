import { describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { writeService } from '../../support/service.ts';

/** A service with a route whose path is a parameter that only the command line has. */
function serviceWithParameter(): string {
  const root = writeService(temporaryFolder());
  const yml = readTree(root)['serverless.yml'] ?? '';
  writeTree(root, {
    'serverless.yml': yml.replace('path: /hello', `path: '/\${param:base}'`),
  });
  return root;
}

describe('an edit of a service that has parameters', () => {
  it('refuses a route that --param makes another function have', async () => {
    const cwd = serviceWithParameter();
    const before = readTree(cwd);
    const { context } = scripted({ cwd });
    await expect(
      addEndpoint(context, 'listOrders', { path: '/orders', param: ['base=orders'] }),
    ).rejects.toThrow('GET /orders');
    expect(readTree(cwd)).toEqual(before);
  });

  it('adds and removes an endpoint beside it', async () => {
    const cwd = serviceWithParameter();
    const before = readTree(cwd);
    const param = ['base=hello'];
    await addEndpoint(scripted({ cwd }).context, 'listOrders', { path: '/orders', param });
    expect(readTree(cwd)['lib/main.dart']).toContain('main.listOrders');
    await removeEndpoint(scripted({ cwd }).context, 'listOrders', { yes: true, param });
    expect(readTree(cwd)).toEqual(before);
  });
});
