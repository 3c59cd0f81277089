/// A stand-in for package:http 1.5 over dart:io: the classes that a generated
/// client uses, by their own names and with their own messages.
library;

import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

class ClientException implements Exception {
  ClientException(this.message, [this.uri]);

  final String message;
  final Uri? uri;

  @override
  String toString() => 'ClientException: $message, uri=$uri';
}

class RequestAbortedException extends ClientException {
  RequestAbortedException([Uri? uri])
    : super('Request aborted by `abortTrigger`', uri);
}

abstract class BaseRequest {
  BaseRequest(this.method, this.url);

  final String method;
  final Uri url;
  final Map<String, String> headers = {};
  bool followRedirects = true;
}

mixin Abortable on BaseRequest {
  Future<void>? get abortTrigger;
}

class Request extends BaseRequest {
  Request(super.method, super.url);

  Uint8List bodyBytes = Uint8List(0);
}

class AbortableRequest extends Request with Abortable {
  AbortableRequest(super.method, super.url, {this.abortTrigger});

  @override
  final Future<void>? abortTrigger;
}

abstract class BaseResponse {
  BaseResponse(
    this.statusCode, {
    this.request,
    this.headers = const {},
    this.reasonPhrase,
  });

  final int statusCode;
  final BaseRequest? request;
  final Map<String, String> headers;
  final String? reasonPhrase;
}

class Response extends BaseResponse {
  Response.bytes(
    List<int> bodyBytes,
    super.statusCode, {
    super.request,
    super.headers,
    super.reasonPhrase,
  }) : bodyBytes = Uint8List.fromList(bodyBytes);

  final Uint8List bodyBytes;

  String get body => utf8.decode(bodyBytes);

  static Future<Response> fromStream(StreamedResponse response) async =>
      Response.bytes(
        await response.stream.toBytes(),
        response.statusCode,
        request: response.request,
        headers: response.headers,
        reasonPhrase: response.reasonPhrase,
      );
}

class ByteStream extends StreamView<List<int>> {
  ByteStream(super.stream);

  Future<Uint8List> toBytes() async {
    final bytes = BytesBuilder();
    await forEach(bytes.add);
    return bytes.takeBytes();
  }
}

class StreamedResponse extends BaseResponse {
  StreamedResponse(
    Stream<List<int>> stream,
    super.statusCode, {
    super.request,
    super.headers,
    super.reasonPhrase,
  }) : stream = ByteStream(stream);

  final ByteStream stream;
}

abstract interface class Client {
  factory Client() = IOClient;

  Future<StreamedResponse> send(BaseRequest request);
  void close();
}

class IOClient implements Client {
  final _client = HttpClient();

  @override
  Future<StreamedResponse> send(BaseRequest request) async {
    var isAborted = false;
    try {
      final sent = await _client.openUrl(request.method, request.url);
      if (request case Abortable(:final abortTrigger?)) {
        unawaited(
          abortTrigger.whenComplete(() {
            isAborted = true;
            sent.abort(RequestAbortedException(request.url));
          }),
        );
      }
      sent.followRedirects = request.followRedirects;
      request.headers.forEach(sent.headers.set);
      if (request is Request) {
        sent.contentLength = request.bodyBytes.length;
        sent.add(request.bodyBytes);
      }
      final response = await sent.close();
      final headers = <String, String>{};
      response.headers.forEach((name, values) {
        headers[name] = values.join(',');
      });
      return StreamedResponse(
        response,
        response.statusCode,
        request: request,
        headers: headers,
        reasonPhrase: response.reasonPhrase,
      );
    } on IOException catch (error) {
      if (isAborted) throw RequestAbortedException(request.url);
      throw ClientException('$error', request.url);
    }
  }

  @override
  void close() => _client.close(force: true);
}
