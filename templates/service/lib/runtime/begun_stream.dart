import 'dart:async';

/// Waits for the first event of [stream], and throws it if it is an error.
Future<Stream<T>> begun<T>(Stream<T> stream) async {
  final events = StreamIterator(stream);
  // A generator goes on in the zone that asks for its next event: in this one,
  // which has the Context.
  final moveNext = Zone.current.bindCallback(events.moveNext);
  await moveNext();
  return _eventsFrom(events, moveNext);
}

Stream<T> _eventsFrom<T>(
  StreamIterator<T> events,
  Future<bool> Function() moveNext,
) async* {
  try {
    do {
      yield events.current;
    } while (await moveNext());
  } finally {
    await events.cancel();
  }
}
