class RuntimeException implements Exception {
  const RuntimeException(this.cause);

  final String cause;

  @override
  String toString() => 'RuntimeException: $cause';
}
