import 'dart:collection';

/// Headers by a name in any case, each with its values. They cannot be changed.
class Headers extends UnmodifiableMapView<String, List<String>> {
  /// A value is a text or a list of them; a header with an empty list is left
  /// out.
  Headers(Map<String, Object> headers) : super(_copy(headers));

  /// The headers with their values joined by commas.
  late final Map<String, String> joined = UnmodifiableMapView(
    _anyCase<String>()
      ..addAll(map((name, values) => MapEntry(name, values.join(',')))),
  );

  static Map<String, List<String>> _copy(Map<String, Object> headers) {
    final copy = _anyCase<List<String>>();
    for (final MapEntry(key: name, :value) in headers.entries) {
      final values = switch (value) {
        final String text => [text],
        final List<String> list => list,
        _ => throw ArgumentError(
          'Expected String or List<String>, got: `$value`.',
        ),
      };
      if (values.isNotEmpty) copy[name] = List.unmodifiable(values);
    }
    return copy;
  }
}

Map<String, V> _anyCase<V>() => LinkedHashMap(
  equals: (a, b) => a.toLowerCase() == b.toLowerCase(),
  hashCode: (name) => name.toLowerCase().hashCode,
);

/// `text/html; charset=utf-8`, taken apart.
class ContentType {
  ContentType.parse(String text) : _parts = text.split(';');

  final List<String> _parts;

  String get mimeType => _parts.first.trim().toLowerCase();

  String? get charset {
    for (final part in _parts.skip(1)) {
      final [name, ...value] = part.split('=');
      if (name.trim().toLowerCase() != 'charset') continue;
      return value.join('=').trim().replaceAll('"', '');
    }
    return null;
  }
}
