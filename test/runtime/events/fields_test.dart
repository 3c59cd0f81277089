import 'dart:collection';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:shop/runtime/api_gateway_event.dart';
import 'package:shop/runtime/events/event_json.dart';
import 'package:test/test.dart';

import 'fixtures.dart';
import 'getters.dart';

/// Getters whose value is made of more than a field; other tests compare them.
const derived = {
  'connectionUrl',
  'data',
  'hasMultiValueHeaders',
  'isControlMessage',
  'isOrdered',
  'isTest',
  'isTimeToLive',
  'stageArn',
};

/// Getters of what is zipped, and of what is no base64 in the file; other tests
/// compare them.
const apart = {
  'AwsCloudWatchLogsEvent',
  'AwsCloudWatchLogEvent',
  'AwsSnsMessageAttribute.binaryValue',
};

/// Getters of everything: what only they give has no getter of its own.
const wide = {'request', 'dynamodb'};

/// The fields that have no getter, and are read from `raw`.
const left = {
  'dynamodb-event: Records.userIdentity.type',
  'dynamodb-event: Records.userIdentity.principalId',
  'dynamodb-event: Records.dynamodb.NewImage.Null.NULL',
  's3-event-with-decoded: Records.s3.object.urlDecodedKey',
  'cloudwatch-logs-event: awslogs.data',
  // What API Gateway does not send, though the file has it.
  'apigw-websocket-request: resource',
  'apigw-websocket-request: path',
  'apigw-websocket-request: httpMethod',
  'apigw-websocket-request: pathParameters.proxy',
  // It joins values by commas: they are read from rawQueryString.
  'apigw-v2-custom-authorizer-v2-request: queryStringParameters.parameter1',
  'apigw-v2-custom-authorizer-v2-request: queryStringParameters.parameter2',
  // They are read by operator [].
  'iot-event: temperature',
  'iot-event: unit',
  'iot-event: topic',
  'iot-event: tags',
  'sample-iot: device',
  'sample-iot: temperature',
  'sample-logs: awslogs.data',
};

void main() {
  test('every file is read', () {
    final names = Directory('test/fixtures/events')
        .listSync()
        .map((file) => file.uri.pathSegments.last)
        .where((name) => name.endsWith('.json'))
        .map((name) => name.substring(0, name.length - 5));
    expect({...events.keys, ...others}, names.toSet());
  });

  for (final MapEntry(key: name, value: fromJson) in events.entries) {
    test('every field of $name is what its getter gives', () {
      final json = fixture(name);
      final reads = <String, List<Object?>>{};
      final matched = <String>{};
      walk(fromJson(Tracked(json, '', reads)), (view, getter, read) {
        final type = '${view.runtimeType}';
        if (apart.contains(type) || apart.contains('$type.$getter'))
          return null;
        reads.clear();
        final value = read();
        final scalars = scalarsOf(value).toList();
        if (derived.contains(getter) || value is EventJson) return value;
        for (final scalar in scalars) {
          if (reads.values.every(
            (fields) => fields.every((field) => field == null),
          )) {
            expect(scalar, false, reason: '$type.$getter, which is missing');
            continue;
          }
          final same = reads.keys.where(
            (path) => reads[path]!.any((field) => agrees(scalar, field)),
          );
          expect(same, isNotEmpty, reason: '$type.$getter: $scalar of $reads');
          if (!wide.contains(getter)) matched.addAll(same);
        }
        return value;
      });
      expect(
        leavesOf(json, '')
            .difference(matched)
            .where(
              (path) =>
                  !left.contains('$name: $path') &&
                  !path.startsWith('requestContext.'),
            ),
        isEmpty,
      );
      expect(jsonEncode(fromJson(json)), jsonEncode(json));
    });
  }
}

/// Calls [visit] with each getter of [value] and of the views in it.
void walk(
  Object? value,
  Object? Function(EventJson view, String getter, Object? Function() read)
  visit,
) {
  switch (value) {
    case EventJson():
      for (final MapEntry(key: name, value: read)
          in getters[value.runtimeType]!.entries) {
        walk(visit(value, name, () => read(value)), visit);
      }
    case Uint8List():
      break;
    case Iterable<Object?>():
      for (final item in value) {
        walk(item, visit);
      }
    case Map<Object?, Object?>():
      for (final item in value.values) {
        walk(item, visit);
      }
  }
}

Iterable<Object?> scalarsOf(Object? value) => switch (value) {
  EventJson() || AwsApiGatewayEventRequestContext() => const [],
  Uint8List() => [value],
  Map<Object?, Object?>() => value.values.expand(scalarsOf),
  Iterable<Object?>() => value.expand(scalarsOf),
  null => const [],
  _ => [value],
};

/// Whether [value] is what a getter makes of [field].
bool agrees(Object? value, Object? field) => switch ((value, field)) {
  (final DateTime time, final String text) =>
    time.isUtc &&
        (text == '${time.millisecondsSinceEpoch}' ||
            DateTime.tryParse(text) == time),
  (final DateTime time, final int millis) =>
    millis == time.millisecondsSinceEpoch ||
        millis * 1000 == time.millisecondsSinceEpoch,
  (final DateTime time, final double seconds) =>
    (seconds * 1000).round() == time.millisecondsSinceEpoch,
  (final Duration duration, final int millis) =>
    duration.inMilliseconds == millis,
  (final Uint8List bytes, final String text) =>
    base64.encode(bytes) == text || utf8.encode(text).join() == bytes.join(),
  (final String text, final String field) =>
    text == field ||
        Uri(
          query: field,
        ).queryParametersAll.values.any((values) => values.contains(text)) ||
        text == Uri.decodeQueryComponent(field) ||
        base64.encode(utf8.encode(text)) == field,
  (final value, final field) => '$value' == '$field',
};

Set<String> leavesOf(Object? json, String path) => switch (json) {
  Map<String, dynamic>() => {
    for (final MapEntry(:key, :value) in json.entries)
      ...leavesOf(value, path.isEmpty ? key : '$path.$key'),
  },
  List<dynamic>() => {for (final item in json) ...leavesOf(item, path)},
  null => {},
  _ => {path},
};

/// A decoded object that notes which of its fields are read.
class Tracked extends MapBase<String, dynamic> {
  Tracked(this._json, this._path, this._reads);

  final Map<String, dynamic> _json;
  final String _path;
  final Map<String, List<Object?>> _reads;

  @override
  dynamic operator [](Object? key) =>
      track(_json[key], _path.isEmpty ? '$key' : '$_path.$key', _reads);

  @override
  Iterable<String> get keys => _json.keys;

  @override
  bool containsKey(Object? key) => _json.containsKey(key);

  @override
  void operator []=(String key, dynamic value) => throw UnsupportedError('');

  @override
  void clear() => throw UnsupportedError('');

  @override
  dynamic remove(Object? key) => throw UnsupportedError('');
}

Object? track(Object? value, String path, Map<String, List<Object?>> reads) {
  switch (value) {
    case Map<String, dynamic>():
      return Tracked(value, path, reads);
    case List<dynamic>():
      return [for (final item in value) track(item, path, reads)];
    default:
      (reads[path] ??= []).add(value);
      return value;
  }
}
