import 'dart:async';
import 'dart:io';

import 'declare.dart';
import 'live_test.dart';

/// The exit code of the real runner when there was no test.
const _noTestsRan = 79;

/// Runs the tests of many files and ends the process. [allPassed] is the exit
/// code when they passed: not 0, which a test could cause with `exit(0)`.
Future<void> runFiles(
  Map<String, Function> files, {
  required int allPassed,
}) async {
  final report = _Report();
  for (final MapEntry(key: file, value: main) in files.entries) {
    final Group root;
    try {
      if (main is! Function()) throw ArgumentError('main takes no arguments');
      root = await declare(file, main);
    } catch (error, stack) {
      report.fail('loading $file', [Failure(error, stack)]);
      continue;
    }
    await report.run(root, [file]);
  }
  await report.end(allPassed);
}

/// Runs the tests of a file that was started by itself.
Future<void> runAlone(Group root) async {
  final report = _Report();
  await report.run(root, []);
  await report.end(0);
}

class _Report {
  int passed = 0;
  int skipped = 0;
  int failed = 0;
  final _watch = Stopwatch()..start();

  /// Runs what is in [group]; [names] are those of the groups around it.
  Future<void> run(
    Group group,
    List<String> names, [
    List<Group> around = const [],
    Object? skip,
  ]) async {
    if (!group.hasTests) return;
    final groups = [...around, group];
    final skipAll = skip ?? group.skip;
    final runs = skipAll == null || skipAll == false;
    final ready =
        !runs || await _runAround('(setUpAll)', names, group.setUpAlls);
    // Without what setUpAll prepares, a test could tell nothing.
    for (final child in ready ? group.children : const <Object>[]) {
      if (child is Group) {
        await run(child, [...names, child.name], groups, skipAll);
      } else if (child is Test) {
        await _runTest(child, names, groups, skipAll ?? child.skip);
      }
    }
    if (runs) {
      await _runAround('(tearDownAll)', names, group.tearDownAlls.reversed);
    }
  }

  Future<bool> _runAround(
    String what,
    List<String> names,
    Iterable<Body> bodies,
  ) async {
    final name = _join([...names, what]);
    final live = LiveTest();
    await live.run([...bodies]);
    live.close((failure) => fail(name, [failure]));
    if (live.failures.isNotEmpty) fail(name, live.failures);
    return live.failures.isEmpty;
  }

  Future<void> _runTest(
    Test test,
    List<String> names,
    List<Group> groups,
    Object? skip,
  ) async {
    final name = _join([...names, test.name]);
    if (skip != null && skip != false) {
      skipped++;
      _line(skip is String ? '$name (skipped: $skip)' : '$name (skipped)');
      return;
    }
    final live = LiveTest();
    await live.run([
      for (final group in groups) ...group.setUps,
      test.body,
    ]);
    // One by one: a tearDown runs, whatever became of the test and of others.
    for (final group in groups.reversed) {
      for (final tearDown in group.tearDowns.reversed) {
        await live.run([tearDown]);
      }
    }
    live.close((failure) => fail(name, [failure]));
    if (live.failures.isEmpty) {
      passed++;
      _line(name);
    } else {
      fail(name, live.failures);
    }
  }

  void fail(String name, List<Failure> failures) {
    failed++;
    _line('$name [E]');
    for (final failure in failures) {
      print('$failure'.replaceAll(RegExp('^', multiLine: true), '  '));
    }
  }

  void _line(String text) {
    final seconds = _watch.elapsed.inSeconds;
    String two(int number) => '$number'.padLeft(2, '0');
    print(
      '${two(seconds ~/ 60)}:${two(seconds % 60)} +$passed'
      '${skipped > 0 ? ' ~$skipped' : ''}${failed > 0 ? ' -$failed' : ''}: $text',
    );
  }

  Future<void> end(int allPassed) async {
    // Late errors of tests that have ended, which nothing waits for.
    await Future<void>.delayed(Duration.zero);
    if (passed + skipped + failed == 0) {
      print('No tests ran.');
    } else {
      _line(failed > 0 ? 'Some tests failed.' : 'All tests passed!');
    }
    await stdout.flush();
    exit(
      failed > 0
          ? 1
          : passed + skipped == 0
          ? _noTestsRan
          : allPassed,
    );
  }
}

String _join(List<String> names) =>
    names.length > 1 && names.first.endsWith('.dart')
        ? '${names.first}: ${names.skip(1).join(' ')}'
        : names.join(' ');
