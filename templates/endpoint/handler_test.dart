import 'dart:convert';

import 'package:{{package}}/handlers/{{file}}';
{{#if requestModel}}
import 'package:{{package}}/models/{{requestFile}}';
{{/if}}
import 'package:{{package}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
{{#if inputs}}
{{request}}

{{#if refusals}}
  Future<AwsApiGatewayResponse> call([Map<String, dynamic> change = const {}]) {
    final event = AwsApiGatewayEvent.fromJson({...request, ...change});
{{else}}
  Future<AwsApiGatewayResponse> call() {
    final event = AwsApiGatewayEvent.fromJson(request);
{{/if}}
{{call}}
  }
{{else}}
  Future<AwsApiGatewayResponse> call() {
    final event = AwsApiGatewayEvent.fromJson({});
{{call}}
  }
{{/if}}

  test('answers with {{#if responseSample}}the sample{{else}}what it is given{{/if}}', () async {
    final response = await call();

    expect(response.statusCode, 200);
{{expected}}
  });
{{#if refusals}}

{{refusals}}
  for (final MapEntry(key: message, value: change) in refusals.entries) {
    test('answers 400: $message', () async {
      final response = await call(change);

      expect(response.statusCode, 400);
      expect(json.decode(response.body), {'message': message});
    });
  }
{{/if}}
{{#if requestModel}}

  test('encodes the body as it was', () {
{{requestModel}}
  });
{{/if}}
}
{{#if requestSample}}

const _request = r'''
{{requestSample}}
''';
{{/if}}
{{#if responseSample}}

const _response = r'''
{{responseSample}}
''';
{{/if}}
