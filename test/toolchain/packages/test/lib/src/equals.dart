import 'matcher.dart';

/// Equal, element by element for lists, sets and maps.
Matcher equals(Object? expected) =>
    expected is Matcher ? expected : _Equals(expected);

class _Equals extends Matcher {
  final Object? _expected;

  const _Equals(this._expected);

  @override
  bool matches(dynamic item, Map<dynamic, dynamic> matchState) =>
      _difference(_expected, item, '') == null;

  @override
  Description describe(Description description) =>
      description.addDescriptionOf(_expected);

  @override
  Description describeMismatch(
    dynamic item,
    Description mismatchDescription,
    Map<dynamic, dynamic> matchState,
    bool verbose,
  ) => mismatchDescription.add(_difference(_expected, item, '') ?? '');
}

/// The first difference, as a text; null when there is none.
String? _difference(Object? expected, Object? actual, String at) {
  String differs(String how) => at.isEmpty ? how : 'at location $at $how';

  switch (expected) {
    case Matcher():
      return isMatch(actual, expected)
          ? null
          : differs('is ${show(actual)}, not ${show(expected)}');
    case Map():
      if (actual is! Map) return differs('is not a map: ${show(actual)}');
      for (final key in expected.keys) {
        if (!actual.containsKey(key)) {
          return differs('is missing the key ${show(key)}');
        }
        final difference = _difference(
          expected[key],
          actual[key],
          '$at[${show(key)}]',
        );
        if (difference != null) return difference;
      }
      for (final key in actual.keys) {
        if (!expected.containsKey(key)) {
          return differs('has the extra key ${show(key)}');
        }
      }
      return null;
    case Set():
      if (actual is! Iterable) {
        return differs('is not a collection: ${show(actual)}');
      }
      if (actual.length != expected.length) {
        return differs('has ${actual.length} elements');
      }
      for (final element in expected) {
        if (!actual.any((other) => _difference(element, other, '') == null)) {
          return differs('does not contain ${show(element)}');
        }
      }
      return null;
    case Iterable():
      if (actual is! Iterable) {
        return differs('is not a collection: ${show(actual)}');
      }
      final [wanted, found] = [expected.toList(), actual.toList()];
      for (var i = 0; i < wanted.length && i < found.length; i++) {
        final difference = _difference(wanted[i], found[i], '$at[$i]');
        if (difference != null) return difference;
      }
      return wanted.length == found.length
          ? null
          : differs('has ${found.length} elements, not ${wanted.length}');
    default:
      return expected == actual
          ? null
          : differs('is ${show(actual)}, not ${show(expected)}');
  }
}
