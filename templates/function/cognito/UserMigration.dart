import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: the pool does not have the user,
/// who signs in or forgot the password.
{{signature}}
  final attributes = await _find(event.userName, event.password);
  if (attributes == null) return event.toJson();
  return event.respond(
    AwsCognitoUserMigrationResponse(
      userAttributes: attributes,
      // Of a user whose password was right, as there was one.
      finalUserStatus: event.password == null ? null : 'CONFIRMED',
      messageAction: 'SUPPRESS',
    ),
  );
}

/// Returns the attributes of a user of the old directory; null if there is none
/// of that name, or the [password] is wrong. It knows nobody, until you put the
/// real thing here.
Future<Map<String, String>?> _find(String? name, String? password) async {
  return null;
}
