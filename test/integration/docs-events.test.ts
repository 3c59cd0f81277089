import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listFunctions } from '../../src/api.ts';
import { runCli } from '../../src/cli/run.ts';
import { snakeCase } from '../../src/dart/identifiers.ts';
import {
  EVENT_SOURCES,
  type EventSourceName,
  eventClasses,
} from '../../src/service/event-sources.ts';
import { PLAIN } from '../../src/ui/style.ts';
import { scripted } from '../support/context.ts';
import { root } from '../support/docs.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { eventTypes, newService, writeService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

/* Each source of events has a page, whose code is real. */

const dart = await requireDart();
const FOLDER = join(root, 'docs/events');
const NAMES = Object.keys(EVENT_SOURCES) as EventSourceName[];

const textOf = (name: string): string => readFileSync(join(FOLDER, `${name}.md`), 'utf8');

/** The only fence of a page in a language. */
function fenceOf(name: string, language: string): string {
  const fences = [...textOf(name).matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const found = fences.filter(([, each]) => each === language);
  expect(found, `${name}.md: ${language}`).toHaveLength(1);
  return found[0]?.[2] ?? '';
}

/** The functions of a page, by their keys. */
interface Functions {
  readonly [key: string]: { handler: string; events?: Record<string, unknown>[] };
}
const functionsOf = (name: string): Functions => parse(fenceOf(name, 'yaml'));

/** Runs the command of a page in a new service. */
async function added(command: string) {
  const words = spawnSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  const [program, ...argv] = words.stdout.split('\0').slice(0, -1);
  expect(program).toBe('create-lambda-hello');
  const cwd = writeService(temporaryFolder());
  const { context } = scripted({ cwd });
  const output = { write: () => {} };
  await runCli(
    [...argv, '--yes'],
    PLAIN,
    async () => context,
    output,
    () => undefined,
  );
  const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
  const yml: { functions?: Functions } = parse(read('serverless.yml'));
  return { yml, read };
}

it('has a page for each source, and no other', () => {
  const pages = readdirSync(FOLDER).map((file) => file.replace(/\.md$/, ''));
  expect(pages.sort()).toEqual([...NAMES, 'README'].sort());
  const index = textOf('README');
  for (const name of NAMES) expect(index).toMatch(new RegExp(`^\\| \`${name}\` \\| \\[.*\\]`, 'm'));
});

describe.each(NAMES)('docs/events/%s.md', (name) => {
  const { key } = EVENT_SOURCES[name];

  it('has a function with the event of its source', () => {
    const [[fnKey = '', fn] = []] = Object.entries(functionsOf(name));
    expect(fn?.handler).toBe(`main.${fnKey}`);
    // What osls has no event for is named elsewhere.
    expect((fn?.events ?? []).flatMap((each) => Object.keys(each))).toEqual(key ? [key] : []);
  });

  it('has what add-function writes', async () => {
    const { yml, read } = await added(fenceOf(name, 'console'));
    const [[fnKey = '', fn] = []] = Object.entries(functionsOf(name));
    expect(yml.functions?.[fnKey]).toEqual(fn);
    expect(read(`lib/handlers/${snakeCase(fnKey)}.dart`)).toBe(fenceOf(name, 'dart'));
  });
});

it('has functions and handlers that are consistent', async () => {
  const folder = temporaryFolder();
  const base = newService({ name: 'shop' });
  const calls = NAMES.flatMap((name) => {
    const [event] = eventClasses(name).filter((each) => fenceOf(name, 'dart').includes(each));
    const [key] = Object.keys(functionsOf(name));
    return [`..registerHandler<${event}>('main.${key}', ${key}, event: ${event}.fromJson)`];
  });
  const imports = NAMES.map((name) => `import 'handlers/${name}.dart';`);
  const functions = Object.assign({}, ...NAMES.map(functionsOf));
  writeTree(folder, {
    ...base,
    ...Object.fromEntries(
      NAMES.map((name) => [`lib/handlers/${name}.dart`, fenceOf(name, 'dart')]),
    ),
    'serverless.yml': `service: shop
provider: { name: aws, runtime: provided.al2023 }
functions: ${JSON.stringify(functions)}
`,
    'lib/main.dart': `${imports.join('\n')}
import 'handlers/hello.dart';
import 'runtime/runtime.dart';

Future<void> main() => (Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
    ${calls.join('\n    ')}).invoke();
`,
  });
  const listed = await listFunctions({ directory: folder });
  expect(listed.problems).toEqual([]);
  expect(listed.functions.every(({ line }) => line !== undefined)).toBe(true);
  // What osls has no event for is called by a resource that no page shows.
  const alone = NAMES.filter((name) => !EVENT_SOURCES[name].key && name !== 'authorizer');
  expect(listed.notes).toHaveLength(alone.length);
});

it.skipIf(dart === null)(
  'has handlers that compile, registered as the index says',
  () => {
    const folder = temporaryFolder();
    const handlers = NAMES.map((name): [string, string] => [
      `lib/handlers/${name}.dart`,
      fenceOf(name, 'dart'),
    ]);
    const registration = fenceOf('README', 'dart').trim();
    const main = [
      ...NAMES.map((name, index) =>
        name === 'sqs'
          ? `import 'handlers/sqs.dart';`
          : `import 'handlers/${name}.dart' as h${index};`,
      ),
      "import 'runtime/events/sqs.dart';",
      "import 'runtime/runtime.dart';",
      `Future<void> main() => (Runtime()${registration}).invoke();`,
      `final all = [${NAMES.map((name, index) => {
        const [fnKey] = Object.keys(functionsOf(name));
        return name === 'sqs' ? fnKey : `h${index}.${fnKey}`;
      }).join(', ')}];`,
      '',
    ].join('\n');
    writeTree(folder, {
      ...newService(),
      ...eventTypes(),
      ...Object.fromEntries(handlers),
      'lib/main.dart': main,
    });
    const options = { cwd: folder, encoding: 'utf8' as const };
    spawnSync(dart?.dart ?? '', ['pub', 'get'], options);
    const args = ['compile', 'kernel', '-o', 'out.dill', 'lib/main.dart'];
    const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', args, options);
    expect(status, stdout + stderr).toBe(0);
  },
  dartTime(60_000),
);
