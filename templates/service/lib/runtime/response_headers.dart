import 'api_gateway_response.dart';
import 'headers.dart';

/// Changes the headers of a response, for a middleware. Each method returns a
/// copy.
extension ResponseHeaders on AwsApiGatewayResponse {
  /// The response with the headers of [added], in place of those of the same
  /// names.
  AwsApiGatewayResponse withHeaders(Map<String, String> added) {
    final repeated = caseInsensitive(multiValueHeaders);
    added.keys.forEach(repeated.remove);
    return copyWith(
      headers: caseInsensitive(headers)..addAll(added),
      multiValueHeaders: repeated,
    );
  }

  /// The response with [header] in its `Vary`: with another value of it in the
  /// request, it would be another response, as caches have to know.
  AwsApiGatewayResponse varyingBy(String header) {
    final values = [
      if (caseInsensitive(headers)['Vary'] case final value?) value,
      ...?caseInsensitive(multiValueHeaders)['Vary'],
    ];
    return withHeaders({
      'Vary': [...values, header].join(', '),
    });
  }
}
