import 'dart:convert';

import 'json_fields.dart';

/// Reads the parameters of a path or of a query, which are text, as the types
/// that a handler wants. What a type takes is what it takes in a body.
///
/// ```dart
/// final int id = event.pathParameters.parameter('id');
/// final String? after = event.queryStringParameters.parameter('after');
/// final DateTime day = event.pathParameters.parameter('day', asDate);
/// ```
extension Parameters on Map<String, String> {
  /// The parameter called [name]: as a [T], which is text, a number or a
  /// boolean, or what [decode] makes of it, such as [asDate] or [asDateTime].
  /// It may be missing if [T] is nullable.
  ///
  /// Throws a [FormatException] that names the parameter, fit for a caller:
  /// `The parameter "id" must be an integer, but it is "x".`
  T parameter<T>(String name, [T Function(Object? value)? decode]) {
    final subject = 'The parameter "$name"';
    final text = this[name];
    if (text == null) {
      if (null is T) return null as T;
      throw FormatException('$subject is missing.');
    }
    // A list, because a type argument cannot be matched itself.
    final value = switch (<T>[]) {
      _ when decode != null => text,
      List<String?>() => text,
      List<num?>() || List<bool?>() => _jsonOf(text),
      _ => throw ArgumentError('A parameter cannot be read as $T.'),
    };
    return checkJson(value, subject, decode: decode, found: '"$text"');
  }
}

/// What [text] would be in a body without quotes, or the text itself.
Object? _jsonOf(String text) =>
    _numberOrBoolean.hasMatch(text) ? json.decode(text) : text;

// The numbers of JSON: https://www.rfc-editor.org/rfc/rfc8259#section-6
final _numberOrBoolean = RegExp(
  r'^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false)$',
);
