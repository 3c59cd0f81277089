import 'dart:convert';

/// An error, in the form the Lambda Runtime API takes.
class ErrorReport {
  const ErrorReport(this.type, this.message, [this.stackTrace = const []]);

  /// A report of anything that was thrown. It may be of any class, and so
  /// break whatever it is asked; it is reported all the same.
  factory ErrorReport.of(Object error, StackTrace stackTrace) {
    // Exception('...') is an _Exception, and says so: Exception: ...
    final type = _withoutPrefix(_typeOf(error), '_');
    final message = textOf(error) ?? 'An object whose toString() throws.';
    final trace = textOf(stackTrace)?.trimRight() ?? '';
    return ErrorReport(
      type,
      _withoutPrefix(message, '$type: '),
      const LineSplitter().convert(trace),
    );
  }

  final String type;
  final String message;
  final List<String> stackTrace;

  Map<String, dynamic> toJson() => {
    'errorMessage': message,
    'errorType': type,
    'stackTrace': stackTrace,
  };

  /// The report as it goes to the log.
  @override
  String toString() => ['$type: $message', ...stackTrace].join('\n');
}

/// The text of [value], or null if it throws when it is asked for it.
String? textOf(Object? value) {
  try {
    return '$value';
  } catch (_) {
    return null;
  }
}

/// The name of the class of [error], which can be sent in a header.
String _typeOf(Object error) {
  try {
    final name = '${error.runtimeType}';
    if (RegExp(r'^[!-~]([ -~]*[!-~])?$').hasMatch(name)) return name;
  } catch (_) {
    // Its class has a runtimeType of its own.
  }
  return 'Error';
}

String _withoutPrefix(String text, String prefix) =>
    text.startsWith(prefix) ? text.substring(prefix.length) : text;
