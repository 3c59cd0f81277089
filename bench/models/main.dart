import 'dart:convert';
import 'dart:io';

import 'by_hand.dart' as by_hand;
import '../lib/models/orders_request.dart' as generated;

/// Prints, as a line of JSON, the microseconds of each round: of each of the
/// two models, and of the objects alone, without the text.
void main() {
  final text = File('orders.json').readAsStringSync();
  final decoded = json.decode(text) as Map<String, dynamic>;
  final ofGenerated = generated.ordersRequestFromJson(text);
  final ofHand = by_hand.ordersFromJson(text);
  final tasks = <String, Object? Function()>{
    'generated read': () => generated.ordersRequestFromJson(text),
    'by hand read': () => by_hand.ordersFromJson(text),
    'generated write': () => generated.ordersRequestToJson(ofGenerated),
    'by hand write': () => by_hand.ordersToJson(ofHand),
    'generated fromJson': () => generated.OrdersRequest.fromJson(decoded),
    'by hand fromJson': () => by_hand.Orders.fromJson(decoded),
    'generated toJson': () => ofGenerated.toJson(),
    'by hand toJson': () => ofHand.toJson(),
  };
  final times = {for (final name in tasks.keys) name: <int>[]};
  for (var round = 0; round < 90; round++) {
    for (final MapEntry(key: name, value: run) in tasks.entries) {
      final watch = Stopwatch()..start();
      run();
      // The first rounds compile.
      if (round >= 30) times[name]!.add(watch.elapsedMicroseconds);
    }
  }
  print(json.encode(times));
}
