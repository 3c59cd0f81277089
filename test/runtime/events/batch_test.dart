import 'dart:async';
import 'dart:convert';

import 'package:shop/runtime/events/kinesis.dart';
import 'package:shop/runtime/events/sqs.dart';
import 'package:shop/runtime/log.dart';
import 'package:test/test.dart';

import 'fixtures.dart';

List<AwsSqsRecord> messages(int count, {String queue = 'orders'}) => [
  for (var id = 1; id <= count; id++)
    AwsSqsRecord.fromJson({
      'messageId': '$id',
      'body': '$id',
      'eventSourceARN': 'arn:aws:sqs:eu-west-1:1:$queue',
    }),
];

void main() {
  // Of the records whose body is in [bad].
  void Function(AwsSqsRecord record) failing(
    Set<String> bad, [
    List<String>? seen,
  ]) => (record) {
    seen?.add(record.body);
    if (bad.contains(record.body)) throw StateError('bad ${record.body}');
  };

  test('a batch in which all succeed has no failures', () async {
    final seen = <String>[];
    final response = await processBatch(messages(3), failing({}, seen));
    expect(seen, ['1', '2', '3']);
    expect(jsonEncode(response), '{"batchItemFailures":[]}');
  });

  test('an empty batch succeeds', () async {
    expect((await processBatch(messages(0), failing({}))).failures, isEmpty);
  });

  test(
    'the records of a queue that fail are told, and the others run',
    () async {
      final seen = <String>[];
      final response = await processBatch(
        messages(4),
        failing({'1', '3'}, seen),
      );
      expect(seen, ['1', '2', '3', '4']);
      expect(
        jsonEncode(response),
        '{"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"3"}]}',
      );
    },
  );

  test('a failure is logged with the id of its record', () async {
    final lines = <String>[];
    await runZoned(
      () => processBatch(messages(3), failing({'2'})),
      zoneValues: {
        Log: Log({'AWS_LAMBDA_LOG_FORMAT': 'JSON'}, write: lines.add),
      },
    );
    final line = jsonDecode(lines.single) as Map<String, dynamic>;
    expect(line['level'], 'ERROR');
    expect(line['error'], 'Bad state: bad 2');
    expect(line['id'], '2');
    expect(line['stackTrace'], contains('batch_test.dart'));
  });

  test('a failure in a future is told too', () async {
    final response = await processBatch(messages(2), (record) async {
      await Future<void>.delayed(Duration.zero);
      failing({'2'})(record);
    });
    expect(response.failures, ['2']);
  });

  test('a FIFO queue stops at the first failure', () async {
    final seen = <String>[];
    final response = await processBatch(
      messages(4, queue: 'orders.fifo'),
      failing({'2'}, seen),
    );
    expect(seen, ['1', '2']);
    expect(response.failures, ['2', '3', '4']);
  });

  test('a stream stops at the first failure', () async {
    final event = AwsKinesisEvent.fromJson(fixture('kinesis-event'));
    final records = event.records;
    final response = await processBatch(records, (record) {
      if (record == records.last) throw const FormatException('no');
    });
    expect(response.failures, [records.last.sequenceNumber]);
    expect(response.withState({'sum': 1}).toJson(), {
      'batchItemFailures': [
        {'itemIdentifier': records.last.sequenceNumber},
      ],
      'state': {'sum': 1},
    });
  });

  for (final queue in ['orders', 'orders.fifo']) {
    test('a batch of $queue in which none succeeds throws', () async {
      final records = messages(2, queue: queue);
      try {
        await processBatch(records, failing({'1', '2'}));
        fail('It has returned.');
      } on BatchFailure catch (failure, stackTrace) {
        expect(failure.count, 2);
        expect('${failure.error}', contains('bad 1'));
        expect('$failure', allOf(contains('bad 1'), isNot(contains('.dart'))));
        expect('$stackTrace', contains('batch_test.dart'));
      }
    });
  }

  test('at most as many records run at a time as concurrency says', () async {
    var running = 0;
    var most = 0;
    final response = await processBatch(messages(10), (record) async {
      running++;
      most = running > most ? running : most;
      await Future<void>.delayed(
        Duration(milliseconds: 10 - int.parse(record.body)),
      );
      running--;
      failing({'2', '9'})(record);
    }, concurrency: 3);
    expect(most, 3);
    expect(response.failures, ['2', '9']);
  });

  test('records in order take no concurrency', () {
    final fifo = messages(2, queue: 'orders.fifo');
    expect(
      processBatch(fifo, (_) {}, concurrency: 2),
      throwsA(isA<ArgumentError>()),
    );
    expect(
      processBatch(messages(1), (_) {}, concurrency: 0),
      throwsA(isA<ArgumentError>()),
    );
  });

  test('nothing runs of a batch whose records have no ids', () async {
    final seen = <AwsSqsRecord>[];
    final record = AwsSqsRecord.fromJson({'eventSourceARN': 'a'});
    await expectLater(processBatch([record], seen.add), throwsFormatException);
    expect(seen, isEmpty);
  });
}
