import 'dart:convert';

/// The lines that end a body which failed, made of its error.
typedef Trailers =
    Map<String, String> Function(Object error, StackTrace stackTrace);

/// A [body] as HTTP/1.1 sends it where its length is not known before
/// (https://www.rfc-editor.org/rfc/rfc9112#section-7.1).
Stream<List<int>> chunked(Stream<List<int>> body, Trailers trailers) async* {
  var lines = '';
  try {
    await for (final piece in body) {
      // A chunk of no bytes would be the end.
      if (piece.isEmpty) continue;
      yield latin1.encode('${piece.length.toRadixString(16)}\r\n');
      yield piece;
      yield const [0x0d, 0x0a];
    }
  } catch (error, stackTrace) {
    lines = linesOf(trailers(error, stackTrace));
  }
  yield latin1.encode('0\r\n$lines\r\n');
}

/// Headers or trailers, each in a line.
String linesOf(Map<String, String> fields) => [
  for (final MapEntry(:key, :value) in fields.entries) '$key: $value\r\n',
].join();
