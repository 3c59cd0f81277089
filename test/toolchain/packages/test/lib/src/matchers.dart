import 'matcher.dart';

final isNull = FunctionMatcher('null', (item) => item == null);
final isNotNull = FunctionMatcher('not null', (item) => item != null);
final isTrue = FunctionMatcher('true', (item) => item == true);
final isFalse = FunctionMatcher('false', (item) => item == false);
final anything = FunctionMatcher('anything', (_) => true);
final isEmpty = FunctionMatcher(
  'empty',
  (item) => (item as dynamic).isEmpty as bool,
);
final isNotEmpty = FunctionMatcher(
  'non-empty',
  (item) => (item as dynamic).isNotEmpty as bool,
);

Matcher same(Object? expected) => FunctionMatcher(
  'same instance as ${show(expected)}',
  (item) => identical(item, expected),
);

Matcher hasLength(Object? length) => FunctionMatcher(
  'an object with length of ${describe(length)}',
  (item) => isMatch((item as dynamic).length, length),
);

/// A part of a string, an element (or a matcher of one), or a key of a map.
Matcher contains(Object? expected) => FunctionMatcher(
  'contains ${show(expected)}',
  (item) => switch (item) {
    String() => expected is Pattern && item.contains(expected),
    Iterable() =>
      expected is Matcher
          ? item.any((element) => isMatch(element, expected))
          : item.contains(expected),
    Map() => item.containsKey(expected),
    _ => false,
  },
);

Matcher containsPair(Object? key, Object? value) => FunctionMatcher(
  'contains pair ${show(key)} => ${describe(value)}',
  (item) => item is Map && item.containsKey(key) && isMatch(item[key], value),
);

Matcher startsWith(String prefix) => FunctionMatcher(
  'a string starting with ${show(prefix)}',
  (item) => item is String && item.startsWith(prefix),
);

Matcher endsWith(String suffix) => FunctionMatcher(
  'a string ending with ${show(suffix)}',
  (item) => item is String && item.endsWith(suffix),
);

/// A string in which the regular expression (a RegExp or its source) is found.
Matcher matches(Pattern pattern) {
  final regExp = pattern is RegExp ? pattern : RegExp(pattern as String);
  return FunctionMatcher(
    "match '${regExp.pattern}'",
    (item) => item is String && regExp.hasMatch(item),
  );
}

Matcher greaterThan(Object value) =>
    _compared('greater than', value, (order) => order > 0);
Matcher greaterThanOrEqualTo(Object value) => _compared(
  'greater than or equal to',
  value,
  (order) => order >= 0,
);
Matcher lessThan(Object value) =>
    _compared('less than', value, (order) => order < 0);
Matcher lessThanOrEqualTo(Object value) =>
    _compared('less than or equal to', value, (order) => order <= 0);

/// Operators and not compareTo: NaN is neither less nor greater than anything.
Matcher _compared(String what, Object value, bool Function(int) accepts) =>
    FunctionMatcher('a value $what ${show(value)}', (item) {
      final dynamic left = item;
      if (left == value) return accepts(0);
      if (left < value as bool) return accepts(-1);
      return left > value as bool && accepts(1);
    });

Matcher closeTo(num value, num delta) => FunctionMatcher(
  'a numeric value within $delta of $value',
  (item) => item is num && (item - value).abs() <= delta,
);

Matcher isNot(Object? matcher) => FunctionMatcher(
  'not ${describe(matcher)}',
  (item) => !isMatch(item, matcher),
);

Matcher allOf(
  Object? a, [
  Object? b,
  Object? c,
  Object? d,
  Object? e,
  Object? f,
  Object? g,
]) {
  final all = _list(a, [b, c, d, e, f, g]);
  return FunctionMatcher(
    '(${all.map(describe).join(' and ')})',
    (item) => all.every((matcher) => isMatch(item, matcher)),
  );
}

Matcher anyOf(
  Object? a, [
  Object? b,
  Object? c,
  Object? d,
  Object? e,
  Object? f,
  Object? g,
]) {
  final any = _list(a, [b, c, d, e, f, g]);
  return FunctionMatcher(
    '(${any.map(describe).join(' or ')})',
    (item) => any.any((matcher) => isMatch(item, matcher)),
  );
}

/// Both take a list, or up to seven matchers.
List<Object?> _list(Object? first, List<Object?> more) =>
    first is List ? first : [first, ...more.where((each) => each != null)];

Matcher everyElement(Object? matcher) => FunctionMatcher(
  'every element(${describe(matcher)})',
  (item) =>
      item is Iterable && item.every((element) => isMatch(element, matcher)),
);

Matcher unorderedEquals(Iterable<Object?> expected) => FunctionMatcher(
  'equals ${show(expected)} unordered',
  (item) =>
      item is Iterable &&
      item.length == expected.length &&
      _pairs(expected.toList(), item.toList()),
);

/// Whether each of [expected] can have one of [items] of its own.
bool _pairs(List<Object?> expected, List<Object?> items) {
  if (expected.isEmpty) return true;
  for (var i = 0; i < items.length; i++) {
    if (isMatch(items[i], expected.first) &&
        _pairs(expected.sublist(1), [...items]..removeAt(i))) {
      return true;
    }
  }
  return false;
}

TypeMatcher<T> isA<T>() => TypeMatcher<T>();

/// An instance of [T], with [having] of what its getters return.
class TypeMatcher<T> extends Matcher {
  final List<(Object? Function(T), String, Object?)> _features;

  const TypeMatcher() : _features = const [];

  const TypeMatcher._(this._features);

  TypeMatcher<T> having(
    Object? Function(T) feature,
    String description,
    Object? matcher,
  ) => TypeMatcher._([..._features, (feature, description, matcher)]);

  @override
  bool matches(dynamic item, Map<dynamic, dynamic> matchState) =>
      item is T &&
      _features.every((feature) => isMatch(feature.$1(item), feature.$3));

  @override
  Description describe(Description description) {
    description.add("<Instance of '$T'>");
    for (final (_, name, matcher) in _features) {
      description
          .add(' with `$name`: ')
          .addDescriptionOf(wrapMatcher(matcher));
    }
    return description;
  }
}
