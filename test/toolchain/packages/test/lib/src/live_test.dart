import 'dart:async';

import 'declare.dart';
import 'expect.dart';

/// An error of a test and where it was thrown.
class Failure {
  final Object error;
  final StackTrace stack;

  Failure(this.error, this.stack);

  @override
  String toString() => [
    '$error',
    // The frames of this package and of dart:async tell nothing of the test.
    ...'$stack'
        .split('\n')
        .where((frame) => frame.trim().isNotEmpty)
        .where((frame) => !frame.contains('(package:test/'))
        .where((frame) => !frame.contains('(dart:'))
        .where((frame) => frame != '<asynchronous suspension>'),
  ].join('\n');
}

/// A test while it runs: it fails by whatever is thrown by it, is thrown by a
/// callback that it left behind, or is a future that it expected something of.
class LiveTest {
  static const _limit = Duration(seconds: 30);

  final failures = <Failure>[];
  void Function(Failure)? _afterwards;

  /// Runs [bodies] one after the other, and none after one that has failed.
  /// Returns when all is done that they have to wait for, or when no end of it
  /// is to be seen.
  Future<void> run(List<Body> bodies) {
    final done = Completer<void>();
    final expected = <Future<void>>[];
    void end() {
      if (!done.isCompleted) done.complete();
    }

    // Also keeps the VM alive: with nothing else to wait for it would end, and
    // with it a test that has not.
    final timer = Timer(_limit, () {
      final error = TimeoutException('Test timed out after 30 seconds.');
      _fail(error, StackTrace.empty);
      end();
    });

    runZonedGuarded(
      () async {
        final before = failures.length;
        for (final body in bodies) {
          await body();
          while (expected.isNotEmpty) {
            await expected.removeLast();
          }
          if (failures.length > before) break;
        }
        end();
      },
      (error, stack) {
        _fail(error, stack);
        end();
      },
      zoneValues: {
        awaitLater: (Future<void> future) {
          // Its error is reported where it is waited for; that it may come
          // before is no other error.
          future.ignore();
          expected.add(future);
        },
      },
    );
    return done.future.whenComplete(timer.cancel);
  }

  /// From now on a failure comes too late to be this test's, and is reported by
  /// itself.
  void close(void Function(Failure) afterwards) => _afterwards = afterwards;

  void _fail(Object error, StackTrace stack) {
    final failure = Failure(error, stack);
    if (_afterwards case final report?) {
      report(failure);
    } else {
      failures.add(failure);
    }
  }
}
