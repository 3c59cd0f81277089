import 'dart:io';

import '../runtime/events/authorizer.dart';
import '../runtime/runtime.dart';

/// {{about}}: it allows callers that have the token in the
/// environment variable API_TOKEN, and nobody as long as that is not set.
{{signature}}
  Context context,
  AwsHttpAuthorizerEvent event, {
  String? secret,
}) async {
  // Every caller has the same secret: better verify a signed token here.
  final token = secret ?? Platform.environment['API_TOKEN'] ?? '';
  final given = event.headers.authorization ?? '';
  final isCaller = token.isNotEmpty && _isSame(given, 'Bearer $token');
  return AwsAuthorizerResponse.simple(isAuthorized: isCaller);
}

/// Compares texts in a time that does not tell where they differ.
bool _isSame(String a, String b) {
  if (a.length != b.length) return false;
  var difference = 0;
  for (var i = 0; i < a.length; i++) {
    difference |= a.codeUnitAt(i) ^ b.codeUnitAt(i);
  }
  return difference == 0;
}
