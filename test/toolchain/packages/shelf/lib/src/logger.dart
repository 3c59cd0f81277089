import 'composition.dart';

/// Prints a line for each request: when, how long, what, and the status.
Middleware logRequests({void Function(String message, bool isError)? logger}) {
  final log =
      logger ??
      (message, isError) => print(isError ? '[ERROR] $message' : message);
  return (innerHandler) => (request) async {
    final start = DateTime.now();
    final watch = Stopwatch()..start();
    final uri = request.requestedUri;
    final path = uri.hasQuery ? '${uri.path}?${uri.query}' : uri.path;
    try {
      final response = await innerHandler(request);
      log(
        '${start.toIso8601String()} ${'${watch.elapsed}'.padLeft(15)} '
        '${request.method.padRight(7)} [${response.statusCode}] $path',
        false,
      );
      return response;
    } catch (error, stackTrace) {
      if (error is! HijackException) {
        log(
          '$start\t${watch.elapsed}\t${request.method}\t$path\n'
          '$error\n$stackTrace',
          true,
        );
      }
      rethrow;
    }
  };
}
