import 'dart:convert';

/// Decodes [source], the text of a body, to the JSON type [T], mostly a
/// `Map<String, dynamic>`, or to what [decode] makes of it.
///
/// Throws a [FormatException] with a message fit for a caller: that the body
/// is missing, is not JSON, or is another type of JSON.
T decodeJson<T>(String source, [T Function(Object? value)? decode]) {
  if (source.trim().isEmpty) {
    throw const FormatException('The body is missing.');
  }
  final Object? value;
  try {
    value = json.decode(source);
  } on FormatException catch (error) {
    throw FormatException(
      'The body is not valid JSON: ${error.message} at offset ${error.offset}.',
    );
  }
  return checkJson(value, 'The body', decode: decode);
}

/// Reads the fields of a decoded JSON object, for the `fromJson` of a model.
///
/// The methods throw a [FormatException] that names the field, fit for a
/// caller: `The field "items[0].name" must be a string, but it is a number.`
extension JsonFields on Map<String, dynamic> {
  /// The field called [name]: of the JSON type [T], or what [decode] makes of
  /// it. It may be null or missing if [T] is nullable.
  ///
  /// ```dart
  /// id: json.field('id'),
  /// createdAt: json.field('createdAt', asDateTime),
  /// address: json.field('address', asObject(Address.fromJson)),
  /// ```
  T field<T>(String name, [T Function(Object? value)? decode]) {
    if (null is! T && !containsKey(name)) {
      throw _FieldException(name, 'is missing.');
    }
    return _decode(this[name], name, decode);
  }

  /// The field called [name], an array: of the JSON type [T], or of what
  /// [decode] makes of each item.
  List<T> list<T>(String name, [T Function(Object? item)? decode]) =>
      field(name, asList(decode));
}

/// Decodes an object by the [fromJson] of a model.
T Function(Object? value) asObject<T>(
  T Function(Map<String, dynamic> json) fromJson,
) =>
    (value) => fromJson(_as(value));

/// Decodes an array: of the JSON type [T], or of what [decode] makes of each
/// item. The array in `json.list('matrix', asList())` is one of arrays.
List<T> Function(Object? value) asList<T>([T Function(Object? item)? decode]) =>
    (value) => [
      for (final (index, item) in _as<List<dynamic>>(value).indexed)
        _decode(item, '[$index]', decode),
    ];

/// Decodes a date, such as `2024-02-29`, to its midnight in UTC.
DateTime asDate(Object? value) {
  final text = _as<String>(value);
  if (RegExp(r'^\d{4}-\d\d-\d\d$').hasMatch(text)) {
    final midnight = _utc('${text}T00:00:00');
    if (midnight != null) return midnight;
  }
  throw _FieldException(
    null,
    'must be a date such as 2024-02-29, but it is "$text".',
  );
}

/// Decodes a date with a time and a zone, such as `2024-02-29T12:30:00Z`, to
/// UTC.
DateTime asDateTime(Object? value) {
  final text = _as<String>(value);
  final match = _dateTime.firstMatch(text);
  if (match != null && _utc(match[1]!) != null) return DateTime.parse(text);
  throw _FieldException(
    null,
    'must be a date and time such as 2024-02-29T12:30:00Z, '
    'but it is "$text".',
  );
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

/// Returns [value] if it is a [T], or what [decode] makes of it, or throws a
/// [FormatException] about [subject], which says that it is [found]. An integer
/// will do where a double is wanted: JSON knows only numbers.
T checkJson<T>(
  Object? value,
  String subject, {
  T Function(Object? value)? decode,
  String? found,
}) {
  try {
    return decode == null ? _as(value, found) : decode(value);
  } on _FieldException catch (error) {
    throw error.path == null
        ? FormatException('$subject ${error.problem}')
        : error;
  }
}

T _decode<T>(Object? value, String path, T Function(Object? value)? decode) {
  if (value == null && null is T) return null as T;
  try {
    return decode == null ? _as(value) : decode(value);
  } on _FieldException catch (error) {
    throw error.within(path);
  }
}

T _as<T>(Object? value, [String? found]) {
  // 1e400 is JSON, but no double: nobody could encode it again.
  if (value is T && value != double.infinity && value != -double.infinity) {
    return value;
  }
  if (value is int && 0.0 is T) return value.toDouble() as T;
  throw _FieldException(
    null,
    'must be ${_nameOf<T>()}, but it is ${found ?? _describe(value)}.',
  );
}

// What is wrong with the field at a path, or with the decoded value itself: it
// learns its path on the way out, from each object and array that it is in.
class _FieldException extends FormatException {
  _FieldException(this.path, this.problem)
    : super('${path == null ? 'The body' : 'The field "$path"'} $problem');

  final String? path;
  final String problem;

  _FieldException within(String outer) {
    final inner = path ?? '';
    final dot = inner.isEmpty || inner.startsWith('[') ? '' : '.';
    return _FieldException('$outer$dot$inner', problem);
  }
}

// A list, because a type argument cannot be matched itself: List<String> is a
// List<String?>, and so is a list of strings that may be null.
String _nameOf<T>() => switch (<T>[]) {
  List<String?>() => 'a string',
  List<int?>() => 'an integer',
  List<num?>() => 'a number',
  List<bool?>() => 'true or false',
  List<List<dynamic>?>() => 'an array',
  List<Map<String, dynamic>?>() => 'an object',
  _ => 'a value',
};

String _describe(Object? value) => switch (value) {
  null => 'null',
  String() => 'a string',
  double(isInfinite: true) => 'too large a number',
  num() => 'a number',
  bool() => 'a boolean',
  List<dynamic>() => 'an array',
  _ => 'an object',
};
