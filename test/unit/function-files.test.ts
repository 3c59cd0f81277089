import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { payloadNoun } from '../../src/dart/function/files.ts';
import { HANDLER_TAKEN } from '../../src/dart/function/names.ts';
import { topLevelDeclarations } from '../../src/dart/main/declarations.ts';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { knownModels } from '../../src/dart/model/known.ts';
import { EVENT_SOURCES, eventClass } from '../../src/service/event-sources.ts';
import { FORMS, functionOf, PAYLOAD_SOURCES, SOURCES } from '../support/generated-functions.ts';
import { eventTypes, runtimeFiles } from '../support/service.ts';

const parser = await loadDartParser();
const ORDER = '{"id": "o-1", "items": [{"sku": "a-1"}]}';

/** The texts of a function's files, without the event in its test. */
async function textsOf(input: Parameters<typeof functionOf>[0]): Promise<Record<string, string>> {
  const { files } = await functionOf(input);
  return Object.fromEntries(
    files.map(({ path, content }) => [path, content.replace(/^const _event = .*$/ms, '')]),
  );
}

describe('the files of a function', () => {
  it('are a handler as a colleague would write it', async () => {
    const files = await textsOf({ key: 'onOrder', source: 'sqs' });
    expect(Object.keys(files)).toEqual([
      'lib/handlers/on_order.dart',
      'test/handlers/on_order_test.dart',
    ]);
    expect(files['lib/handlers/on_order.dart']).toBe(`import '../runtime/events/sqs.dart';
import '../runtime/runtime.dart';

/// Messages of an SQS queue.
Future<BatchResponse> onOrder(Context context, AwsSqsEvent event) {
  return processBatch(event.records, (record) async {
    log.info('message', {'id': record.messageId, 'body': record.body});
  });
}
`);
  });

  it('are a handler that reads its payload as a model, and a test of both', async () => {
    const input = { key: 'onOrder', source: 'eventbridge', payload: ORDER } as const;
    const files = await textsOf(input);
    expect(files['lib/models/on_order_detail.dart']).toContain(`
/// The detail that \`onOrder\` takes.
class OnOrderDetail with JsonModel {
  const OnOrderDetail({required this.id, required this.items});
`);
    expect(files['lib/handlers/on_order.dart']).toBe(`import '../models/on_order_detail.dart';
import '../runtime/events/eventbridge.dart';
import '../runtime/runtime.dart';

/// Events of an EventBridge bus.
Future<void> onOrder(Context context, AwsEventBridgeEvent event) async {
  final detail = event.read(OnOrderDetail.fromJson);
  log.info(event.detailType, {'source': event.source, 'detail': detail});
}
`);
    expect(files['test/handlers/on_order_test.dart']).toBe(`import 'dart:convert';

import 'package:shop/handlers/on_order.dart';
import 'package:shop/models/on_order_detail.dart';
import 'package:shop/runtime/events/eventbridge.dart';
import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  final event = AwsEventBridgeEvent.fromJson(decodeJson(_event));

  test('handles an event', () async {
    await onOrder(Context(requestId: 'test'), event);

    expect(event.source, 'com.example.checkout');
    expect(event.detailType, 'Order Placed');
  });

  test('encodes the detail as it was', () {
    final decoded = event.read(OnOrderDetail.fromJson);

    expect(json.decode(json.encode(decoded)), event.detail);
  });

  test('refuses a detail of another form', () async {
    final changed = AwsEventBridgeEvent.fromJson({...event.raw, 'detail': '?'});

    await expectLater(
      onOrder(Context(requestId: 'test'), changed),
      throwsA(isA<FormatException>()),
    );
  });
}

`);
  });

  it('use a model that is there, and one that has a name', async () => {
    const payload = '{"order": {"id": "o-1"}}';
    const named = await functionOf({
      ...{ key: 'onOrder', source: 'sqs', payload: '{"id": "o-1"}', className: 'Order' },
    });
    expect(named.files[0]?.path).toBe('lib/models/order.dart');
    expect(named.files[1]?.content).toContain('final message = orderFromJson(record.body);');
    const known = knownModels(named.classes);
    const other = await functionOf({ key: 'onSale', source: 'sqs', payload }, known);
    expect(other.shared).toEqual(['lib/models/order.dart']);
    expect(other.chosen).toEqual(other.shared);
    expect(other.files[0]?.content).toContain('final Order order;');
  });
});

