/// {{about}}
///
{{origin}}
library;

import 'dart:async';
import 'dart:convert';

import 'package:http/http.dart' as http;

{{directives}}
/// {{about}}
///
/// A call throws
///
/// - {{reference}} when the service answers with an error, or with a body that
///   is not what it should be,
/// - [TimeoutException] when there is no whole answer in [timeout],
/// - [http.RequestAbortedException] when [abortTrigger] ends it,
/// - [http.ClientException] when the service cannot be reached,
/// - [ArgumentError] for an argument that no URL can carry.
{{header}}
  /// Calls the API at [base], such as `http://localhost:3000` or, with the
  /// stage that a REST API has in its path,
  /// `https://a1b2.execute-api.eu-central-1.amazonaws.com/dev`.
  {{name}}(
    this.base, {
    http.Client? client,
    this.token,
    this.headers = const {},
    this.timeout = const Duration(seconds: 30),
    this.abortTrigger,
  }) : _client = client ?? http.Client(),
       _isOwnClient = client == null;

  /// Where the API is.
  final Uri base;

  /// Gives the token for the header `Authorization: Bearer ...` of each call;
  /// null for none.
  final FutureOr<String?> Function()? token;

  /// Headers of each call, such as the `x-api-key` of an API with keys.
  final Map<String, String> headers;

  /// How long a call may take.
  final Duration timeout;

  /// Ends the calls that are under way when it completes; see [abortedBy].
  final Future<void>? abortTrigger;

  final http.Client _client;
  final bool _isOwnClient;

{{abortedBy}}
  /// Closes the connections, unless they are of a client that was handed in.
  void close() {
    if (_isOwnClient) _client.close();
  }

{{methods}}
  Future<T> _call<T>(
    String method,
    String route, {
    Map<String, Object> path = const {},
    Map<String, Object?> query = const {},
    Object? body,
    T Function(Object? value)? decode,
  }) async {
    final url = _urlOf(route, path, query);
    final token = await this.token?.call();
    final timedOut = Completer<void>();
    final request = http.AbortableRequest(
      method,
      url,
      abortTrigger: Future.any([
        timedOut.future,
        if (abortTrigger case final trigger?) trigger,
      ]),
    );
    request.headers.addAll(headers);
    if (token != null) request.headers['Authorization'] = 'Bearer $token';
    if (body != null) {
      request.headers['Content-Type'] = 'application/json';
      request.bodyBytes = utf8.encode(json.encode(body));
    }
    final response = await _answerTo(request).timeout(
      timeout,
      onTimeout: () {
        timedOut.complete();
        throw TimeoutException('$method $url', timeout);
      },
    );
    if (response.statusCode < 200 || response.statusCode >= 300) {
{{fail}}
    }
    try {
      if (decode == null) return _untyped(response) as T;
      final Object? value = json.decode(utf8.decode(response.bodyBytes));
      return value == null && null is T ? null as T : decode(value);
    } catch (error, stackTrace) {
{{failToDecode}}
    }
  }

  Future<http.Response> _answerTo(http.BaseRequest request) async =>
      http.Response.fromStream(await _client.send(request));

  Uri _urlOf(
    String route,
    Map<String, Object> path,
    Map<String, Object?> query,
  ) {
    final parts = route == '/' ? const <String>[] : route.split('/').skip(1);
    final parameters = [
      for (final MapEntry(:key, :value) in query.entries)
        if (value is Iterable<Object?>)
          ..._itemsOf(key, value)
        else if (value != null)
          _parameter(key, value),
    ];
    return base.replace(
      pathSegments: [
        ...base.pathSegments.where((segment) => segment.isNotEmpty),
        for (final part in parts)
          if (part.startsWith('{'))
            ..._segmentsOf(part.substring(1, part.length - 1), path)
          else
            part,
      ],
      query: parameters.isEmpty ? null : parameters.join('&'),
    );
  }

  // The service takes commas for the ends of items.
  Iterable<String> _itemsOf(String name, Iterable<Object?> items) {
    if (items.any((item) => '$item'.isEmpty || '$item'.contains(','))) {
      throw ArgumentError.value(items, name, 'empty, or with a comma');
    }
    return items.isEmpty
        ? [_parameter(name, '')]
        : items.map((item) => _parameter(name, item));
  }

  String _parameter(String name, Object? value) =>
      '${Uri.encodeComponent(name)}=${Uri.encodeComponent('$value')}';

  // A `{rest+}` keeps its slashes, and no part may lead to another route.
  List<String> _segmentsOf(String name, Map<String, Object> path) {
    final isGreedy = name.endsWith('+');
    final key = isGreedy ? name.substring(0, name.length - 1) : name;
    final text = '${path[key]}';
    final segments = isGreedy ? text.split('/') : [text];
    if (text.isEmpty || segments.contains('.') || segments.contains('..')) {
      throw ArgumentError.value(text, key, 'cannot be in a path');
    }
    return segments;
  }

  // JSON or a text where the answer says so, else bytes; null for nothing.
  Object? _untyped(http.Response response) {
    final bytes = response.bodyBytes;
    if (bytes.isEmpty) return null;
    final type = response.headers['content-type'] ?? '';
    if (type.contains('json')) return json.decode(utf8.decode(bytes));
    return type.startsWith('text/') ? response.body : bytes;
  }
}

/// Why a call has no result: the service answered with an error, or with a body
/// that is not what it should be.
{{exceptionHeader}}
{{exceptionConstructor}}

  /// The answer, with nothing left out.
  final http.Response response;

  /// Why the body cannot be decoded; null for an error of the service.
  final Object? cause;

  /// The HTTP status, such as 404.
  int get status => response.statusCode;

  Map<String, String> get headers => response.headers;

  /// The body as a text.
  String get body => utf8.decode(response.bodyBytes, allowMalformed: true);

  /// The fields of the body, such as the `field` that a 400 is about; null if it
  /// is no JSON object.
  Map<String, dynamic>? get problem {
    try {
      final Object? value = json.decode(body);
      return value is Map<String, dynamic> ? value : null;
    } on FormatException {
      return null;
    }
  }

  /// What is wrong, in the words of the service or of API Gateway.
  String get message {
    if (cause != null) return 'The body cannot be decoded: $cause';
    final fields = problem ?? const <String, dynamic>{};
    for (final name in const ['detail', 'title', 'message', 'Message']) {
      final Object? text = fields[name];
      if (text is String && text.isNotEmpty) return text;
    }
    return response.reasonPhrase ?? body;
  }

  @override
{{toString}}
}
