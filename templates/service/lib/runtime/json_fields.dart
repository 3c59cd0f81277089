import 'dart:convert';

import 'json_model.dart';
import 'json_texts.dart';

export 'json_model.dart';
export 'json_texts.dart';

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
/// ```dart
/// id: json.integer('id'),
/// note: json.stringOrNull('note'),
/// createdAt: json.dateTime('createdAt'),
/// address: json.object('address', Address.fromJson),
/// tags: json.list('tags', asString),
/// items: json.list('items', asObject(Item.fromJson)),
/// ```
///
/// A field that is read by a method `...OrNull` may be null or missing. All the
/// methods throw a [FormatException] that names the field, fit for a caller:
/// `The field "items[0].name" must be a string, but it is a number.`
extension JsonFields on Map<String, dynamic> {
  String string(String name) => _required(name, asString);
  String? stringOrNull(String name) => _optional(name, asString);

  int integer(String name) => _required(name, asInt);
  int? integerOrNull(String name) => _optional(name, asInt);

  double number(String name) => _required(name, asDouble);
  double? numberOrNull(String name) => _optional(name, asDouble);

  bool boolean(String name) => _required(name, asBool);
  bool? booleanOrNull(String name) => _optional(name, asBool);

  /// A date, as [asDate] takes it.
  DateTime date(String name) => _required(name, asDate);
  DateTime? dateOrNull(String name) => _optional(name, asDate);

  /// A date with a time, as [asDateTime] takes it.
  DateTime dateTime(String name) => _required(name, asDateTime);
  DateTime? dateTimeOrNull(String name) => _optional(name, asDateTime);

  /// A decimal number in quotes, as [asDecimal] takes it.
  String decimal(String name) => _required(name, asDecimal);
  String? decimalOrNull(String name) => _optional(name, asDecimal);

  /// A string that is one of [values].
  T oneOf<T>(String name, List<T> values) => _required(name, asOneOf(values));
  T? oneOfOrNull<T>(String name, List<T> values) =>
      _optional(name, asOneOf(values));

  /// An object, of which [fromJson] makes a model.
  T object<T>(String name, T Function(Map<String, dynamic> json) fromJson) =>
      _required(name, asObject(fromJson));
  T? objectOrNull<T>(
    String name,
    T Function(Map<String, dynamic> json) fromJson,
  ) => _optional(name, asObject(fromJson));

  /// An array, of which [decode] makes each item. Items may be null if [T] is
  /// nullable.
  List<T> list<T>(String name, [T Function(Object? item)? decode]) =>
      _required(name, asList(decode));
  List<T>? listOrNull<T>(String name, T Function(Object? item) decode) =>
      _optional(name, asList(decode));

  /// An object of which any name may be a key, and of which [decode] makes
  /// each value. Values may be null if [T] is nullable.
  Map<String, T> mapOf<T>(String name, T Function(Object? value) decode) =>
      _required(name, asMapOf(decode));
  Map<String, T>? mapOfOrNull<T>(
    String name,
    T Function(Object? value) decode,
  ) => _optional(name, asMapOf(decode));

  /// The field called [name], as [decode] makes it. It may be null or missing
  /// if [T] is nullable.
  ///
  /// Without [decode], here and in [list], [T] says what is read: older models
  /// are written so.
  T field<T>(String name, [T Function(Object? value)? decode]) {
    final read = decode ?? _decoderOf<T>();
    return null is T ? _optional(name, read) as T : _required(name, read);
  }

  /// The field called [name], as [decode] makes it, where missing is not the
  /// same as null. It may be null if [T] is nullable.
  Optional<T> optional<T>(String name, T Function(Object? value) decode) =>
      containsKey(name) ? Optional(field(name, decode)) : Optional<T>.absent();

  T _required<T>(String name, T Function(Object? value) decode) {
    final Object? value = this[name];
    return value == null && !containsKey(name)
        ? throw _FieldException.missing(name)
        : _decode(value, name, decode);
  }

  T? _optional<T>(String name, T Function(Object? value) decode) {
    final Object? value = this[name];
    return value == null ? null : _decode(value, name, decode);
  }
}

String asString(Object? value) =>
    value is String ? value : _refuse(value, 'a string');

int asInt(Object? value) => value is int ? value : _refuse(value, 'an integer');

/// Decodes a number, with or without a fraction: JSON knows only numbers.
double asDouble(Object? value) => asNum(value).toDouble();

/// Decodes a number, to an int where it is written as one.
num asNum(Object? value) =>
    value is num && value.isFinite ? value : _refuse(value, 'a number');

