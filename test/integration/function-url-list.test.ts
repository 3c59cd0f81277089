import { expect, it } from 'vitest';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import { scripted } from '../support/context.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { newService, writeService } from '../support/service.ts';

it('lists function URLs beside the events', async () => {
  const cwd = writeService(temporaryFolder());
  const serverlessYml = newService()['serverless.yml'] ?? '';
  const handler = '    handler: main.hello\n';
  writeTree(cwd, { 'serverless.yml': serverlessYml.replace(handler, `${handler}    url: true\n`) });
  const json = scripted({ cwd });
  await endpoints(json.context, { json: true });
  const { endpoints: listed } = JSON.parse(json.results.join(''));
  expect(listed).toMatchObject([
    { api: 'rest', method: 'GET', path: '/hello', function: 'hello' },
    { api: 'url', method: 'ANY', path: '/', function: 'hello', handler: 'main.hello' },
    { api: 'rest', method: 'POST', path: '/postRequest', function: 'postRequest' },
  ]);
  const table = scripted({ cwd });
  await endpoints(table.context, {});
  expect(table.results.join('')).toMatch(/^ANY +function URL +hello +main\.hello/m);
});
