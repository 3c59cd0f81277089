/* Turns errors of AWS, its SDK and the network into one sentence and a next step. */

import { UserError } from '../errors.ts';
import { asText, recordOf } from '../util/json.ts';
import { quoteWord } from '../util/shell-words.ts';
import { withFullStop } from '../util/text.ts';
import { type CredentialSource, describeSource } from './credentials.ts';
import * as messages from './messages.ts';

/** The circumstances of a call, for messages. */
export interface AwsCall {
  readonly region: string;
  readonly source: CredentialSource;
  /** AWS_ENDPOINT_URL. */
  readonly endpoint: string | undefined;
}

/** Credentials that need a sign-in in the browser or the code of a device. osls asks for them. */
export class SignInError extends UserError {}

const CONFIGURE =
  'aws configure, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --aws-profile';

/** The error codes of AWS by their meaning. */
const EXPIRED = /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/;
const INVALID =
  /^(InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|AuthFailure|InvalidToken)$/;
const SIGNATURE = /^(SignatureDoesNotMatch|InvalidSignatureException|RequestTimeTooSkewed)$/;
const DENIED = /^(AccessDenied(Exception)?|UnauthorizedOperation|Forbidden)$/;
const UNREACHABLE =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|TimeoutError)$/;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/** The names of errors that are of JavaScript, not of AWS. */
const NAMELESS = /^((Type|Range|Reference|Syntax)?Error)?$/;

/** Translates an error of an AWS call into one for the user. */
export function awsError(error: unknown, call: AwsCall): UserError {
  if (error instanceof UserError) return error;
  const name = text(error, 'name');
  const code = text(error, 'code');
  const message = text(error, 'message').trim() || code || name || 'no reason is given';
  const { region, endpoint } = call;
  const address = endpoint ?? `AWS in ${region}`;
  const source = describeSource(call.source);
  const reason = sentence(message);

  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return credentialsError(message, call.source);
  }
  if (EXPIRED.test(name)) {
    return new UserError(messages.credentialsExpired({ source }), renew(call.source));
  }
  if (INVALID.test(name)) {
    return new UserError(messages.credentialsUnknown({ source, reason }), CONFIGURE);
  }
  if (SIGNATURE.test(name)) {
    return new UserError(
      messages.signatureRefused({ source, reason }),
      'look at the secret key, and at the clock of this machine',
    );
  }
  if (DENIED.test(name)) {
    return new UserError(
      messages.denied({ source, reason }),
      'allow the action that it names in IAM, or use another profile with --aws-profile',
    );
  }
  if (CERTIFICATE.test(code)) {
    return new UserError(
      messages.certificateNotTrusted({ address, code }),
      'set NODE_EXTRA_CA_CERTS to the file with the certificate of your proxy',
    );
  }
  if (UNREACHABLE.test(code) || UNREACHABLE.test(name)) {
    return new UserError(
      messages.unreachable({ address, code: UNREACHABLE.test(code) ? code : name }),
      endpoint === undefined
        ? 'look at the network, at HTTPS_PROXY, and at the spelling of the region'
        : 'start what should listen there, or unset AWS_ENDPOINT_URL to use AWS itself',
    );
  }
  if (NAMELESS.test(name)) {
    return new UserError(
      messages.callFailed({ address, reason }),
      endpoint === undefined
        ? 'look at the network and at HTTPS_PROXY, then run the same command again'
        : 'look at AWS_ENDPOINT_URL, and at what listens there',
    );
  }
  return new UserError(
    messages.otherError({ address, error: name, reason }),
    'see what it says above',
  );
}

function credentialsError(message: string, from: CredentialSource): UserError {
  const source = describeSource(from);
  if (/\bSSO\b.*\b(expired|invalid|login)\b|sso login/is.test(message)) {
    return new SignInError(messages.signInExpired({ source }), renew(from));
  }
  if (/multi-factor|\bMFA\b/i.test(message)) {
    return new SignInError(
      messages.codeNeeded({ source }),
      'run the command in a terminal, or use temporary keys from  aws sts get-session-token',
    );
  }
  if (from.kind === 'profile') {
    return new UserError(
      messages.profileWithoutCredentials({ source, reason: sentence(message) }),
      `aws configure --profile ${quoteWord(from.profile)}, or name another one with --aws-profile`,
    );
  }
  return new UserError(messages.noCredentials(), CONFIGURE);
}

/** Returns how to renew the credentials of a source. */
function renew(source: CredentialSource): string {
  return source.kind === 'profile'
    ? `aws sso login --profile ${quoteWord(source.profile)}, or put new keys into the profile`
    : 'get new keys and set them where the old ones are, AWS_SESSION_TOKEN among them';
}

/** Joins a message of AWS into one line that ends with a full stop. */
const sentence = (message: string): string => withFullStop(message.replace(/\s+/g, ' '));

function text(error: unknown, key: string): string {
  const record: unknown = error instanceof Error ? { ...error, name: error.name } : error;
  if (key === 'message' && error instanceof Error) return error.message;
  return asText(recordOf(record)[key]) ?? '';
}

/** Recognizes the error of CloudFormation for a stack that does not exist. */
export function isNoSuchStack(error: unknown): boolean {
  return text(error, 'name') === 'ValidationError' && /does not exist/.test(text(error, 'message'));
}