bool asBool(Object? value) =>
    value is bool ? value : _refuse(value, 'true or false');

/// Decodes an object of which no field is known.
Map<String, dynamic> asMap(Object? value) =>
    value is Map<String, dynamic> ? value : _refuse(value, 'an object');

/// Takes any value as it is.
Object? asValue(Object? value) =>
    // 1e400 is JSON, but no double: nobody could encode it again.
    value is double && value.isInfinite ? _refuse(value, 'a value') : value;

/// Decodes an object by the [fromJson] of a model.
T Function(Object? value) asObject<T>(
  T Function(Map<String, dynamic> json) fromJson,
) =>
    (value) => fromJson(asMap(value));

/// Decodes an array, of which [decode] makes each item, as in
/// `json.list('matrix', asList(asDouble))`.
List<T> Function(Object? value) asList<T>([T Function(Object? item)? decode]) {
  final read = _orNull(decode ?? _decoderOf<T>());
  return (value) {
    final items = _asItems(value);
    return List.generate(items.length, (index) {
      try {
        return read(items[index]);
      } on _FieldException catch (error) {
        throw error.within('[$index]');
      }
    });
  };
}

/// Decodes an object of which any name may be a key, and of which [decode]
/// makes each value.
Map<String, T> Function(Object? value) asMapOf<T>(
  T Function(Object? value) decode,
) {
  final read = _orNull(decode);
  return (value) => asMap(value).map((key, value) {
    try {
      return MapEntry(key, read(value));
    } on _FieldException catch (error) {
      throw error.within('["$key"]');
    }
  });
}

// Null is itself where T may be null.
T Function(Object? value) _orNull<T>(T Function(Object? value) decode) =>
    null is T ? (value) => value == null ? null as T : decode(value) : decode;

/// Returns what [decode] makes of [value], or throws a [FormatException]: that
/// [subject] is [found].
T checkJson<T>(
  Object? value,
  String subject, {
  T Function(Object? value)? decode,
  String? found,
}) {
  try {
    return (decode ?? _decoderOf<T>())(value);
  } on _FieldException catch (error) {
    if (error.path.isNotEmpty) rethrow;
    throw FormatException('$subject ${error.problem(found)}');
  }
}

T _decode<T>(Object? value, String path, T Function(Object? value) decode) {
  try {
    return decode(value);
  } on _FieldException catch (error) {
    throw error.within(path);
  }
}

List<dynamic> _asItems(Object? value) =>
    value is List<dynamic> ? value : _refuse(value, 'an array');

const _decoders = [
  asValue,
  asNum,
  asInt,
  asDouble,
  asString,
  asBool,
  asMap,
  _asItems,
];

// For code that names no decoder: the first one that makes a T.
T Function(Object? value) _decoderOf<T>() {
  final decode = _decoders.whereType<T Function(Object? value)>().firstOrNull;
  if (decode != null) return _orNull(decode);
  throw ArgumentError('JSON cannot be read as $T without a decoder.');
}

/// Refuses [text], which is not what is [wanted], such as `a date`.
Never refuseText(String text, String wanted) =>
    throw _FieldException(wanted, '"$text"');

Never _refuse(Object? value, String wanted) =>
    throw _FieldException(wanted, _describe(value));

// What is wrong with a field: it learns its path on the way out, from each
// object and array that it is in.
class _FieldException extends FormatException {
  const _FieldException(this.wanted, this.found, [this.path = '']);

  const _FieldException.missing(this.path) : wanted = null, found = '';

  /// Null for a field that is missing.
  final String? wanted;
  final String found;
  final String path;

  String problem([String? found]) => wanted == null
      ? 'is missing.'
      : 'must be $wanted, but it is ${found ?? this.found}.';

  @override
  String get message =>
      '${path.isEmpty ? 'The body' : 'The field "$path"'} ${problem()}';

  _FieldException within(String outer) {
    final dot = path.isEmpty || path.startsWith('[') ? '' : '.';
    return _FieldException(wanted, found, '$outer$dot$path');
  }
}

String _describe(Object? value) => switch (value) {
  null => 'null',
  String() => 'a string',
  double(isInfinite: true) => 'too large a number',
  num() => 'a number',
  bool() => 'a boolean',
  List<dynamic>() => 'an array',
  _ => 'an object',
};

/// The path of the field that [error] is about: `items[0].name`.
String? fieldOf(FormatException error) =>
    error is _FieldException && error.path.isNotEmpty ? error.path : null;
