import 'dart:async';

import 'async_matchers.dart';
import 'matcher.dart';

/// What a failed expectation throws.
class TestFailure implements Exception {
  final String? message;

  TestFailure(this.message);

  @override
  String toString() => '$message';
}

/// The key in the zone of a running test of a function that takes the futures
/// which the test has to wait for.
const awaitLater = #awaitLater;

Never fail(String message) => throw TestFailure(message);

/// Throws when [actual] is not what [matcher] describes. What has to be waited
/// for (a future that `completes` or `throwsA`) is waited for before the test
/// ends, and fails it then.
void expect(dynamic actual, dynamic matcher, {String? reason}) {
  if (_check(actual, matcher, reason) case final Future<void> later) {
    final addTo = Zone.current[awaitLater] as void Function(Future<void>)?;
    if (addTo == null) {
      throw StateError('expect was called outside of a test');
    }
    addTo(later);
  }
}

/// As [expect], with a future that completes when the expectation was met.
Future<void> expectLater(dynamic actual, dynamic matcher, {String? reason}) =>
    Future.sync(() => _check(actual, matcher, reason));

FutureOr<void> _check(Object? actual, Object? expected, String? reason) {
  final matcher = wrapMatcher(expected);
  if (matcher is AsyncMatcher) {
    final problem = matcher.check(actual);
    if (problem is Future<String?>) {
      return problem.then((problem) {
        if (problem != null) _fail(matcher, actual, problem, reason);
      });
    }
    if (problem != null) _fail(matcher, actual, problem, reason);
    return null;
  }
  final matchState = <dynamic, dynamic>{};
  if (matcher.matches(actual, matchState)) return null;
  final mismatch = matcher.describeMismatch(
    actual,
    Description(),
    matchState,
    false,
  );
  _fail(matcher, actual, '$mismatch', reason);
}

Never _fail(Matcher matcher, Object? actual, String which, String? reason) =>
    fail(
      [
        'Expected: ${describe(matcher)}',
        '  Actual: ${show(actual)}',
        if (which.isNotEmpty) '   Which: $which',
        if (reason != null) reason,
      ].join('\n'),
    );
