{{#if inputs}}
import 'dart:io';

{{/if}}
{{#each models}}
import '../models/{{this}}';
{{/each}}
import '../runtime/runtime.dart';

/// `{{method}} {{path}}`
Future<AwsApiGatewayResponse> {{handler}}(
  Context context,
  AwsApiGatewayEvent event,
) async {
{{#if inputs}}
{{#each inputs}}
  final {{type}} {{name}};
{{/each}}
  try {
{{#each inputs}}
{{read}}
{{/each}}
  } on FormatException catch (error) {
    return AwsApiGatewayResponse.json({
      'message': error.message,
    }, statusCode: HttpStatus.badRequest);
  }

{{/if}}
{{answer}}
}
{{#if response}}

/// What the endpoint answers: the sample, until you put the real thing here.
{{response.signature}}
{{response.result}}
}

const _sample = r'''
{{response.sample}}
''';
{{/if}}
