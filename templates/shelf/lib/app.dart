import 'dart:convert';
import 'dart:io';

import 'package:shelf/shelf.dart';
import 'package:shelf_router/shelf_router.dart';

/// The app: every request to the API comes here.
final Handler app = const Pipeline()
    .addMiddleware(logRequests())
    .addHandler(_router.call);

final _router = Router()
  ..get('/', _hello)
  ..post('/greetings', _greet);

/// `GET /?name=Ada`: greets the caller.
Response _hello(Request request) {
  final name = request.url.queryParameters['name'] ?? 'AWS Lambda';
  return _json({'message': 'Hello $name!'});
}

/// `POST /greetings`: greets the person named in the body.
Future<Response> _greet(Request request) async {
  final body = await request.readAsString();
  return switch (_tryDecode(body)) {
    {'name': final String name} => _json({'message': 'Hello $name!'}),
    _ => _json({
      'message': 'The body must be JSON with a "name".',
    }, statusCode: HttpStatus.badRequest),
  };
}

Object? _tryDecode(String text) {
  try {
    return json.decode(text);
  } on FormatException {
    return null;
  }
}

Response _json(Object? value, {int statusCode = HttpStatus.ok}) => Response(
  statusCode,
  body: json.encode(value),
  headers: {'content-type': 'application/json'},
);
