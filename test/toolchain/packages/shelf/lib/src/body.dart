import 'dart:convert';

/// The bytes of a message, which can be read once, also by its copies.
class Body {
  Body._(this._bytes, {this.encoding, this.length});

  /// [body] is a text, bytes, a stream of them, null, or that of a message.
  factory Body.of(Object? body, Encoding? encoding) {
    switch (body) {
      case Body():
        return body;
      case null:
        return Body._(const Stream.empty(), length: 0);
      case final String text:
        final bytes = (encoding ?? utf8).encode(text);
        final isAscii = bytes.every((byte) => byte < 0x80);
        return Body._(
          Stream.value(bytes),
          encoding: encoding ?? (isAscii ? null : utf8),
          length: bytes.length,
        );
      case final List<dynamic> bytes:
        return Body._(Stream.value(bytes.cast()), length: bytes.length);
      case final Stream<dynamic> stream:
        return Body._(stream.cast());
      default:
        throw ArgumentError('"$body" must be a String or a Stream.');
    }
  }

  Stream<List<int>>? _bytes;

  /// How the text of it is encoded, where the message has to say so.
  final Encoding? encoding;

  /// In bytes; null if it is not known.
  final int? length;

  Stream<List<int>> read() {
    final bytes = _bytes ?? (throw StateError('The body has been read.'));
    _bytes = null;
    return bytes;
  }
}
