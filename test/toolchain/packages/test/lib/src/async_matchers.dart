import 'dart:async';

import 'matcher.dart';
import 'matchers.dart';

/// A matcher that may have to wait before it knows.
abstract class AsyncMatcher extends Matcher {
  const AsyncMatcher();

  /// What is wrong with [item]: null when nothing is, a future when it has to
  /// wait.
  FutureOr<String?> check(Object? item);

  /// Only `expect` and `expectLater` can wait. Inside of another matcher this
  /// one cannot be asked, and must not seem to pass.
  @override
  bool matches(dynamic item, Map<dynamic, dynamic> matchState) {
    final problem = check(item);
    if (problem is Future<String?>) {
      throw UnsupportedError('${show(this)} inside of another matcher');
    }
    return problem == null;
  }
}

/// A function that throws, or a future that completes with an error.
final throws = _Throws(anything);
final throwsFormatException = _Throws(isA<FormatException>());
final throwsArgumentError = _Throws(isA<ArgumentError>());
final throwsStateError = _Throws(isA<StateError>());

Matcher throwsA(Object? matcher) => _Throws(wrapMatcher(matcher));

class _Throws extends AsyncMatcher {
  final Matcher _error;

  const _Throws(this._error);

  @override
  FutureOr<String?> check(Object? item) {
    if (item is Future) return _checkFuture(item);
    if (item is! Function()) return 'is not a function or a future';
    try {
      final value = item();
      if (value is Future) return _checkFuture(value);
      return 'returned ${show(value)}';
    } catch (error) {
      return _checkError(error);
    }
  }

  Future<String?> _checkFuture(Future<Object?> future) => future.then(
    (value) => 'emitted ${show(value)}',
    onError: (Object error) => _checkError(error),
  );

  String? _checkError(Object error) =>
      isMatch(error, _error) ? null : 'threw ${show(error)}';

  @override
  Description describe(Description description) =>
      description.add('throws ').addDescriptionOf(_error);
}

/// A future that completes with a value.
final completes = _Completes(null);

Matcher completion(Object? matcher) => _Completes(wrapMatcher(matcher));

class _Completes extends AsyncMatcher {
  final Matcher? _value;

  const _Completes(this._value);

  @override
  FutureOr<String?> check(Object? item) {
    if (item is! Future) return 'is not a future';
    return item.then((value) async {
      final matcher = _value;
      if (matcher == null) return null;
      if (matcher is AsyncMatcher) return await matcher.check(value);
      return isMatch(value, matcher) ? null : 'emitted ${show(value)}';
    }, onError: (Object error) => 'threw ${show(error)}');
  }

  @override
  Description describe(Description description) {
    description.add('completes successfully');
    if (_value case final value?) {
      description.add(' to a value that ').addDescriptionOf(value);
    }
    return description;
  }
}
