/// Makes a model a value: it equals another one of its class with equal JSON.
mixin JsonModel {
  /// The JSON object, as `json.encode` takes it.
  Map<String, dynamic> toJson();

  @override
  bool operator ==(Object other) =>
      identical(this, other) ||
      other is JsonModel &&
          other.runtimeType == runtimeType &&
          _equal(toJson(), other.toJson());

  @override
  int get hashCode => _hash(toJson());

  /// Its fields, as they are called in JSON: `Order(id: 7, note: null)`.
  @override
  String toString() {
    final fields = '${toJson()}';
    return '$runtimeType(${fields.substring(1, fields.length - 1)})';
  }
}

/// A value that may be absent, which is not the same as null: where a caller
/// leaves out a field, a PATCH leaves it as it is.
///
/// ```dart
/// if (patch.note.isPresent) order = order.copyWith(note: patch.note);
/// order.copyWith(note: const Optional(null));
/// ```
final class Optional<T> {
  const Optional(T value) : isPresent = true, valueOrNull = value;

  const Optional.absent() : isPresent = false, valueOrNull = null;

  final bool isPresent;

  /// The value, or null if it is absent.
  final T? valueOrNull;

  /// The value.
  ///
  /// Throws a [StateError] if it is absent.
  T get value => isPresent
      ? valueOrNull as T
      : throw StateError('The value is absent: ask isPresent first.');

  @override
  bool operator ==(Object other) =>
      other is Optional &&
      other.isPresent == isPresent &&
      _equal(other.valueOrNull, valueOrNull);

  @override
  int get hashCode => Object.hash(isPresent, _hash(valueOrNull));

  @override
  String toString() =>
      isPresent ? 'Optional($valueOrNull)' : 'Optional.absent()';
}

// Outside of the class, where an Optional<String> may stand for an
// Optional<String?>: there T would be String, which refuses null.
extension OptionalOr<T> on Optional<T> {
  /// The value, or [other] if it is absent.
  T valueOr(T other) => isPresent ? value : other;
}

bool _equal(Object? a, Object? b) => switch ((a, b)) {
  (final Map<dynamic, dynamic> a, final Map<dynamic, dynamic> b) =>
    a.length == b.length &&
        a.keys.every((key) => b.containsKey(key) && _equal(a[key], b[key])),
  (final List<dynamic> a, final List<dynamic> b) =>
    a.length == b.length &&
        a.indexed.every((item) => _equal(item.$2, b[item.$1])),
  _ => a == b,
};

int _hash(Object? value) => switch (value) {
  final Map<dynamic, dynamic> map => Object.hashAllUnordered([
    for (final MapEntry(:key, :value) in map.entries)
      Object.hash(key, _hash(value)),
  ]),
  final List<dynamic> list => Object.hashAll(list.map(_hash)),
  _ => value.hashCode,
};
