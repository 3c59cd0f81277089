import 'dart:convert';
import 'dart:typed_data';

import '../json_fields.dart';
import 'event_json.dart';

/// A number of DynamoDB that no Dart number is equal to: it has up to 38 digits.
final class DynamoDbNumber {
  const DynamoDbNumber(this.text);

  /// The number as DynamoDB writes it.
  final String text;

  /// The double that is next to it.
  double toDouble() => double.parse(text);

  @override
  bool operator ==(Object other) =>
      other is DynamoDbNumber && other.text == text;

  @override
  int get hashCode => text.hashCode;

  @override
  String toString() => text;
}

/// Decodes an item, such as `{"age": {"N": "35"}}`, to Dart values.
Map<String, dynamic> asDynamoDbItem(Object? value) =>
    asMapOf<Object?>(asDynamoDbValue)(value);

/// Decodes an attribute value, such as `{"N": "35"}`, to a Dart value.
///
/// A number becomes an int or a double where that is equal to it, and else a
/// [DynamoDbNumber]; a set becomes a [Set], binary data a [Uint8List].
Object? asDynamoDbValue(Object? value) {
  final attribute = asMap(value);
  return switch (attribute.keys.singleOrNull) {
    'S' => attribute.string('S'),
    'N' => attribute.field('N', _asNumber),
    'B' => attribute.field('B', asBase64),
    'BOOL' => attribute.boolean('BOOL'),
    'NULL' => null,
    'L' => attribute.list<Object?>('L', asDynamoDbValue),
    'M' => attribute.field('M', asDynamoDbItem),
    'SS' => attribute.list('SS', asString).toSet(),
    'NS' => attribute.list('NS', _asNumber).toSet(),
    'BS' => attribute.list('BS', asBase64).toSet(),
    _ => refuseText(attribute.keys.join(', '), 'an attribute value'),
  };
}

/// Encodes a map to an item: what [asDynamoDbItem] decodes.
Map<String, dynamic> toDynamoDbItem(Map<String, dynamic> item) =>
    item.map((name, value) => MapEntry(name, toDynamoDbValue(value)));

/// Encodes a Dart value to an attribute value: what [asDynamoDbValue] decodes.
///
/// Throws an [ArgumentError] for what DynamoDB cannot hold.
Map<String, dynamic> toDynamoDbValue(Object? value) => switch (value) {
  null => {'NULL': true},
  String() => {'S': value},
  bool() => {'BOOL': value},
  num(isFinite: true) || BigInt() || DynamoDbNumber() => {'N': '$value'},
  Uint8List() => {'B': base64.encode(value)},
  Set<String>() => {'SS': value.toList()},
  Set<Uint8List>() => {'BS': value.map(base64.encode).toList()},
  Set<Object>() => {
    'NS': [for (final item in value) toDynamoDbValue(item)['N'] ?? _no(item)],
  },
  List<Object?>() => {'L': value.map(toDynamoDbValue).toList()},
  Map<String, Object?>() => {'M': toDynamoDbItem(value)},
  _ => _no(value),
};

Never _no(Object? value) =>
    throw ArgumentError.value(value, null, 'DynamoDB cannot hold it');

Object _asNumber(Object? value) {
  final text = asString(value);
  final digits = _digitsOf(text);
  if (digits == null) refuseText(text, 'a number in quotes');
  final whole = int.tryParse(text);
  if (whole != null) return whole;
  final number = double.parse(text);
  return _digitsOf('$number') == digits ? number : DynamoDbNumber(text);
}

final _number = RegExp(r'^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$');

/// The sign and the digits of a number that count, and the power of ten that
/// they stand for; null if [text] is no number.
(String, int)? _digitsOf(String text) {
  final match = _number.firstMatch(text);
  if (match == null) return null;
  final fraction = match[3] ?? '';
  final all = '${match[2]}$fraction'.replaceFirst(RegExp('^0+'), '');
  final digits = all.replaceFirst(RegExp(r'0+$'), '');
  if (digits.isEmpty) return ('0', 0);
  final power = int.parse(match[4] ?? '0') - fraction.length;
  final sign = match[1] == '-' ? '-' : '';
  return ('$sign$digits', power + all.length - digits.length);
}