describe.each(FORMS)('a function of $source $kind', ({ source, kind }) => {
  it('takes the event of its source, and is registered with what reads it', async () => {
    const key = 'do-it';
    const {
      files,
      handlerPath,
      registration,
      runtimeFiles: needed,
    } = await functionOf({
      ...{ key, source, kind },
    });
    expect(handlerPath).toBe('lib/handlers/do_it.dart');
    const library = `runtime/events/${EVENT_SOURCES[source].library}.dart`;
    const className = eventClass(source, kind);
    expect(registration).toEqual({
      ...{ name: 'main.do-it', handler: 'doIt', library: 'handlers/do_it.dart', package: 'shop' },
      event: { className, library },
    });
    const [handler = '', test = ''] = files.map(({ content }) => content);
    expect(handler).toContain(`import '../${library}';`);
    expect(handler).toMatch(new RegExp(`^Future<.+> doIt\\(.*?\\b${className} event`, 'ms'));
    expect(handler).not.toContain('print(');
    const about = EVENT_SOURCES[source].about.slice(1);
    expect(handler).toContain(about);
    expect(test).toContain(`final event = ${className}.fromJson(`);
    expect(needed).toContain('lib/runtime/runtime.dart');
    expect(needed.includes('lib/runtime/log.dart')).toBe(/\blog\./.test(handler));
    for (const path of needed) expect(runtimeFiles()).toHaveProperty([path]);
  });

  it('has no line above 80 characters but in the event', async () => {
    const lines = Object.values(await textsOf({ key: 'doIt', source, kind }))
      .join('\n')
      .split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('imports nothing that it does not use', async () => {
    const { files } = await functionOf({ key: 'doIt', source, kind });
    const used = { convert: /\bjson\./, io: /\bPlatform\b/, math: /\bRandom\b/ };
    for (const { content } of files) {
      const code = content.replace(/^const _event = .*$/ms, '').replace(/^\/\/\/.*$/gm, '');
      for (const [name, use] of Object.entries(used)) {
        expect(use.test(code.replace(/^import .*$/gm, ''))).toBe(code.includes(`'dart:${name}'`));
      }
    }
  });
});

it('types the payload of the sources that carry JSON of their own', () => {
  expect(PAYLOAD_SOURCES).toEqual(['sqs', 'sns', 'kinesis', 'eventbridge']);
  expect(SOURCES.filter(payloadNoun)).toEqual(PAYLOAD_SOURCES);
});

it.each(PAYLOAD_SOURCES)('gives the model of %s no name of the event library', async (source) => {
  const { classes } = await functionOf({ key: 'aws-sns', source, payload: ORDER });
  expect(classes.map(({ className }) => className)).not.toContain('AwsSnsMessage');
});

describe('an authorizer', () => {
  const authorizers = FORMS.filter(({ source }) => source === 'authorizer');

  it.each(authorizers)('of the type $kind allows nobody without a secret', async ({ kind }) => {
    const { files } = await functionOf({ key: 'checkToken', source: 'authorizer', kind });
    const [handler = '', test = ''] = files.map(({ content }) => content);
    expect(handler).toContain("secret ?? Platform.environment['API_TOKEN'] ?? ''");
    expect(handler).toContain("token.isNotEmpty && _isSame(given, 'Bearer $token')");
    expect(test).toContain("for (final secret in ['', 'other', null])");
  });
});

/** The texts of the libraries that handlers import, or that those export, by path. */
function importedLibraries(): ReadonlyMap<string, string> {
  const all: Record<string, string> = { ...runtimeFiles(), ...eventTypes() };
  const found = new Map<string, string>();
  const add = (path: string) => {
    const text = all[path] ?? '';
    found.set(path, text);
    for (const [, name = ''] of text.matchAll(/^export '(\w+\.dart)'(?! show)/gm)) {
      add(posix.join(posix.dirname(path), name));
    }
  };
  for (const { library } of Object.values(EVENT_SOURCES)) add(`lib/runtime/events/${library}.dart`);
  add('lib/runtime/runtime.dart');
  return found;
}

/** Functions of these libraries that lib/runtime/runtime.dart hides. */
const HIDDEN: ReadonlySet<string> = new Set(['checkJson', 'fieldOf', 'refuseText']);

it('gives a handler no name of a function that its files import', () => {
  const names = [...importedLibraries().values()].flatMap((text) =>
    topLevelDeclarations(parser, text).map(({ name }) => name),
  );
  const functions = names.filter((name) => /^[a-z]/.test(name) && !HIDDEN.has(name));
  expect(functions).toContain('processBatch');
  expect(functions.filter((name) => !HANDLER_TAKEN.has(name))).toEqual([]);
});
