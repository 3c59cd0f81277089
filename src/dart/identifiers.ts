import { DART_BUILT_IN, DART_RESERVED, WINDOWS_DEVICE, words } from '../util/reserved-words.ts';
import { upperFirst, withoutMarks } from '../util/text.ts';

/**
 * Makes a name for a variable, field or function: `createdAt` for `created_at`,
 * `field` for a text without a letter of the English alphabet.
 *
 * @param taken names to avoid, by adding a number
 */
export function lowerCamel(text: string, taken: ReadonlySet<string> = new Set()): string {
  const [first = '', ...rest] = wordsOf(text);
  const name = first.toLowerCase() + rest.map(capital).join('');
  return unique(isKeyword(name) || MEMBERS.has(name) ? `${name}Value` : name, taken);
}

/** Makes a name for a class: `OrderItem` for `order-item`. See {@link lowerCamel}. */
export function upperCamel(text: string, taken: ReadonlySet<string> = new Set()): string {
  const name = wordsOf(text).map(capital).join('');
  return unique(CORE_TYPES.has(name) ? `${name}Value` : name, taken);
}

/** Makes a name for a file or an import prefix: `order_item` for `OrderItem`. */
export function snakeCase(text: string): string {
  const name = wordsOf(text)
    .map((word) => word.toLowerCase())
    .join('_');
  return isKeyword(name) || WINDOWS_DEVICE.test(name) ? `${name}_value` : name;
}

