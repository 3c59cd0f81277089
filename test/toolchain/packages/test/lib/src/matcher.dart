import 'equals.dart';

/// Collects the text of a failure.
class Description {
  final _text = StringBuffer();

  Description add(String text) {
    _text.write(text);
    return this;
  }

  Description addDescriptionOf(Object? value) =>
      value is Matcher ? value.describe(this) : add(show(value));

  @override
  String toString() => _text.toString();
}

/// What a value is expected to be.
abstract class Matcher {
  const Matcher();

  bool matches(dynamic item, Map<dynamic, dynamic> matchState);

  Description describe(Description description);

  /// Says more than "Expected ..., Actual ..." about why [item] does not match.
  Description describeMismatch(
    dynamic item,
    Description mismatchDescription,
    Map<dynamic, dynamic> matchState,
    bool verbose,
  ) => mismatchDescription;
}

/// A matcher that is made of a function.
class FunctionMatcher extends Matcher {
  final String _description;
  final bool Function(Object? item) _matches;

  const FunctionMatcher(this._description, this._matches);

  @override
  bool matches(dynamic item, Map<dynamic, dynamic> matchState) =>
      _matches(item);

  @override
  Description describe(Description description) =>
      description.add(_description);
}

/// A matcher, a predicate, or a value that has to be equal.
Matcher wrapMatcher(Object? value) => switch (value) {
  Matcher() => value,
  bool Function(Object?) predicate => FunctionMatcher(
    'satisfies function',
    predicate,
  ),
  _ => equals(value),
};

/// Whether [item] is what [expected] describes, asked from another matcher.
bool isMatch(Object? item, Object? expected) =>
    wrapMatcher(expected).matches(item, {});

String describe(Object? matcher) =>
    wrapMatcher(matcher).describe(Description()).toString();

/// A value as the text of a failure shows it.
String show(Object? value) => switch (value) {
  Matcher() => describe(value),
  String() => "'${value.replaceAll('\n', r'\n')}'",
  Map() =>
    '{${value.entries.map((e) => '${show(e.key)}: ${show(e.value)}').join(', ')}}',
  List() => '[${value.map(show).join(', ')}]',
  Set() => '{${value.map(show).join(', ')}}',
  Iterable() => '(${value.map(show).join(', ')})',
  num() || bool() || null || Type() || Enum() => '$value',
  _ => '<$value>',
};
