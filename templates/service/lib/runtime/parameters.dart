import 'dart:convert';

import 'http_problem.dart';
import 'json_fields.dart';

/// Reads the parameters of a path or of a query, which are text, as the types
/// that a handler wants. What a type takes is what it takes in a body.
///
/// ```dart
/// final id = event.pathParameters.integer('id');
/// final after = event.queryStringParameters.stringOrNull('after');
/// final day = event.pathParameters.date('day');
/// ```
///
/// A parameter that is read by a method `...OrNull` may be missing. All the
/// methods throw a [BadRequest] that names the parameter:
/// `The parameter "id" must be an integer, but it is "x".`
extension Parameters on Map<String, String> {
  String string(String name) => _required(name, asString);
  String? stringOrNull(String name) => _optional(name, asString);

  int integer(String name) => _required(name, _asInt);
  int? integerOrNull(String name) => _optional(name, _asInt);

  double number(String name) => _required(name, _asDouble);
  double? numberOrNull(String name) => _optional(name, _asDouble);

  bool boolean(String name) => _required(name, _asBool);
  bool? booleanOrNull(String name) => _optional(name, _asBool);

  /// A date, as [asDate] takes it.
  DateTime date(String name) => _required(name, asDate);
  DateTime? dateOrNull(String name) => _optional(name, asDate);

  /// A date with a time, as [asDateTime] takes it.
  DateTime dateTime(String name) => _required(name, asDateTime);
  DateTime? dateTimeOrNull(String name) => _optional(name, asDateTime);

  /// A decimal number, as [asDecimal] takes it.
  String decimal(String name) => _required(name, asDecimal);
  String? decimalOrNull(String name) => _optional(name, asDecimal);

  /// One of [values].
  T oneOf<T>(String name, List<T> values) => _required(name, asOneOf(values));
  T? oneOfOrNull<T>(String name, List<T> values) =>
      _optional(name, asOneOf(values));

  /// The parameter called [name], as [decode] makes it. It may be missing if
  /// [T] is nullable.
  ///
  /// Without [decode], [T] says what is read: older handlers are written so.
  T parameter<T>(String name, [T Function(Object? value)? decode]) {
    final read = decode ?? _decoderOf<T>();
    return null is T ? _optional(name, read) as T : _required(name, read);
  }

  T _required<T>(String name, T Function(Object? value) decode) =>
      containsKey(name) ? _decode(name, decode) : _missing(name);

  T? _optional<T>(String name, T Function(Object? value) decode) =>
      containsKey(name) ? _decode(name, decode) : null;

  T _decode<T>(String name, T Function(Object? value) decode) =>
      _check(name, this[name]!, this[name], decode);
}

/// Reads the parameters of a query that are lists: repeated, or with commas
/// between their items, as in `?id=1&id=2` and `?id=1,2`.
///
/// ```dart
/// final ids = event.multiValueQueryStringParameters.listOf('id', asInt);
/// ```
extension ListParameters on Map<String, List<String>> {
  /// The items of the parameter called [name], as [decode] makes each.
  ///
  /// Throws a [BadRequest] that names the parameter if it is missing, or if an
  /// item is not what it must be.
  List<T> listOf<T>(String name, T Function(Object? value) decode) =>
      containsKey(name) ? listOrEmpty(name, decode) : _missing(name);

  /// The same; a parameter that is missing is an empty list.
  List<T> listOrEmpty<T>(String name, T Function(Object? value) decode) => [
    for (final text in this[name] ?? const <String>[])
      // An empty one, as in `?id=`, has no items.
      if (text.isNotEmpty)
        for (final item in text.split(','))
          _check(
            name,
            item,
            decode is String Function(Object? value) ? item : _jsonOf(item),
            decode,
          ),
  ];
}

Never _missing(String name) =>
    throw BadRequest('The parameter "$name" is missing.', parameter: name);

/// Returns what [decode] makes of [value], which is [text] in the parameter.
T _check<T>(
  String name,
  String text,
  Object? value,
  T Function(Object? value) decode,
) {
  try {
    return checkJson(
      value,
      'The parameter "$name"',
      decode: decode,
      found: '"$text"',
    );
  } on FormatException catch (error) {
    throw BadRequest(error.message, parameter: name);
  }
}

int _asInt(Object? text) => asInt(_jsonOf(text));
num _asNum(Object? text) => asNum(_jsonOf(text));
double _asDouble(Object? text) => asDouble(_jsonOf(text));
bool _asBool(Object? text) => asBool(_jsonOf(text));

const _decoders = [asString, _asNum, _asInt, _asDouble, _asBool];

// For code that names no decoder: the first one that makes a T.
T Function(Object? value) _decoderOf<T>() =>
    _decoders.whereType<T Function(Object? value)>().firstOrNull ??
    (throw ArgumentError('A parameter cannot be read as $T.'));

/// What [text] would be in a body without quotes, or the text itself.
Object? _jsonOf(Object? text) =>
    text is String && _numberOrBoolean.hasMatch(text)
    ? json.decode(text)
    : text;

// The numbers of JSON: https://www.rfc-editor.org/rfc/rfc8259#section-6
final _numberOrBoolean = RegExp(
  r'^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false)$',
);
