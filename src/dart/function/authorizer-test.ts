import { recordOf } from '../../util/json.ts';
import { arrow, call, print } from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';

/** The secret of an event that comes with none. */
const SECRET = 'secret';

/** Returns an event with a bearer token, which the handler of an authorizer takes. */
export function withBearer(event: unknown, kind: string | undefined): unknown {
  if (secretIn(event) !== undefined) return event;
  const fields = recordOf(event);
  const authorization = `Bearer ${SECRET}`;
  if (kind === 'token') return { ...fields, authorizationToken: authorization };
  return { ...fields, headers: { ...recordOf(fields.headers), authorization } };
}

/**
 * Returns the variables of templates/function/authorizer/test.dart.
 *
 * @param args what the handler is called with besides the secret
 * @param event one of {@link withBearer}
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
    secret: dartString(secretIn(event) ?? SECRET),
    allowed: isSimple ? simple(true) : policy('allow', 'caller'),
    denied: isSimple ? simple(false) : policy('deny', 'nobody'),
  };
}

function secretIn(event: unknown): string | undefined {
  const { authorizationToken, headers } = recordOf(event);
  const [, header] =
    Object.entries(recordOf(headers)).find(([name]) => /^authorization$/i.test(name)) ?? [];
  return /^Bearer (.+)$/.exec(String(authorizationToken ?? header))?.[1];
}
