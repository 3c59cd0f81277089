import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'context.dart';
import 'error_report.dart';

/// The log of the function: `log.info('charged', {'order': 7})`.
///
/// A line says its level and the id of the invocation. Where the log format of
/// the function is JSON (`logs.lambda.logFormat` in serverless.yml), it is a
/// JSON object, and Lambda's `AWS_LAMBDA_LOG_LEVEL` says which levels count.
Log get log => Zone.current[Log] as Log? ?? _log;

final _log = Log(Platform.environment);

/// See [log].
class Log {
  /// A log in the format and from the level that [environment] names. Without a
  /// level all is logged.
  Log(
    Map<String, String> environment, {
    void Function(String line) write = print,
  }) : isJson = environment['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() == 'JSON',
       _least = _levels.indexOf(
         environment['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase() ?? '',
       ),
       _write = write;

  final bool isJson;
  final int _least;
  final void Function(String line) _write;

  /// Logs [message] with [fields]: JSON, what has a `toJson()`, or anything
  /// else as its text. `timestamp`, `level`, `message` and `requestId` are
  /// names of the log's own.
  void debug(String message, [Map<String, Object?> fields = const {}]) =>
      _add('DEBUG', message, fields);

  /// See [debug].
  void info(String message, [Map<String, Object?> fields = const {}]) =>
      _add('INFO', message, fields);

  /// See [debug].
  void warn(String message, [Map<String, Object?> fields = const {}]) =>
      _add('WARN', message, fields);

  /// See [debug].
  void error(String message, [Map<String, Object?> fields = const {}]) =>
      _add('ERROR', message, fields);

  /// Logs what went wrong in the runtime to standard error: [problem] is an
  /// [ErrorReport] or a text.
  void failure(Object problem, {String? requestId}) {
    if (!_takes('ERROR')) return;
    final id = requestId == null ? '' : 'RequestId: $requestId ';
    stderr.writeln(
      isJson
          ? switch (problem) {
              ErrorReport(:final message) => _line(
                'ERROR',
                message,
                problem.toJson(),
                requestId,
              ),
              _ => _line('ERROR', '$problem', const {}, requestId),
            }
          : '$id$problem',
    );
  }

  /// What a handler prints, as a line of the log in its format.
  void printed(String text) {
    // A logger of another package writes lines for this format itself.
    if (!isJson || _isObject(text)) return _write(text);
    info(text);
  }

  bool _takes(String level) => _levels.indexOf(level) >= _least;

  void _add(String level, String message, Map<String, Object?> fields) {
    if (!_takes(level)) return;
    final requestId = Context.current?.requestId;
    if (isJson) return _write(_line(level, message, fields, requestId));
    _write(
      [
        level,
        if (requestId != null) 'RequestId: $requestId',
        message,
        for (final MapEntry(:key, :value) in fields.entries)
          '$key=${_encode(value)}',
      ].join(' '),
    );
  }

  String _line(
    String level,
    String message,
    Map<String, Object?> fields,
    String? requestId,
  ) {
    final own = {
      'timestamp': DateTime.timestamp().toIso8601String(),
      'level': level,
      if (requestId != null) 'requestId': requestId,
      'message': message,
    };
    // The log's own names come first, and stay as they are.
    final all = {...own, ...fields, ...own};
    final pairs = all.entries.map(
      (field) => '${json.encode(field.key)}:${_encode(field.value)}',
    );
    return '{${pairs.join(',')}}';
  }
}

// https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
const _levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

// A line of the log is written whatever is in it.
String _encode(Object? value) {
  try {
    return json.encode(value, toEncodable: _toJson);
  } catch (_) {
    return json.encode(textOf(value) ?? 'An object whose toString() throws.');
  }
}

Object? _toJson(dynamic value) {
  if (value is DateTime) return value.toIso8601String();
  try {
    // ignore: avoid_dynamic_calls, what a class of the service has
    return value.toJson();
  } catch (_) {
    return textOf(value);
  }
}

bool _isObject(String text) {
  try {
    return text.startsWith('{') && json.decode(text) is Map;
  } on FormatException {
    return false;
  }
}
