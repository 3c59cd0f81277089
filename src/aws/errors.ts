/* Turns errors of AWS, its SDK and the network into one sentence and a next step. */

import { UserError } from '../errors.ts';
import { asText, isRecord } from '../util/json.ts';
import { quoteWord } from '../util/shell-words.ts';
import { withFullStop } from '../util/text.ts';
import { type CredentialSource, describeSource } from './credentials.ts';

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

/** Translates an error of an AWS call into one for the user. */
export function awsError(error: unknown, call: AwsCall): UserError {
  const name = text(error, 'name');
  const code = text(error, 'code');
  const message = text(error, 'message').trim() || name;
  const { source, region, endpoint } = call;
  const where = endpoint ?? `AWS in ${region}`;

  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    return credentialsError(message, source);
  }
  if (EXPIRED.test(name)) {
    return new UserError(
      `the AWS credentials have expired. They are from ${describeSource(source)}.`,
      renew(source),
    );
  }
  if (INVALID.test(name)) {
    return new UserError(
      `AWS does not know the credentials from ${describeSource(source)}: ${sentence(message)}`,
      CONFIGURE,
    );
  }
  if (SIGNATURE.test(name)) {
    return new UserError(
      `AWS refuses the signature made with the credentials from ${describeSource(source)}: ${sentence(message)}`,
      'look at the secret key, and at the clock of this machine',
    );
  }
  if (DENIED.test(name)) {
    return new UserError(
      `the credentials from ${describeSource(source)} may not do this: ${sentence(message)}`,
      'allow the action that it names in IAM, or use another profile with --aws-profile',
    );
  }
  if (CERTIFICATE.test(code)) {
    return new UserError(
      `the certificate of ${where} is not trusted (${code}).`,
      'set NODE_EXTRA_CA_CERTS to the file with the certificate of your proxy',
    );
  }
  if (UNREACHABLE.test(code) || UNREACHABLE.test(name)) {
    return new UserError(
      `${where} cannot be reached (${UNREACHABLE.test(code) ? code : name}).`,
      endpoint === undefined
        ? 'look at the network, at HTTPS_PROXY, and at the spelling of the region'
        : 'start what should listen there, or unset AWS_ENDPOINT_URL to use AWS itself',
    );
  }
  return new UserError(`${where} answered ${name}: ${sentence(message)}`, 'see what it says above');
}

function credentialsError(message: string, source: CredentialSource): UserError {
  if (/\bSSO\b.*\b(expired|invalid|login)\b|sso login/is.test(message)) {
    return new SignInError(
      `the AWS sign-in (SSO) of ${describeSource(source)} has expired.`,
      renew(source),
    );
  }
  if (/multi-factor|\bMFA\b/i.test(message)) {
    return new SignInError(
      `${describeSource(source)} asks for the code of an MFA device.`,
      'run the command in a terminal, or use temporary keys from  aws sts get-session-token',
    );
  }
  if (source.kind === 'profile') {
    return new UserError(
      `no AWS credentials: ${describeSource(source)} gives none. ${sentence(message)}`,
      `aws configure --profile ${quoteWord(source.profile)}, or name another one with --aws-profile`,
    );
  }
  return new UserError(
    'no AWS credentials were found. Looked at --aws-profile, AWS_PROFILE, AWS_ACCESS_KEY_ID with ' +
      'AWS_SECRET_ACCESS_KEY, the profile default of ~/.aws/credentials and ~/.aws/config, and ' +
      'the surroundings (container, EC2 instance).',
    CONFIGURE,
  );
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
  return (isRecord(record) ? asText(record[key]) : undefined) ?? '';
}

/** Recognizes the error of CloudFormation for a stack that does not exist. */
export function isNoSuchStack(error: unknown): boolean {
  return text(error, 'name') === 'ValidationError' && /does not exist/.test(text(error, 'message'));
}
