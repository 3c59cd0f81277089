import 'dart:convert';

import 'package:{{dartPackage}}/app.dart';
import 'package:shelf/shelf.dart';
import 'package:test/test.dart';

void main() {
  Future<Response> send(String method, String path, [String? body]) async =>
      app(Request(method, Uri.parse('http://localhost$path'), body: body));

  Future<Object?> jsonOf(Response response) async =>
      json.decode(await response.readAsString());

  test('greets the caller', () async {
    final response = await send('GET', '/?name=Zo%C3%AB');

    expect(response.statusCode, 200);
    expect(response.mimeType, 'application/json');
    expect(await jsonOf(response), {'message': 'Hello Zoë!'});
  });

  test('greets the person in the body', () async {
    final response = await send('POST', '/greetings', '{"name": "Ada"}');

    expect(response.statusCode, 200);
    expect(await jsonOf(response), {'message': 'Hello Ada!'});
  });

  for (final body in ['', 'name=Ada', '["Ada"]', '{}', '{"name": 42}']) {
    test('answers 400 to "$body"', () async {
      final response = await send('POST', '/greetings', body);

      expect(response.statusCode, 400);
    });
  }

  test('answers 404 elsewhere', () async {
    expect((await send('GET', '/nowhere')).statusCode, 404);
  });
}
