import 'dart:async';
import 'dart:math';

import '../log.dart';

/// A record of a batch, of which Lambda can be told that it failed.
abstract interface class BatchRecord {
  /// The id that a [BatchResponse] has of this record.
  String get batchItemId;

  /// Whether the records after this one must wait for it: those of a stream
  /// and of a FIFO queue do.
  bool get isOrdered;
}

/// The response to a batch: it tells which records Lambda is to send again.
///
/// Lambda reads it only where the event in serverless.yml has
/// `functionResponseType: ReportBatchItemFailures`. Without that, a batch is
/// done whatever the handler returns, and sent again as a whole if it throws.
class BatchResponse {
  const BatchResponse({this.failures = const [], this.state});

  /// The ids of the records that failed.
  final List<String> failures;

  /// What the next invocation of the same time window finds in its `state`.
  final Map<String, dynamic>? state;

  /// A copy that hands [state] to the next invocation of the time window.
  BatchResponse withState(Map<String, dynamic> state) =>
      BatchResponse(failures: failures, state: state);

  Map<String, dynamic> toJson() => {
    'batchItemFailures': [
      for (final id in failures) {'itemIdentifier': id},
    ],
    if (state != null) 'state': state,
  };
}

/// Runs [process] for each of [records], and returns which of them failed.
///
/// What [process] throws is logged with the id of its record. The records run
/// one after the other, or [concurrency] of them at a time. Those of a stream
/// or of a FIFO queue stop at the first that fails: that one and all after it
/// are sent again, in their order.
///
/// Throws a [BatchFailure] if none succeeded, and an [ArgumentError] if ordered
/// records are to run at the same time.
Future<BatchResponse> processBatch<R extends BatchRecord>(
  List<R> records,
  FutureOr<void> Function(R record) process, {
  int concurrency = 1,
}) async {
  final isOrdered = records.any((record) => record.isOrdered);
  if (concurrency < 1 || isOrdered && concurrency > 1) {
    throw ArgumentError.value(
      concurrency,
      'concurrency',
      isOrdered
          ? 'The records of a stream or a FIFO queue run one after the other'
          : 'Must be at least 1',
    );
  }

  // Read before any of them runs: a record without an id could not be told.
  final ids = [for (final record in records) record.batchItemId];
  final failed = <int>{};
  (Object, StackTrace)? first;
  final queue = records.indexed.iterator;
  Future<void> work() async {
    while (queue.moveNext()) {
      final (index, record) = queue.current;
      try {
        await process(record);
      } catch (error, stackTrace) {
        first ??= (error, stackTrace);
        failed.add(index);
        log.error('A record of the batch failed', {
          'id': ids[index],
          'error': error,
          'stackTrace': '$stackTrace',
        });
        if (isOrdered) {
          return failed.addAll([for (var i = index; i < ids.length; i++) i]);
        }
      }
    }
  }

  await Future.wait([
    for (var i = min(concurrency, records.length); i > 0; i--) work(),
  ]);
  if (first case (
    final error,
    final stackTrace,
  ) when failed.length == ids.length) {
    Error.throwWithStackTrace(BatchFailure(ids.length, error), stackTrace);
  }
  return BatchResponse(
    failures: [
      for (final (index, id) in ids.indexed)
        if (failed.contains(index)) id,
    ],
  );
}

/// Tells that no record of a batch succeeded, so that Lambda sends all again.
class BatchFailure implements Exception {
  const BatchFailure(this.count, this.error);

  /// The number of records in the batch.
  final int count;

  /// What the first record that failed threw. Its stack trace is the failure's.
  final Object error;

  @override
  String toString() =>
      'None of the $count records of the batch succeeded. The first error: '
      '$error';
}
