import 'dart:convert';

import 'body.dart';
import 'headers.dart';

/// What a [Request] and a [Response] have in common.
abstract class Message {
  Message._(
    this._body,
    Map<String, Object>? headers,
    Map<String, Object>? context,
  ) : _headers = Headers(_described(headers ?? const {}, _body)),
      context = Map.unmodifiable(context ?? const {});

  final Body _body;
  final Headers _headers;

  /// What middleware and handlers tell each other.
  final Map<String, Object> context;

  Map<String, String> get headers => _headers.joined;
  Map<String, List<String>> get headersAll => _headers;

  bool get isEmpty => _body.length == 0;

  int? get contentLength => switch (headers['content-length']) {
    null => null,
    final text => int.parse(text),
  };

  String? get mimeType => _contentType?.mimeType;

  Encoding? get encoding => Encoding.getByName(_contentType?.charset);

  ContentType? get _contentType => switch (headers['content-type']) {
    null => null,
    final text => ContentType.parse(text),
  };

  /// The body, once.
  Stream<List<int>> read() => _body.read();

  Future<String> readAsString([Encoding? encoding]) =>
      (encoding ?? this.encoding ?? utf8).decodeStream(read());

  Message change({
    Map<String, String> headers,
    Map<String, Object> context,
    Object? body,
  });

  Map<String, Object> _changedHeaders(Map<String, Object?>? changes) =>
      _merged(Headers(_headers), changes);

  Map<String, Object> _changedContext(Map<String, Object?>? changes) =>
      _merged(context, changes);
}

/// A request to a handler.
class Request extends Message {
  Request(
    this.method,
    this.requestedUri, {
    String? protocolVersion,
    Map<String, Object>? headers,
    String? handlerPath,
    Uri? url,
    Object? body,
    Encoding? encoding,
    Map<String, Object>? context,
  }) : protocolVersion = protocolVersion ?? '1.1',
       handlerPath = _directory(handlerPath ?? '/', requestedUri),
       url =
           url ??
           Uri(
             path: requestedUri.path.substring(
               _directory(handlerPath ?? '/', requestedUri).length,
             ),
             query: requestedUri.query,
           ),
       super._(Body.of(body, encoding), headers, context) {
    if (method.isEmpty) {
      throw ArgumentError.value(method, 'method', 'cannot be empty.');
    }
    try {
      requestedUri.pathSegments;
      requestedUri.queryParametersAll;
    } on FormatException catch (error) {
      throw _badUri('cannot be parsed: $error');
    }
    if (!requestedUri.isAbsolute) throw _badUri('must be absolute.');
    if (requestedUri.hasFragment) throw _badUri('may have no fragment.');
    if (!requestedUri.path.startsWith(this.handlerPath)) {
      throw _badUri('must begin with the handlerPath.');
    }
  }

  final String method;
  final Uri requestedUri;
  final String protocolVersion;

  /// The part of the path that led to this handler.
  final String handlerPath;

  /// The rest of the path, without a slash before it, and the query.
  final Uri url;

  /// Only an adapter with sockets lets a request be hijacked.
  bool get canHijack => false;

  Never hijack(void Function(Never channel) callback) =>
      throw StateError("This request can't be hijacked.");

  @override
  Request change({
    Map<String, Object?>? headers,
    Map<String, Object?>? context,
    String? path,
    Object? body,
  }) => Request(
    method,
    requestedUri,
    protocolVersion: protocolVersion,
    headers: _changedHeaders(headers),
    handlerPath: path == null ? handlerPath : '$handlerPath$path',
    body: body ?? _body,
    context: _changedContext(context),
  );

  ArgumentError _badUri(String reason) =>
      ArgumentError.value(requestedUri, 'requestedUri', reason);

  static String _directory(String handlerPath, Uri requestedUri) =>
      handlerPath == requestedUri.path || handlerPath.endsWith('/')
      ? handlerPath
      : '$handlerPath/';
}

/// What a handler returns.
class Response extends Message {
  Response(
    this.statusCode, {
    Object? body,
    Map<String, Object>? headers,
    Encoding? encoding,
    Map<String, Object>? context,
  }) : super._(Body.of(body, encoding), headers, context) {
    if (statusCode < 100) throw ArgumentError('Invalid status: $statusCode.');
  }

  Response.ok(
    Object? body, {
    Map<String, Object>? headers,
    Encoding? encoding,
    Map<String, Object>? context,
  }) : this(
         200,
         body: body,
         headers: headers,
         encoding: encoding,
         context: context,
       );

  Response.movedPermanently(Object location, {Map<String, Object>? headers})
    : this(301, headers: {...?headers, 'location': '$location'});

  Response.found(Object location, {Map<String, Object>? headers})
    : this(302, headers: {...?headers, 'location': '$location'});

  Response.seeOther(Object location, {Map<String, Object>? headers})
    : this(303, headers: {...?headers, 'location': '$location'});

  Response.notModified({Map<String, Object>? headers})
    : this(304, headers: headers);

  Response.badRequest({Object? body, Map<String, Object>? headers})
    : this._error(400, body, headers, 'Bad Request');

  Response.unauthorized(Object? body, {Map<String, Object>? headers})
    : this._error(401, body, headers, 'Unauthorized');

  Response.forbidden(Object? body, {Map<String, Object>? headers})
    : this._error(403, body, headers, 'Forbidden');

  Response.notFound(Object? body, {Map<String, Object>? headers})
    : this._error(404, body, headers, 'Not Found');

  Response.internalServerError({Object? body, Map<String, Object>? headers})
    : this._error(500, body, headers, 'Internal Server Error');

  // Only a text of its own is of a type that it knows.
  Response._error(
    int statusCode,
    Object? body,
    Map<String, Object>? headers,
    String text,
  ) : this(
        statusCode,
        body: body ?? text,
        headers: body == null
            ? {...?headers, 'content-type': 'text/plain'}
            : headers,
      );

  final int statusCode;

  @override
  Response change({
    Map<String, Object?>? headers,
    Map<String, Object?>? context,
    Object? body,
  }) => Response(
    statusCode,
    body: body ?? _body,
    headers: _changedHeaders(headers),
    context: _changedContext(context),
  );
}

/// [headers] with the length of the [body], and the encoding of its text.
Map<String, Object> _described(Map<String, Object> headers, Body body) {
  final known = Headers(headers).joined;
  final described = {...headers};
  void put(String name, String value) => described
    ..removeWhere((key, _) => key.toLowerCase() == name)
    ..[name] = value;

  if (body.encoding case final encoding?) {
    final type = switch (known['content-type']) {
      null => null,
      final text => ContentType.parse(text),
    };
    if (Encoding.getByName(type?.charset) != encoding) {
      final mimeType = type?.mimeType ?? 'application/octet-stream';
      put('content-type', '$mimeType; charset=${encoding.name}');
    }
  }
  final isChunked =
      (known['transfer-encoding'] ?? 'identity').toLowerCase() != 'identity';
  final isKept = body.length == 0 && known.containsKey('content-length');
  if (body.length != null && !isChunked && !isKept) {
    put('content-length', '${body.length}');
  }
  return described;
}

Map<String, Object> _merged(
  Map<String, Object> before,
  Map<String, Object?>? changes,
) {
  final merged = {...before};
  for (final MapEntry(:key, :value) in (changes ?? const {}).entries) {
    // A header has one name in any case; of the context it is the same key.
    if (before is Headers) {
      merged.removeWhere((name, _) => name.toLowerCase() == key.toLowerCase());
    }
    value == null ? merged.remove(key) : merged[key] = value;
  }
  return merged;
}
