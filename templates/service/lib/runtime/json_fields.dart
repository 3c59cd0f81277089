import 'dart:convert';

/// Decodes [source], the text of a body, to the JSON type [T]: mostly a
/// `Map<String, dynamic>`.
///
/// Throws a [FormatException] with a message fit for a caller: that the body
/// is missing, is not JSON, or is another type of JSON.
T decodeJson<T>(String source) {
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
  return checkJson(value, 'The body');
}

/// Reads the fields of a decoded JSON object, for the `fromJson` of a model.
///
/// The methods throw a [FormatException] that names the field, fit for a
/// caller: `The field "name" must be a string, but it is a number.`
extension JsonFields on Map<String, dynamic> {
  /// The field called [name]. It may be null or missing if [T] is nullable.
  T field<T>(String name) {
    if (null is! T && !containsKey(name)) {
      throw FormatException('The field "$name" is missing.');
    }
    return checkJson(this[name], 'The field "$name"');
  }

  /// The field called [name], an array of [T].
  List<T> list<T>(String name) => [
    for (final (index, item) in field<List<dynamic>>(name).indexed)
      checkJson(item, 'The field "$name[$index]"'),
  ];
}

/// Returns [value] if it is a [T], or throws a [FormatException] about
/// [subject]. An integer will do where a double is wanted: JSON knows only
/// numbers.
T checkJson<T>(Object? value, String subject) {
  if (value is T) return value;
  if (value is int && 0.0 is T) return value.toDouble() as T;
  throw FormatException(
    '$subject must be ${_nameOf<T>()}, but it is ${_describe(value)}.',
  );
}

// A list, because a type argument cannot be matched itself: List<String> is a
// List<String?>, and so is a list of strings that may be null.
String _nameOf<T>() => switch (<T>[]) {
  List<String?>() => 'a string',
  List<int?>() => 'an integer',
  List<num?>() => 'a number',
  List<bool?>() => 'a boolean',
  List<List<dynamic>?>() => 'an array',
  _ => 'an object',
};

String _describe(Object? value) => switch (value) {
  null => 'null',
  String() => 'a string',
  num() => 'a number',
  bool() => 'a boolean',
  List<dynamic>() => 'an array',
  _ => 'an object',
};
