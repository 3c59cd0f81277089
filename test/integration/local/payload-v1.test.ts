import { expect, it, onTestFinished } from 'vitest';
import { startLocalServer } from '../../../src/local/server.ts';
import { NO_SETTINGS } from '../../../src/service/service.ts';
import { run } from '../../../src/tools/run.ts';
import { fn, request, runtime } from '../../support/local.ts';

it.each([
  [['hello'], 'http', { version: '1.0', httpMethod: 'GET', path: '/event' }],
  [['another'], 'http', { version: '2.0', rawPath: '/event' }],
  [['hello'], 'rest', { httpMethod: 'GET', requestContext: { stage: 'dev' } }],
] as const)('where %j have payload 1.0, hello gets of its %s API %j', async (keys, api, event) => {
  const local = await startLocalServer({
    service: {
      name: 'shop',
      stage: 'dev',
      region: 'eu-west-1',
      gateway: { ...NO_SETTINGS, payloadV1: new Set<string>(keys) },
      functions: [fn({ key: 'hello', events: [{ api, method: 'GET', path: '/event' }] })],
    },
    commandFor: () => runtime(),
    run: async (command, options) => run(command, options),
    host: '127.0.0.1',
    port: 0,
    report: () => {},
    env: {},
  });
  onTestFinished(() => local.close());
  const { json } = await request({ port: local.port, path: '/event' });
  expect(json).toMatchObject(event);
});
