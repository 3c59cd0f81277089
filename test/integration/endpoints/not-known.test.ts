import { describe, expect, it } from 'vitest';
import { listed } from '../../support/commands.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { newService } from '../../support/service.ts';

const HELLO = 'hello: { handler: main.hello, events: [{ http: GET /hello }] }';
const POST = 'postRequest: { handler: main.postRequest }';
const UNKNOWN = '$' + '{ssm:/shop}';

/** What `endpoints` tells of a new service that has these functions. */
async function list(functions: string) {
  const cwd = temporaryFolder();
  const head = 'service: shop\nprovider: { name: aws, runtime: provided.al2023 }\nfunctions:\n';
  writeTree(cwd, { ...newService(), 'serverless.yml': head + functions });
  const { failed, problems, notes } = await listed(cwd);
  return { failed, problems, notes: notes.map(({ message }: { message: string }) => message) };
}

describe('endpoints', () => {
  it.each([
    [
      'a function whose handler is not known',
      `  ${HELLO}\n  worker: { handler: '${UNKNOWN}' }\n`,
      'the function worker is left out here, as its handler is not known',
    ],
    [
      'a function that is not known',
      `  ${HELLO}\n  worker: ${UNKNOWN}\n`,
      'the function worker is left out here, as its handler is not known',
    ],
    [
      'functions of a list that are not known',
      `  - ${HELLO}\n  - ${UNKNOWN}\n`,
      `functions are left out here, as they are not known: ${UNKNOWN}`,
    ],
    [
      'the events of a function',
      `  ${HELLO}\n  ${POST.replace(' }', `, events: '${UNKNOWN}' }`)}\n`,
      `the events of postRequest are left out here, as they are not known: ${UNKNOWN}`,
    ],
    [
      'an event',
      `  ${HELLO}\n  ${POST.replace(' }', `, events: ['${UNKNOWN}'] }`)}\n`,
      `an event of postRequest is left out here, as it is not known: ${UNKNOWN}`,
    ],
    [
      'a route',
      `  ${HELLO}\n  ${POST.replace(' }', `, events: [{ http: '${UNKNOWN}' }] }`)}\n`,
      `a route of postRequest is left out here, as it is not known: ${UNKNOWN}`,
    ],
    [
      'a path',
      `  ${HELLO}\n  ${POST.replace(' }', `, events: [{ http: 'GET /${UNKNOWN}/a' }] }`)}\n`,
      `a route of postRequest is left out here, as it is not known: GET /${UNKNOWN}/a`,
    ],
  ])('notes that it leaves out %s, and does not fail for it', async (_, functions, note) => {
    expect(await list(functions)).toEqual({ failed: false, problems: [], notes: [note] });
  });
});

it('endpoints tells of a registration that no handler can be, known or not', async () => {
  const { problems } = await list(`  ${HELLO}\n  worker: { handler: 'other.${UNKNOWN}' }\n`);

  expect(problems).toMatchObject([
    { message: 'main.postRequest is registered, but no function has it as its handler.' },
  ]);
});
