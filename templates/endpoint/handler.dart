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
{{this}}
{{/each}}

{{/if}}
{{answer}}
}
{{#if response}}

/// Answers the sample, until you put the real thing here.
{{response.work}}

const _sample = {{response.sample}};
{{/if}}
