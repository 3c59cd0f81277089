import 'dart:async';
import 'dart:convert';

import 'package:shop/runtime/context.dart';
import 'package:shop/runtime/log.dart';
import 'package:test/test.dart';

class Model {
  Map<String, dynamic> toJson() => {'id': 7};
}

class Bad {
  @override
  String toString() => throw StateError('a');
}

/// The lines that [write] logs during the invocation 42.
List<String> linesOf(
  void Function(Log log) write, [
  Map<String, String> environment = const {},
]) {
  final lines = <String>[];
  final log = Log(environment, write: lines.add);
  runZoned(() => write(log), zoneValues: {Context: Context(requestId: '42')});
  return lines;
}

void main() {
  const jsonFormat = {'AWS_LAMBDA_LOG_FORMAT': 'JSON'};
  Map<String, dynamic> jsonOf(void Function(Log log) write) =>
      json.decode(linesOf(write, jsonFormat).single) as Map<String, dynamic>;

  test('writes a line that one can read', () {
    expect(
      linesOf(
        (log) => log
          ..debug('a')
          ..info('b', {'order': 7, 'name': 'x y'})
          ..warn('c')
          ..error('d'),
      ),
      [
        'DEBUG RequestId: 42 a',
        'INFO RequestId: 42 b order=7 name="x y"',
        'WARN RequestId: 42 c',
        'ERROR RequestId: 42 d',
      ],
    );
  });

  test('writes none of an id outside of an invocation', () {
    final lines = <String>[];
    Log(const {}, write: lines.add).info('a');
    expect(lines, ['INFO a']);
  });

  test('writes an object of JSON where Lambda wants that', () {
    final line = jsonOf((log) => log.info('a\nb', {'order': 7}));

    expect(line.keys, ['timestamp', 'level', 'requestId', 'message', 'order']);
    expect(line, {
      'timestamp': matches(r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$'),
      'level': 'INFO',
      'requestId': '42',
      'message': 'a\nb',
      'order': 7,
    });
  });

  test('keeps the names of its own', () {
    expect(
      jsonOf((log) => log.info('a', {'level': 'x', 'message': 'y'})),
      allOf(containsPair('level', 'INFO'), containsPair('message', 'a')),
    );
  });

  test('writes any value', () {
    final loop = <Object?>[];
    loop.add(loop);
    final line = jsonOf(
      (log) => log.info('a', {
        'model': Model(),
        'date': DateTime.utc(2026),
        'nan': double.nan,
        'keys': {1: 2},
        'error': StateError('a'),
        'loop': loop,
        'bad': [Bad()],
        'null': null,
      }),
    );

    expect(line..removeWhere((key, _) => key.length > 5), {
      'level': 'INFO',
      'model': {'id': 7},
      'date': '2026-01-01T00:00:00.000Z',
      'nan': 'NaN',
      'keys': '{1: 2}',
      'error': 'Bad state: a',
      'loop': '[[...]]',
      'bad': [null],
      'null': null,
    });
  });

  for (final (level, logged) in [
    (null, 'DEBUG INFO WARN ERROR'),
    ('TRACE', 'DEBUG INFO WARN ERROR'),
    ('DEBUG', 'DEBUG INFO WARN ERROR'),
    ('INFO', 'INFO WARN ERROR'),
    ('WARN', 'WARN ERROR'),
    ('ERROR', 'ERROR'),
    ('FATAL', ''),
  ]) {
    test('logs from the level $level on: $logged', () {
      final lines = linesOf(
        (log) => log
          ..debug('a')
          ..info('a')
          ..warn('a')
          ..error('a'),
        {if (level != null) 'AWS_LAMBDA_LOG_LEVEL': level},
      );
      expect(
        [for (final line in lines) line.split(' ').first].join(' '),
        logged,
      );
    });
  }

  group('what is printed', () {
    test('stays as it is in text', () {
      expect(linesOf((log) => log.printed('a')), ['a']);
    });

    test('becomes a line of JSON, unless it is one', () {
      expect(jsonOf((log) => log.printed('a')), containsPair('message', 'a'));
      expect(linesOf((log) => log.printed('{"a":1}'), jsonFormat), ['{"a":1}']);
      expect(jsonOf((log) => log.printed('{a')), containsPair('message', '{a'));
    });
  });
}
