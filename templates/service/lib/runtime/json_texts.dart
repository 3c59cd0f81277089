import 'json_fields.dart';

/// Decodes a decimal number in quotes, such as `"12.50"`, to its text: a double
/// would lose digits.
String asDecimal(Object? value) {
  final text = asString(value);
  return _decimal.hasMatch(text)
      ? text
      : refuseText(text, 'a decimal number such as 12.50');
}

final _decimal = RegExp(r'^-?(0|[1-9]\d*)(\.\d+)?$');

/// Decodes a string that is one of [values].
T Function(Object? value) asOneOf<T>(List<T> values) =>
    (value) => values.contains(asString(value))
    ? value as T
    : refuseText(value as String, 'one of ${values.join(', ')}');

/// Decodes a string, of which [make] makes a value.
T Function(Object? value) asTextOf<T>(T Function(String text) make) =>
    (value) => make(asString(value));

/// Decodes a date, such as `2024-02-29`, to its midnight in UTC.
DateTime asDate(Object? value) {
  final text = asString(value);
  final midnight = text.length == 10 ? _dateIn(text) : null;
  return midnight ?? refuseText(text, 'a date such as 2024-02-29');
}

/// Decodes a date with a time and a zone, such as `2024-02-29T12:30:00Z`, to
/// UTC.
DateTime asDateTime(Object? value) {
  final text = asString(value);
  return text.length > 10 &&
          _time.matchAsPrefix(text, 10) != null &&
          _dateIn(text) != null
      ? DateTime.parse(text)
      : refuseText(text, 'a date and time such as 2024-02-29T12:30:00Z');
}

final _time = RegExp(
  r'T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?'
  r'(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$',
);

// The date that a text begins with, or null if it does not, or if the calendar
// has no such day. Without a RegExp, as a body may have thousands.
DateTime? _dateIn(String text) {
  final year = _digits(text, 0, 4);
  final month = _digits(text, 5, 7);
  final day = _digits(text, 8, 10);
  if (year < 0 || month < 0 || day < 0 || text[4] != '-' || text[7] != '-') {
    return null;
  }
  // Dart takes February 30 for March 1.
  final date = DateTime.utc(year, month, day);
  return date.month == month && date.day == day ? date : null;
}

int _digits(String text, int start, int end) {
  var number = 0;
  for (var at = start; at < end; at++) {
    final digit = text.codeUnitAt(at) ^ 0x30;
    if (digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/// Writes dates into the `toJson` of a model.
extension JsonDates on DateTime {
  /// The date alone: `2024-02-29`.
  String toJsonDate() => toIso8601String().split('T').first;

  /// The date and the time in UTC, with a fraction of a second only where
  /// there is one: `2024-02-29T12:30:00Z`.
  String toJsonDateTime() =>
      toUtc().toIso8601String().replaceFirst('.000Z', 'Z');
}
