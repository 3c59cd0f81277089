import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed, vi } from 'vitest';
import {
  allPages,
  COMPATIBLE_README,
  type Command,
  PACKAGE_README,
  SERVICE_README,
  SHELF_README,
  stepsOf,
} from '../support/docs.ts';
import { makeMachine } from '../support/docs-machine.ts';
import { missingLine } from '../support/docs-output.ts';
import { Reader } from '../support/docs-reader.ts';
import { permanentFolder } from '../support/folders.ts';
import { hasMoto, type Moto, REGION, startMoto } from '../support/moto.ts';
import { dartTime } from '../support/speed.ts';

/*
 * A reader follows each document from its first command to its last: with the packed CLI, the real
 * npm, npx, make, curl and osls, and with stand-ins for AWS (moto) and, where there is no SDK, for
 * Dart. Whatever the documents say of commands besides is held against the table of commands.
 */

/** Commands that are not run, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  'npm install && npm start': 'builds the package anew, while other tests use it',
  'npm install && npm test': 'runs this test',
};

/** What a reader has done before, or has at hand, by the page. */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  'README.md': [`mkdir hello; echo '{"id": 7, "total": 9.5}' > hello/order.json`],
  [SERVICE_README.path]: ['npx create-lambda-hello hello --yes', 'cd hello'],
  // Of names of their own: moto cannot update a stack to other functions.
  [PACKAGE_README.path]: ['npx create-lambda-hello parcel --runtime package --yes', 'cd parcel'],
  [COMPATIBLE_README.path]: [
    'npx create-lambda-hello moved --runtime compatible --yes',
    'cd moved',
  ],
  'docs/flutter.md': ['npx create-lambda-hello hello --yes', 'cd hello'],
  'docs/openapi.md': ['npx create-lambda-hello hello --yes', 'cd hello'],
  [SHELF_README.path]: ['npx create-lambda-hello hello --shelf --yes', 'cd hello'],
};

const PAGES = allPages()
  .filter(({ path }) => /^(README\.md|docs\/.*|templates\/.*)$/.test(path))
  .map((page) => ({ page, path: page.path, steps: stepsOf(page) }));
const FOLLOWED = PAGES.filter(({ steps }) => steps.some(({ kind }) => kind === 'commands'));

const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'x86_64';
const EDITS = /create-lambda-hello(?:@\S+)? (add|remove)-(endpoint|function) (?!.*--dry-run)/s;
/** What calls a function of `dev`. */
const CALLS = /\bcurl .*127\.0\.0\.1|\binvoke (?!.*--(stage|list))/;
const IS_DEV = /^(make|(npx )?create-lambda-hello(@\S+)?) dev\b/;

it('runs all commands but those that cannot run here, each of which is in a document', () => {
  const commands = PAGES.flatMap(({ steps }) =>
    steps.flatMap((step) => (step.kind === 'commands' ? step.commands : [])),
  ).map(({ text }) => text);
  expect(Object.keys(NOT_RUN).filter((command) => !commands.includes(command))).toEqual([]);
  expect(commands.length).toBeGreaterThan(30);
});

const dartBin = inject('dartBin');
describe.skipIf(dartBin === '' || !hasMoto())('a reader', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  });
  afterAll(() => moto?.stop());

  it.each(FOLLOWED)('follows $path', async ({ path, steps }) => {
    const { folder, remove } = permanentFolder();
    const { env, work } = makeMachine(folder, inject('cli'), dartBin, moto.origin);
    const reader = new Reader(work, env);
    onTestFailed(() => console.error(`${path}: dev has shown\n${reader.dev}`));
    /** As it is on this machine. */
    const local = (text: string): string =>
      text
        .replaceAll('3000', reader.port ?? '3000')
        .replaceAll('us-east-1', REGION)
        .replaceAll('arm64', ARCHITECTURE)
        // Without a terminal there are no keys.
        .replace(' Keys: r restart, e endpoints, o open the explorer, q quit.', '');

    async function follow({ line, text }: Command): Promise<string> {
      if (text in NOT_RUN) return '';
      // The Dart VM for tests compiles for this processor only.
      await reader.edit('serverless.yml', (yml) =>
        yml.replace('architecture: arm64', `architecture: ${ARCHITECTURE}`),
      );
      if (/ logs hello$/.test(text)) await log(moto, '/aws/lambda/hello-dev-hello');
      if (IS_DEV.test(text)) {
        return reader.startDev(text.startsWith('make') ? text : `${text} --port 0`);
      }
      if (CALLS.test(text)) await reader.warmUp();
      const run = () => reader.run(local(text));
      const { status, output } = EDITS.test(text)
        ? await reader.followedByDev('serverless.yml', run)
        : await run();
      expect(status, `${path}:${line}: ${text}\n${output}`).toBe(0);
      return output;
    }

    try {
      for (const text of GIVEN[path] ?? []) await follow({ line: 0, text });
      let printed = '';
      for (const step of steps) {
        if (step.kind === 'commands') {
          printed = '';
          for (const command of step.commands) printed += await follow(command);
        }
        if (step.kind === 'file') await reader.write(step.path, step.content);
        else if (step.output !== undefined) {
          const shown = step.output.map(local);
          // What runs meanwhile may tell it in a moment.
          await vi.waitFor(
            () => {
              const all = step.kind === 'output' ? `${reader.dev}\n${printed}` : printed;
              const missing = missingLine(shown, all);
              expect(missing, `${path}:${step.line}: is not in\n${all}`).toBeUndefined();
            },
            { timeout: step.kind === 'output' ? dartTime(5000) : 0 },
          );
        }
      }
      await reader.stopDev();
    } finally {
      reader.kill();
      remove();
    }
  });
});

/** Logs what Lambda logs for an invocation: moto runs no functions of this runtime. */
async function log(moto: Moto, logGroupName: string): Promise<void> {
  const stream = { logGroupName, logStreamName: '2026/01/01/[$LATEST]0' };
  await moto.call('cloudwatch-logs', 'CreateLogStream', stream);
  const id = 'RequestId: 6dce1190-1f17-4463-8715-9c8c696781af';
  const report = 'Duration: 11.34 ms\tBilled Duration: 12 ms\tMemory Size: 128 MB';
  const messages = [
    `START ${id} Version: $LATEST\n`,
    `END ${id}\n`,
    `REPORT ${id}\t${report}\tMax Memory Used: 45 MB\t\n`,
  ];
  const timestamp = Date.now();
  const logEvents = messages.map((message, index) => ({ timestamp: timestamp + index, message }));
  await moto.call('cloudwatch-logs', 'PutLogEvents', { ...stream, logEvents });
}
