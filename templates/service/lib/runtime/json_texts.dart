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
  if (RegExp(r'^\d{4}-\d\d-\d\d$').hasMatch(text)) {
    final midnight = _utc('${text}T00:00:00');
    if (midnight != null) return midnight;
  }
  refuseText(text, 'a date such as 2024-02-29');
}

/// Decodes a date with a time and a zone, such as `2024-02-29T12:30:00Z`, to
/// UTC.
DateTime asDateTime(Object? value) {
  final text = asString(value);
  final match = _dateTime.firstMatch(text);
  if (match != null && _utc(match[1]!) != null) return DateTime.parse(text);
  refuseText(text, 'a date and time such as 2024-02-29T12:30:00Z');
}

final _dateTime = RegExp(
  r'^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?'
  r'(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$',
);

// Dart takes February 30 for March 1; here it is null.
DateTime? _utc(String dateAndTime) {
  final time = DateTime.parse('${dateAndTime}Z');
  return time.toIso8601String().startsWith(dateAndTime) ? time : null;
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
