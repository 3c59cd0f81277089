import 'dart:convert';

/// An error, in the form the Lambda Runtime API takes.
class ErrorReport {
  ErrorReport(this.type, this.message, [this.stackTrace = StackTrace.empty]);

  factory ErrorReport.of(Object error, StackTrace stackTrace) {
    // Exception('...') is an _Exception, and says so: Exception: ...
    final type = _withoutPrefix('${error.runtimeType}', '_');
    final message = _withoutPrefix('$error', '$type: ');
    return ErrorReport(type, message, stackTrace);
  }

  final String type;
  final String message;
  final StackTrace stackTrace;

  Map<String, dynamic> toJson() => {
    'errorMessage': message,
    'errorType': type,
    'stackTrace': const LineSplitter().convert('$stackTrace'.trimRight()),
  };

  /// The report as it goes to the log.
  @override
  String toString() => '$type: $message\n$stackTrace'.trimRight();
}

String _withoutPrefix(String text, String prefix) =>
    text.startsWith(prefix) ? text.substring(prefix.length) : text;
