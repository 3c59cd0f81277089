import { recordOf } from '../../util/json.ts';
import { arrow, call, entry, print } from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';

/**
 * Returns the variables of templates/function/authorizer/test.dart.
 *
 * @param context the expression for the context of an invocation
 * @param event has a bearer token, which the handler takes
 */
export function authorizerVariables(
  kind: string | undefined,
  handler: string,
  context: string,
  event: unknown,
) {
  const asked = call(handler, [context, 'event', 'secret: secret']);
  const policy = (effect: string, principal: string) =>
    `AwsAuthorizerResponse.${effect}('${principal}', [event.stageArn])`;
  const simple = (isAuthorized: boolean) =>
    `AwsAuthorizerResponse.simple(isAuthorized: ${isAuthorized})`;
  const isSimple = kind === 'http';
  const emptyCall = call(handler, [context, 'empty', "secret: ''"]);
  return {
    emptyToken:
      kind === 'token'
        ? "'authorizationToken': 'Bearer '"
        : "'headers': {'authorization': 'Bearer '}",
    callEmpty: print([entry('final response =', ['await ', emptyCall]), ';'], 4),
    ask: print(['Future<AwsAuthorizerResponse> ask(String? secret)', arrow(asked), ';'], 2),
    secret: dartString(secretIn(event)),
    allowed: isSimple ? simple(true) : policy('allow', 'caller'),
    denied: isSimple ? simple(false) : policy('deny', 'nobody'),
  };
}

function secretIn(event: unknown): string {
  const { authorizationToken, headers } = recordOf(event);
  const [, header] =
    Object.entries(recordOf(headers)).find(([name]) => /^authorization$/i.test(name)) ?? [];
  const [, secret] = /^Bearer (.+)$/.exec(String(authorizationToken ?? header)) ?? [];
  if (secret === undefined) throw new Error('the event of the authorizer has no bearer token');
  return secret;
}
