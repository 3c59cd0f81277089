/// Reads the parameters of a path or of a query, which are text, as the types
/// that a handler wants.
///
/// ```dart
/// final int id = event.pathParameters.parameter('id');
/// final String? after = event.queryStringParameters.parameter('after');
/// ```
extension Parameters on Map<String, String> {
  /// The parameter called [name]. It may be missing if [T] is nullable.
  ///
  /// Throws a [FormatException] that names the parameter, fit for a caller:
  /// `The parameter "id" must be an integer, but it is "x".`
  T parameter<T>(String name) {
    final text = this[name];
    if (text == null) {
      if (null is T) return null as T;
      throw FormatException('The parameter "$name" is missing.');
    }
    // A list, because a type argument cannot be matched itself.
    final (Object? value, String type) = switch (<T>[]) {
      List<String?>() => (text, 'a string'),
      List<int?>() => (int.tryParse(text), 'an integer'),
      List<double?>() => (_finite(text), 'a number'),
      List<bool?>() => (bool.tryParse(text), 'true or false'),
      List<DateTime?>() => (DateTime.tryParse(text), 'a date'),
      _ => throw ArgumentError('A parameter cannot be read as $T.'),
    };
    if (value != null) return value as T;
    throw FormatException(
      'The parameter "$name" must be $type, but it is "$text".',
    );
  }
}

double? _finite(String text) {
  final value = double.tryParse(text);
  return value != null && value.isFinite ? value : null;
}
