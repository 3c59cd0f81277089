import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AddFunctionOptions, addFunction, listFunctions } from '../../../src/api.ts';
import { payloadNoun } from '../../../src/dart/function/files.ts';
import {
  EVENT_SOURCES,
  type EventSourceName,
  kindsOf,
} from '../../../src/service/event-sources.ts';
import { permanentFolder, readTree } from '../../support/folders.ts';
import { writeService } from '../../support/service.ts';
import { dartTime } from '../../support/speed.ts';
import { requireDartFormat } from '../../toolchain/dart-format.mjs';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

/* What add-function writes for each source and each kind of its events, in one service. */

const dart = await requireDart();
const format = await requireDartFormat();

type Given = Omit<AddFunctionOptions, 'name' | 'event'>;

const LISTENER =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/7';
const LONG = 'x'.repeat(64 - 'shop-dev-'.length);
const PAYLOAD = '{"id": 7, "placed": "2024-02-29T12:30:00Z", "items": [{"sku": "a", "count": 2}]}';
const PAYLOADS = [PAYLOAD, '{}', 'OrderPlaced={"id":7,"note?":"a"}'];

/** Names that mean something else in Dart, or in what is generated. */
const ODD_NAMES = (
  'awsSns class context decoded event fail json log main message print processBatch record runtime ' +
  'test toString first-order'
).split(' ');

/** The options of a source; no two functions share what is made for one of them. */
const optionsOf = (source: EventSourceName, index: number): Given => {
  const options: Record<EventSourceName, Given> = {
    sqs: { queue: `orders${index}`, create: true },
    sns: { topic: `notices${index}`, create: true },
    s3: { bucket: `acme-uploads${index}`, prefix: 'in/', suffix: '.jpg', create: true },
    dynamodb: { table: `orders${index}`, create: true },
    kinesis: { stream: `clicks${index}`, create: true },
    schedule: { rate: '10 minutes' },
    eventbridge: { pattern: '{"source":["acme.orders"],"detail-type":["OrderPlaced"]}' },
    logs: { logGroup: '/aws/lambda/shop-dev-hello' },
    cognito: { pool: 'customers', create: true },
    firehose: {},
    ses: { create: true },
    iot: { sql: "SELECT * FROM 'devices/+/readings'" },
    alb: { listener: LISTENER },
    websocket: { route: `route${index}` },
    authorizer: {},
    appsync: {},
  };
  return options[source];
};

const SOURCES = Object.keys(EVENT_SOURCES) as EventSourceName[];

/** Each source, with each kind of its events, or with each kind of payload. */
const VARIANTS = SOURCES.flatMap((event): readonly Omit<AddFunctionOptions, 'name'>[] => {
  if (event === 'cognito') {
    return kindsOf(event).map((trigger) => ({
      ...{ event, trigger },
      ...(/^Custom.+Sender$/.test(trigger) && { kmsKey: KEY }),
    }));
  }
  if (event === 'authorizer') return kindsOf(event).map((type) => ({ event, type }));
  const payloads = payloadNoun(event) ? PAYLOADS : [];
  return [{ event }, ...payloads.map((payload) => ({ event, payload }))];
});

/**
 * Each under a name that is too long for a registration on one line, which would be split only while
 * it is the last one; and the last of them under one that is as long as AWS allows.
 */
const NAMED = VARIANTS.map((variant, index) => ({ ...variant, name: `run${index + 10}` }));
const LONGEST = { event: 'kinesis', payload: PAYLOAD, name: LONG };
const ODD = ODD_NAMES.map((name) => ({ event: 'sns', payload: PAYLOAD, name }));
const FUNCTIONS = [...NAMED, LONGEST, ...ODD].map(
  (given, index): AddFunctionOptions => ({
    ...optionsOf(given.event as EventSourceName, index),
    ...given,
  }),
);

describe('the functions of all sources in one service', () => {
  const { folder, remove } = permanentFolder();
  const root = join(folder, 'shop');
  let files: Record<string, string>;

  beforeAll(async () => {
    writeService(folder);
    for (const given of FUNCTIONS) await addFunction({ ...given, directory: root });
    files = readTree(root);
  }, 60_000);
  afterAll(remove);

  it('are listed without problems', async () => {
    const { functions, problems } = await listFunctions({ directory: root });
    expect(problems).toEqual([]);
    expect(functions).toHaveLength(FUNCTIONS.length + 2);
  });

  it.skipIf(format === null)('are written as dart format writes them', () => {
    const sources = Object.entries(files).filter(([path]) => path.endsWith('.dart'));
    expect(format?.(Object.fromEntries(sources))).toEqual(Object.fromEntries(sources));
  });

  it.skipIf(dart === null)(
    'compile, and pass their tests',
    () => {
      const options = { cwd: root, encoding: 'utf8' as const };
      const run = (...args: string[]) => {
        const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', args, options);
        expect(status, stdout + stderr).toBe(0);
        return stdout;
      };
      const output = run('test');
      expect(output).toContain('All tests passed!');
      run('compile', 'kernel', '-o', 'out.dill', 'lib/main.dart');
    },
    dartTime(120_000),
  );
});