/** Writes any text as a Dart string literal. */
export function dartString(text: string): string {
  const escaped = text
    .replace(/[\\'$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    // Escapes invisible characters, and lone surrogates, which no file can hold.
    .replace(/[\p{C}\p{Z}]/gu, (character) =>
      character === ' ' ? character : `\\u{${character.codePointAt(0)?.toString(16)}}`,
    );
  return `'${escaped}'`;
}

/** Writes JSON as the raw Dart string of a constant: on one line if it fits there. */
export function rawString(json: string, name: string): string {
  const quote = ["'", '"'].find((one) => !json.includes(one));
  const length = `const ${name} = r'${json}';`.length;
  if (!json.includes('\n') && length <= 80 && quote) return `r${quote}${json}${quote}`;
  // No three apostrophes may follow each other in it.
  const text = json.includes("'''") ? json.replaceAll("'", '\\u0027') : json;
  return `r'''\n${text}\n'''`;
}

/** Limits the characters of a name: longer ones are unreadable and fit on no line. */
const MAX_LENGTH = 60;

/** Splits a text into at least one word, the first of which starts with a letter. */
export function wordsOf(text: string): string[] {
  const plain = withoutMarks(text)
    .replace(/[ßæœøłđı]/gi, (letter) => LETTERS[letter.toLowerCase()] as string)
    .slice(0, MAX_LENGTH);
  const words = plain.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? [];
  return /^[A-Za-z]/.test(words[0] ?? '') ? words : ['field', ...words];
}

/** Spells out letters that are not a letter with an accent. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

const capital = (word: string): string => upperFirst(word.toLowerCase());

/** Remembers the number to try next for a name: taken names are only ever added. */
const nextNumbers = new WeakMap<ReadonlySet<string>, Map<string, number>>();

/**
 * Returns the name, with the first free number, from 2, if it is taken.
 *
 * @param taken the same set each time, to which the caller adds the result
 */
export function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const numbers = nextNumbers.get(taken) ?? new Map<string, number>();
  nextNumbers.set(taken, numbers);
  let number = numbers.get(name) ?? 2;
  while (taken.has(`${name}${number}`)) number++;
  numbers.set(name, number);
  return `${name}${number}`;
}

const isKeyword = (name: string): boolean => DART_RESERVED.has(name) || DART_BUILT_IN.has(name);

/** Lists names that a field would hide from its class: inherited members, types, helpers. */
const MEMBERS = words(`
  hashCode runtimeType toString noSuchMethod toJson fromJson copyWith
  bool double int num
  asBool asDate asDateTime asDecimal asDouble asInt asList asMap asMapOf asNum asObject asOneOf
  asString asTextOf asValue
`);

/**
 * Lists types of dart:core (https://api.dart.dev/dart-core/) and lib/runtime/, which a class of that
 * name would hide.
 */
const CORE_TYPES = words(`
  BigInt Comparable DateTime Deprecated Duration Enum Error Exception Expando Finalizer
  FormatException Function Future Invocation Iterable Iterator List Map MapEntry Match Never Null
  Object Pattern Pragma Record RegExp RegExpMatch RuneIterator Runes Set Sink StackTrace Stopwatch
  Stream String StringBuffer StringSink Symbol Type TypeError Uri WeakReference
  JsonDates JsonFields JsonModel Optional OptionalOr
`);

/** Lists types of lib/runtime/, which handlers import beside the models. */
export const RUNTIME_TYPES = words(`
  AwsApiGatewayEvent AwsApiGatewayEventHeaders AwsApiGatewayEventRequestContext
  AwsApiGatewayResponse BadRequest CallerClaims Context ErrorHandler Handler HttpHandler HttpProblem
  JsonDates JsonFields JsonModel ListParameters Middleware Optional OptionalOr Parameters
  ResponseHeaders Runtime
`);

/** Lists types of lib/runtime/events/, which handlers of events import beside the models. */
export const EVENT_TYPES = words(`
  AwsAlbEvent AwsAlbResponse AwsAppSyncEvent AwsAppSyncIdentity AwsAppSyncInfo
  AwsAuthorizerResponse AwsCloudWatchLogEvent AwsCloudWatchLogsEvent AwsCognitoChallenge
  AwsCognitoChallengeSession AwsCognitoCreateAuthChallengeEvent
  AwsCognitoCreateAuthChallengeResponse AwsCognitoCustomEmailSenderEvent
  AwsCognitoCustomMessageEvent AwsCognitoCustomMessageResponse AwsCognitoCustomSmsSenderEvent
  AwsCognitoDefineAuthChallengeEvent AwsCognitoDefineAuthChallengeResponse
  AwsCognitoEncryptedCode AwsCognitoEvent AwsCognitoGroups AwsCognitoPostAuthenticationEvent
  AwsCognitoPostConfirmationEvent AwsCognitoPreAuthenticationEvent AwsCognitoPreSignUpEvent
  AwsCognitoPreSignUpResponse AwsCognitoPreTokenGenerationEvent
  AwsCognitoPreTokenGenerationResponse AwsCognitoTokenChanges AwsCognitoUserMigrationEvent
  AwsCognitoUserMigrationResponse AwsCognitoVerifyAuthChallengeResponseEvent AwsDynamoDbEvent
  AwsDynamoDbEventName AwsDynamoDbRecord AwsEventBridgeEvent AwsFirehoseEvent
  AwsFirehoseKinesisMetadata AwsFirehoseRecord AwsFirehoseResponse AwsFirehoseResult
  AwsHttpAuthorizerEvent AwsIotEvent AwsKinesisEvent AwsKinesisRecord AwsMethodArn
  AwsRequestAuthorizerEvent AwsS3Bucket AwsS3Event AwsS3EventName AwsS3EventRecord AwsS3Object
  AwsSesAction AwsSesCommonHeaders AwsSesEvent AwsSesHeader AwsSesMail AwsSesReceipt
  AwsSesRecord AwsSesResponse AwsSesVerdict AwsSnsEvent AwsSnsMessage AwsSnsMessageAttribute
  AwsSnsRecord AwsSqsAttributes AwsSqsEvent AwsSqsMessageAttribute AwsSqsRecord AwsTimeWindow
  AwsTokenAuthorizerEvent AwsWebSocketEvent AwsWebSocketEventType AwsWebSocketRequestContext
  AwsWebSocketResponse AwsWindowedEvent BatchFailure BatchRecord BatchResponse DynamoDbNumber
`);

/** Lists types of package:test, which the tests of handlers import beside the models. */
const TEST_TYPES = words(`
  AsyncMatcher Description Matcher OnPlatform Retry Skip StreamMatcher StringDescription Tags
  TestFailure TestOn Timeout TypeMatcher
`);

/** Returns whether a class of that name would hide, or be hidden by, a type that models meet. */
export const isTypeName = (name: string): boolean =>
  [CORE_TYPES, RUNTIME_TYPES, EVENT_TYPES, TEST_TYPES].some((types) => types.has(name));
