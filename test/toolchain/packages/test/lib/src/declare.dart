import 'dart:async';

import 'runner.dart';

typedef Body = FutureOr<dynamic> Function();

/// Tests and groups, with what is to run around them.
class Group {
  final String name;
  final Group? parent;

  /// [Test]s and [Group]s in the order in which they are to run.
  final children = <Object>[];
  final setUps = <Body>[];
  final tearDowns = <Body>[];
  final setUpAlls = <Body>[];
  final tearDownAlls = <Body>[];

  /// `true` or the reason why the tests in it are not run.
  final Object? skip;

  Group(this.name, this.parent, {this.skip});

  bool get hasTests => children.any(
    (child) => child is Test || child is Group && child.hasTests,
  );
}

class Test {
  final String name;
  final Body body;
  final Object? skip;

  Test(this.name, this.body, this.skip);
}

Group? _current;

/// Whether tests that are declared outside of a `main` that is being asked for
/// its tests come too late to be run.
var _started = false;

/// Declares the tests of a file, in a [Group] of their own. An async `main` is
/// waited for, as in the real package.
Future<Group> declare(String name, Function() main) async {
  _started = true;
  final root = _current = Group(name, null);
  try {
    await main();
  } finally {
    _current = null;
  }
  return root;
}

/// The group that is being declared. A test file that is run by itself has no
/// runner that asks for its tests: they run once its `main` has returned.
Group get _declaring {
  if (_current case final group?) return group;
  if (_started) {
    throw StateError("Can't declare tests once tests have begun running.");
  }
  _started = true;
  final root = _current = Group('', null);
  Timer.run(() {
    _current = null;
    runAlone(root);
  });
  return root;
}

void group(Object? description, void Function() body, {Object? skip}) {
  final parent = _declaring;
  final child = _current = Group('$description', parent, skip: skip);
  parent.children.add(child);
  try {
    final dynamic result = (body as dynamic)();
    if (result is Future) {
      throw ArgumentError('Groups may not be async: $description');
    }
  } finally {
    _current = parent;
  }
}

void test(Object? description, Body body, {Object? skip}) =>
    _declaring.children.add(Test('$description', body, skip));

void setUp(Body body) => _declaring.setUps.add(body);

void tearDown(Body body) => _declaring.tearDowns.add(body);

void setUpAll(Body body) => _declaring.setUpAlls.add(body);

void tearDownAll(Body body) => _declaring.tearDownAlls.add(body);
