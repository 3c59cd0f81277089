import 'dart:convert';
import 'dart:math';
import 'dart:typed_data';

import 'package:shop/runtime/events/dynamodb.dart';
import 'package:test/test.dart';

import 'fixtures.dart';

void main() {
  final records = AwsDynamoDbEvent.fromJson(fixture('dynamodb-event')).records;

  test('an item is read as Dart values', () {
    final item = records.last.newImage!;
    expect(item['String'], 'Hello');
    expect(item['IntegerNumber'], isA<int>().having((n) => n, 'n', 123));
    expect(item['FloatNumber'], 123.45);
    expect(item['Boolean'], true);
    expect(item.containsKey('Null'), true);
    expect(item['Null'], null);
    expect(item['Binary'], Uint8List.fromList([0, 1, 42, 65]));
    expect(item['List'], ['Cookies', 'Coffee', 3.14159]);
    expect(item['Map'], {'Name': 'Joe', 'Age': 35});
    expect(item['StringSet'], {'Giraffe', 'Zebra'});
    expect(item['NumberSet'], {1234, 567.8});
    expect(item['EmptyStringSet'], isA<Set<String>>());
    expect(item['BinarySet'], isA<Set<Uint8List>>());
  });

  test('what is read of an item is written as the same item', () {
    for (final record in records) {
      expect(toDynamoDbItem(record.newImage!), record.dynamodb['NewImage']);
      expect(toDynamoDbItem(record.keys), record.dynamodb['Keys']);
    }
  });

  test('only what the time to live removes is told so', () {
    expect([for (final record in records) record.isTimeToLive], [true, false]);
  });

  // Whether digits are lost is asked of the text.
  const texts = {
    '0': 0,
    '-7': -7,
    '9223372036854775807': 9223372036854775807,
    '0.1': 0.1,
    '-1.5': -1.5,
    '1E+2': 100.0,
    '1e-7': 1e-7,
    '9223372036854775808': null,
    '0.10000000000000001': null,
    '1.7976931348623157E+309': null,
    '3.1415926535897932384626433832795028841': null,
  };
  test('a number is exact: an int, a double, or its text', () {
    for (final MapEntry(key: text, value: number) in texts.entries) {
      final value = asDynamoDbValue({'N': text});
      expect(value, number ?? DynamoDbNumber(text), reason: text);
      if (number != null) expect(value.runtimeType, number.runtimeType);
    }
    expect(const DynamoDbNumber('0.10000000000000001').toDouble(), 0.1);
  });

  test('no digit of any number is lost', () {
    final random = Random(20261128);
    for (var round = 0; round < 3000; round++) {
      final digits = [
        for (var i = random.nextInt(37) + 1; i > 0; i--) random.nextInt(10),
      ].join();
      final whole = digits.replaceFirst(RegExp('^0+(?=.)'), '');
      final at = random.nextInt(whole.length) + 1;
      final text = round.isEven || at == whole.length
          ? whole
          : '${whole.substring(0, at)}.${whole.substring(at)}1';
      final written = toDynamoDbValue(asDynamoDbValue({'N': text}));
      expect(rational(written['N'] as String), rational(text));
    }
  });

  test('sets of text, numbers and bytes are told apart, also empty ones', () {
    final bytes = Uint8List.fromList([1]);
    expect(toDynamoDbValue({'a'}), {
      'SS': ['a'],
    });
    expect(toDynamoDbValue({1, 2.5, const DynamoDbNumber('3')}), {
      'NS': ['1', '2.5', '3'],
    });
    expect(toDynamoDbValue({bytes}), {
      'BS': [base64.encode(bytes)],
    });
    expect(toDynamoDbValue(<int>{}), {'NS': <String>[]});
    expect(toDynamoDbValue(<String>{}), {'SS': <String>[]});
  });

  test('what DynamoDB cannot hold is refused', () {
    for (final value in [
      double.nan,
      DateTime(2024),
      {true},
      {1: 2},
    ]) {
      expect(() => toDynamoDbValue(value), throwsArgumentError);
    }
  });

  test('what is no attribute value is refused', () {
    for (final value in [
      1,
      {'X': '1'},
      {'N': 'x'},
      {'N': 1},
      {'S': '1', 'N': '1'},
      <String, dynamic>{},
      {'B': '%'},
    ]) {
      expect(() => asDynamoDbValue(value), throwsFormatException);
    }
  });
}

/// A number without an exponent as its digits over a power of ten.
(BigInt, int) rational(String text) {
  if (text.contains('e')) {
    final [digits, power] = text.split('e');
    final (number, scale) = rational(digits);
    return number == BigInt.zero
        ? (number, 0)
        : shortened(number, scale - int.parse(power));
  }
  final dot = text.indexOf('.');
  final scale = dot < 0 ? 0 : text.length - dot - 1;
  return shortened(BigInt.parse(text.replaceFirst('.', '')), scale);
}

(BigInt, int) shortened(BigInt number, int scale) {
  if (number == BigInt.zero) return (number, 0);
  final ten = BigInt.from(10);
  while (number % ten == BigInt.zero) {
    number ~/= ten;
    scale--;
  }
  return (number, scale);
}
