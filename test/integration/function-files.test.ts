import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import {
  FORMS,
  type FunctionInput,
  filesOf,
  functionOf,
  PAYLOAD_SOURCES,
} from '../support/generated-functions.ts';
import { newService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDartFormat } from '../toolchain/dart-format.mjs';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

/* Functions of every source, all of them in one service, as compiling takes most of the time. */

const dart = await requireDart();
const format = await requireDartFormat();

const ORDER = '{"id": "o-1", "placedAt": "2024-02-29T12:30:00Z", "items": [{"sku": "a"}]}';
const PAYLOADS = [
  ORDER,
  'id:int,note:string?,state:enum(open,paid),total:decimal,on:date',
  '{"2024-01-01": 1.5, "2024-01-02": 2.5}',
  '{}',
];
/** Names that something else has in the files of a handler, and others at the limits of a line. */
const KEYS = [
  ...['main', 'log', 'print', 'json', 'processBatch', 'decodeJson', 'test', 'expect', 'isEmpty'],
  ...['event', 'context', 'response', 'record', 'message', 'changed', 'decoded', 'detail', 'data'],
  ...['int', 'switch', 'on-order-message-from-json', 'batch-response'],
];
const ofLength = (length: number): string => `work${'x'.repeat(length - 4)}`;

const inputs: readonly FunctionInput[] = [
  ...FORMS.map(({ source, kind }) => ({ key: `on-${source}-${kind}`, source, kind })),
  ...FORMS.map(({ source, kind }, index) => ({ key: ofLength(25 + index), source, kind })),
  ...PAYLOAD_SOURCES.flatMap((source) => [
    ...PAYLOADS.map((payload, index) => ({ key: `typed-${source}-${index}`, source, payload })),
    { key: `named-${source}`, source, payload: ORDER, className: `Order${source}` },
    { key: `${source}${'y'.repeat(40)}`, source, payload: ORDER },
  ]),
  ...PAYLOAD_SOURCES.filter((source) => source !== 'eventbridge').map((source) => ({
    ...{ key: `list-${source}`, source, payload: `[${ORDER}]` },
  })),
  ...KEYS.map(
    (key, index): FunctionInput =>
      index % 2 === 0
        ? { key, source: 'sqs', payload: ORDER }
        : { key, source: 'cognito', kind: 'DefineAuthChallenge' },
  ),
];

const generated = await Promise.all(
  inputs.map(async (input) => ({ input, made: await functionOf(input) })),
);
const files = Object.assign(
  {},
  ...generated.map(({ input, made }) => filesOf(made, input.source)),
) as Record<string, string>;

/** Has the handlers compiled where they are registered. */
function mainTest(): string {
  const registrations = generated.map(({ made }) => made.registration);
  const libraries = registrations.flatMap(({ library, event }) => [library, event?.library]);
  const imports = [...new Set(libraries), 'runtime/runtime.dart'];
  return [
    ...imports.map((library) => `import 'package:shop/${library}';`),
    'void main() => Runtime()',
    ...registrations.map(({ name, handler, event }) => {
      const type = event?.className;
      return `..registerHandler<${type}>('${name}', ${handler}, event: ${type}.fromJson)`;
    }),
    ';',
  ].join('\n');
}

/** Runs the tests of the files in a new service. */
function runTests(tested: Record<string, string>) {
  const root = temporaryFolder();
  writeTree(root, { ...newService(), ...tested });
  const options = { cwd: root, encoding: 'utf8' as const, maxBuffer: 1e8 };
  spawnSync(dart?.dart ?? '', ['pub', 'get'], options);
  const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', ['test'], options);
  return { status, output: stdout + stderr };
}

describe(`${inputs.length} functions of all sources`, () => {
  it.skipIf(format === null)('are as dart format writes them', () => {
    expect(format?.(files)).toEqual(files);
  });

  it.skipIf(dart === null)(
    'compile beside one another, and pass their tests',
    () => {
      const { status, output } = runTests({ ...files, 'test/main_test.dart': mainTest() });
      expect(status, output).toBe(0);
      expect(output).toContain('All tests passed!');
    },
    dartTime(120_000),
  );
});

const typed = { payload: '{"id": "o-1"}' };
const trigger = (kind: string): Omit<FunctionInput, 'key'> => ({ source: 'cognito', kind });
const authorizer = (kind: string): Omit<FunctionInput, 'key'> => ({ source: 'authorizer', kind });

/** Mistakes in handlers: what is written, and what is there in its place. */
const MISTAKES: readonly (readonly [Omit<FunctionInput, 'key'>, RegExp, string])[] = [
  [{ source: 'sqs' }, /record\.messageId/, 'record.raw[7] as String'],
  [{ source: 'sqs', ...typed }, /\w+FromJson\((.*)\)/, '$1'],
  [{ source: 'sns', ...typed }, /\w+FromJson\((.*)\)/, '$1'],
  [{ source: 'kinesis', ...typed }, /\w+FromJson\((.*)\)/, '$1'],
  [{ source: 'eventbridge', ...typed }, /event\.read\(.*\)/, 'event.raw'],
  [{ source: 'firehose' }, /okText\(/, 'okText(throw '],
  [{ source: 'alb' }, /event\.path/, 'event.httpMethod'],
  [{ source: 'ses' }, /proceed/, 'stopRule'],
  [{ source: 'appsync' }, /'id': event/, "'key': event"],
  [authorizer('token'), /token\.isNotEmpty && .*;/, 'token.isNotEmpty;'],
  [authorizer('request'), /token\.isNotEmpty && /, ''],
  [authorizer('http'), /_isSame\(given/, "_isSame(''"],
  [trigger('PreSignUp'), /Response\(\)/, 'Response(autoConfirmUser: true)'],
  [trigger('PostConfirmation'), /event\.toJson\(\)/, 'event.response'],
  [trigger('CustomMessage'), /smsMessage: .*,/, "smsMessage: '',"],
  [trigger('UserMigration'), /return null/, 'return {}'],
  [trigger('DefineAuthChallenge'), /last\.challengeName == .*&&/, ''],
  [trigger('CreateAuthChallenge'), /'code': code/, "'answer': code"],
  [trigger('VerifyAuthChallengeResponse'), /event\.challengeAnswer == code &&/, ''],
];

it.skipIf(dart === null)(
  'fail their tests where the handler has a mistake',
  async () => {
    const wrong: Record<string, string> = {};
    for (const [index, [input, from, to]] of MISTAKES.entries()) {
      const made = await functionOf({ key: `wrong${index}`, ...input });
      Object.assign(wrong, filesOf(made, input.source));
      const code = wrong[made.handlerPath] ?? '';
      wrong[made.handlerPath] = code.replace(from, to);
      expect(wrong[made.handlerPath], code).not.toBe(code);
    }
    const { output } = runTests(wrong);
    const failed = [...output.matchAll(/handlers\/wrong(\d+)_test\.dart: .* \[E\]$/gm)];
    const missed = MISTAKES.filter((_, index) => !failed.some(([, one]) => one === `${index}`));
    expect(missed, output).toEqual([]);
  },
  dartTime(120_000),
);
