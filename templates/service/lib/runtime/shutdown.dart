import 'dart:async';
import 'dart:io';

import 'error_report.dart';
import 'log.dart';

/// The end of this process by SIGTERM.
class Shutdown {
  Shutdown(this._log);

  final Log _log;
  final _actions = <FutureOr<void> Function()>[];
  Future<void> _serving = Future.value();

  /// When what is being served is given up.
  DateTime? latest;

  bool _begun = false;

  void add(FutureOr<void> Function() action) => _actions.add(action);

  /// Ends the process by exit code 0 when it is told to, after [run] has run
  /// the actions.
  void listen(Future<void> Function(FutureOr<void> Function() action) run) {
    // Windows has no such signal.
    if (Platform.isWindows) return;
    ProcessSignal.sigterm.watch().listen((_) async {
      if (_begun) return;
      _begun = true;
      await _served();
      await _runAll(run).timeout(_limit, onTimeout: () {});
      await _served();
      exit(0);
    });
  }

  /// Has the end of the process wait for what is being served.
  Future<void> during(Future<void> serving) => _serving = serving;

  Future<void> _served() async {
    final left = latest?.difference(DateTime.timestamp()) ?? Duration.zero;
    await _serving.timeout(left, onTimeout: () {});
  }

  Future<void> _runAll(
    Future<void> Function(FutureOr<void> Function() action) run,
  ) async {
    for (final action in _actions) {
      try {
        await run(action);
      } catch (error, stackTrace) {
        _log.failure(ErrorReport.of(error, stackTrace));
      }
    }
  }
}

// Lambda kills a process 300 ms after the signal, or 500 ms without external
// extensions: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
const _limit = Duration(milliseconds: 250);
