import 'dart:convert';
import 'dart:io';

import '../lib/runtime/events/sqs.dart';

/// Prints, as a line of JSON, the microseconds of each round: of decoding a
/// batch, of its class and one field, and of its class and every body. The
/// views are made of a batch that is decoded beforehand, as the time of
/// decoding varies by more than they take.
void main() {
  final text = File('batch.json').readAsStringSync();
  final decoded = json.decode(text) as Map<String, dynamic>;
  final tasks = <String, Object? Function()>{
    'decode': () => json.decode(text),
    'one field': () => AwsSqsEvent.fromJson(decoded).records.first.messageId,
    'every body': () => AwsSqsEvent.fromJson(
      decoded,
    ).records.fold<int>(0, (sum, record) => sum + record.body.length),
    'decode and one field': () => AwsSqsEvent.fromJson(
      json.decode(text) as Map<String, dynamic>,
    ).records.first.messageId,
  };
  final times = {for (final name in tasks.keys) name: <int>[]};
  for (var round = 0; round < 60; round++) {
    for (final MapEntry(key: name, value: run) in tasks.entries) {
      final watch = Stopwatch()..start();
      run();
      // The first rounds compile.
      if (round >= 20) times[name]!.add(watch.elapsedMicroseconds);
    }
  }
  print(json.encode(times));
}
