import 'package:shop/runtime/events/event_json.dart';
import 'package:test/test.dart';

import 'fields_test.dart' show walk;
import 'fixtures.dart';
import 'getters.dart';

const absent = #absent;
const odd = <Object?>[
  absent,
  null,
  7,
  -1,
  1.5,
  1e300,
  double.infinity,
  9223372036854775807,
  'x',
  '',
  '%',
  'eA==',
  '99999999999999999999',
  true,
  <dynamic>[],
  <dynamic>[7],
  <dynamic>[null],
  <String, dynamic>{},
  <String, dynamic>{'a': 7},
  <String, dynamic>{'a': null},
];

void main() {
  for (final MapEntry(key: name, value: fromJson) in events.entries) {
    test(
      'whatever is in a field of $name, it is null or a FormatException',
      () {
        final json = fixture(name);
        changes(json, (path) => check(() => fromJson(json), path));
      },
    );
  }

  test('a view of nothing gives null or throws a FormatException', () {
    for (final view in empty) {
      check(view, '{}');
    }
  });
}

/// Calls every getter.
void check(EventJson Function() event, String change) {
  walk(event(), (view, getter, read) {
    try {
      return read();
    } on FormatException catch (error) {
      if (message.hasMatch(error.message)) return null;
      fail('${view.runtimeType}.$getter with $change: ${error.message}');
    } catch (error) {
      fail('${view.runtimeType}.$getter with $change: $error');
    }
  });
}

final message = RegExp(
  r'^The field ".+" (is missing|must be .+)\.$',
  dotAll: true,
);

/// Calls [action] with each odd value in the place of each field of [json].
void changes(Object? json, void Function(String change) action) {
  switch (json) {
    case Map<String, dynamic>():
      for (final key in [...json.keys]) {
        final before = json[key];
        for (final value in odd) {
          value == absent ? json.remove(key) : json[key] = value;
          action('"$key": $value');
        }
        json[key] = before;
        changes(before, action);
      }
    case List<dynamic>():
      for (var index = 0; index < json.length; index++) {
        final before = json[index];
        for (final value in odd) {
          if (value != absent) json[index] = value;
          action('[$index]: $value');
        }
        json[index] = before;
        changes(before, action);
      }
  }
}
