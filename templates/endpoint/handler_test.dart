import 'dart:convert';

import 'package:{{package}}/handlers/{{file}}';
{{#each testedModels}}
import 'package:{{../package}}/models/{{this}}';
{{/each}}
import 'package:{{package}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
{{#if logic}}
  test('does what the endpoint is for', () async {
{{logic}}
  });

{{/if}}
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
      final isRefusal = isA<BadRequest>().having(
        (problem) => problem.message,
        'message',
        message,
      );

      await expectLater(call(change), throwsA(isRefusal));
    });
  }
{{/if}}
{{#if requestModel}}

  test('encodes the body as it was', () {
{{requestModel}}
  });
{{/if}}
{{#if requestPart}}

  test('takes a part of the body, and encodes no more', () {
{{requestPart}}
  });
{{/if}}
}
{{#if requestSample}}

const _request = {{requestSample}};
{{/if}}
{{#if partSample}}

const _part = {{partSample}};
{{/if}}
{{#if responseSample}}

const _response = {{responseSample}};
{{/if}}
