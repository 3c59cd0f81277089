import { recordOf } from '../../util/json.ts';
import { arrow, call, print } from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';

/**
 * Returns the variables of templates/function/authorizer/test.dart.
 *
 * @param args what the handler is called with besides the secret
 * @param event has a bearer token, which the handler takes
 */
export function authorizerVariables(
  kind: string | undefined,
  handler: string,
  args: readonly string[],
  event: unknown,
) {
  const asked = call(handler, [...args, 'secret: secret']);
  const policy = (effect: string, principal: string) =>
    `AwsAuthorizerResponse.${effect}('${principal}', [event.stageArn])`;
  const simple = (isAuthorized: boolean) =>
    `AwsAuthorizerResponse.simple(isAuthorized: ${isAuthorized})`;
  const isSimple = kind === 'http';
  return {
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
