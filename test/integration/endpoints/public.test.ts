import { describe, expect, it } from 'vitest';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { writeService } from '../../support/service.ts';

/** The notes of add-endpoint in a service whose functions have these events. */
async function notesOf(events: Readonly<Record<string, string>>, dryRun = false) {
  const root = writeService(temporaryFolder());
  const functions = Object.entries(events).map(
    ([key, event]) => `  ${key}:\n    handler: main.${key}\n    events:\n      - ${event}\n`,
  );
  writeTree(root, {
    'serverless.yml': `service: shop\nprovider: { name: aws, runtime: provided.al2023 }\nplugins: [./tool/serverless-dart.mjs]\nfunctions:\n${functions.join('')}`,
  });
  const { context, notes } = scripted({ cwd: root });
  await addEndpoint(context, 'listOrders', { path: '/orders', dryRun });
  return notes.filter((note) => note.startsWith('Note: '));
}

const route = (api: string, path: string, more: string) =>
  `${api}: { method: post, path: ${path}, ${more} }`;

describe('add-endpoint, beside routes that not everyone may call', () => {
  it.each([
    [
      'an authorizer',
      { a: route('httpApi', '/a', 'authorizer: jwt'), b: 'httpApi: GET /b' },
      'Note: GET /orders is public; a has an authorizer. For the same, copy authorizer of a into the event of listOrders in serverless.yml.',
    ],
    [
      'authorizers',
      {
        a: route('http', '/a', 'authorizer: { type: aws_iam }'),
        b: route('http', '/b', 'authorizer: check'),
        c: route('http', '/c', 'authorizer: check, private: false'),
      },
      'Note: GET /orders is public; a and 2 others have an authorizer. For the same, copy authorizer of a into the event of listOrders in serverless.yml.',
    ],
    [
      'API keys and cors',
      {
        a: 'http: GET /a',
        b: route('http', '/b', 'private: true, cors: true'),
        c: route('http', '/c', 'private: true'),
      },
      'Note: GET /orders is public and has no cors; b and c want an API key, b has cors. For the same, copy private of b and cors of b into the event of listOrders in serverless.yml.',
    ],
  ])('says that the new one has none of %s', async (_, events, note) => {
    expect(await notesOf(events)).toEqual([note]);
    expect(await notesOf(events, true)).toEqual([note]);
  });

  it('says nothing of what another API has, or of what is switched off', async () => {
    expect(
      await notesOf({
        a: route('http', '/a', 'private: false, cors: false'),
        b: route('httpApi', '/b', 'authorizer: jwt'),
        c: 'http: GET /c',
      }),
    ).toEqual([]);
  });
});
