import 'dart:convert';
import 'dart:typed_data';

import '../json_fields.dart';

/// A view of decoded JSON, which reads a field when it is asked for it.
///
/// A getter throws a [FormatException] that names the field if that is missing
/// or of another type, except where null stands for a missing one.
abstract class EventJson {
  EventJson(this.raw);

  /// The JSON as it came, for whatever has no getter here.
  final Map<String, dynamic> raw;

  Map<String, dynamic> toJson() => raw;
}

/// Reads fields as the events of AWS have them.
extension EventFields on Map<String, dynamic> {
  /// The objects of the array called [name], each as a view.
  List<T> views<T>(
    String name,
    T Function(Map<String, dynamic> json) fromJson,
  ) => list(name, asObject(fromJson));

  /// The texts of the object called [name]; empty if there is none. Numbers
  /// and booleans become texts, and what is null is left out.
  Map<String, String> texts(String name) => {
    for (final MapEntry(:key, :value)
        in (mapOfOrNull<String?>(name, asText) ?? const {}).entries)
      if (value != null) key: value,
  };

  /// The lists of texts of the object called [name]; empty if there is none.
  Map<String, List<String>> textLists(String name) =>
      mapOfOrNull(name, asList(asText)) ?? const {};

  /// The texts of the array called [name]; empty if there is none.
  List<String> textList(String name) => listOrNull(name, asText) ?? const [];

  /// The object called [name]; empty if there is none.
  Map<String, dynamic> mapOrEmpty(String name) =>
      fieldOrNull(name, asMap) ?? const {};

  T? fieldOrNull<T extends Object>(String name, T Function(Object?) decode) =>
      field<T?>(name, decode);
}

/// Decodes a text, or a number or boolean to its text.
String asText(Object? value) =>
    value is num || value is bool ? '$value' : asString(value);

/// Decodes a whole number in quotes, such as `"2"`.
int asIntText(Object? value) {
  final text = asString(value);
  return int.tryParse(text, radix: 10) ??
      refuseLong(text, 'a whole number in quotes');
}

/// Decodes base64.
Uint8List asBase64(Object? value) {
  final text = asString(value);
  try {
    return base64.decode(text);
  } on FormatException {
    refuseLong(text, 'base64');
  }
}

/// Decodes the UTF-8 text that is in base64.
String asBase64Text(Object? value) {
  final bytes = asBase64(value);
  try {
    return utf8.decode(bytes);
  } on FormatException {
    refuseLong(value as String, 'base64 of UTF-8 text');
  }
}

/// Decodes a time in milliseconds since 1970.
DateTime asEpochMillis(Object? value) => _time(asInt(value) * 1.0, value);

/// Decodes a time in milliseconds since 1970, which is in quotes.
DateTime asEpochMillisText(Object? value) =>
    _time(asIntText(value) * 1.0, value);

/// Decodes a time in seconds since 1970, with or without a fraction.
DateTime asEpochSeconds(Object? value) => _time(asDouble(value) * 1000, value);

DateTime _time(double millis, Object? value) => millis.abs() <= 8.64e15
    ? DateTime.fromMillisecondsSinceEpoch(millis.round(), isUtc: true)
    : refuseText('$value', 'a time');

/// Decodes the form-urlencoded [text], in which a `+` is a space. It stays as
/// it is where it is not encoded well.
String decodeFormText(String text) {
  try {
    return Uri.decodeQueryComponent(text);
  } on ArgumentError {
    return text;
  } on FormatException {
    return text;
  }
}

/// Refuses a text, of which the message has only the begin.
Never refuseLong(String text, String wanted) => refuseText(
  text.length <= 40 ? text : '${text.substring(0, 40)}...',
  wanted,
);
