import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Message, quoted } from '../../message.ts';
import { ACCOUNT_ID } from '../../service/defaults.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import { readBody } from '../body.ts';
import { invocationIds } from '../gateway/ids.ts';
import {
  type Invocation,
  type Invoke,
  MAX_PAYLOAD_BYTES,
  type Throttled,
} from '../lambda/invocation.ts';
import type { Reporter } from '../report.ts';
import * as messages from './messages.ts';
import {
  InvokeError,
  type InvokeIds,
  logTail,
  openStream,
  sendAccepted,
  sendDryRun,
  sendError,
  sendResult,
} from './responses.ts';

/** In bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html. */
const MAX_ASYNC_BYTES = 1024 * 1024;

/** In bytes of base64: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. */
const MAX_CLIENT_CONTEXT_BYTES = 3583;

/** The API versions of Invoke and of InvokeWithResponseStream. */
const PREFIX = /^\/(2015-03-31|2021-11-15)\/functions(?=[/?]|$)/;

const OPERATION = /^\/([^/]+)\/(invocations|response-streaming-invocations)$/;

/** A FunctionName of the API: a name, a partial ARN or an ARN, optionally with a qualifier. */
const FUNCTION_NAME =
  /^(?:arn:[\w-]+:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?([\w.-]+)(?::([\w$.-]+))?$/;

const INVOCATION_TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;
const STREAMING_TYPES = ['RequestResponse', 'DryRun'] as const;
const LOG_TYPES = ['None', 'Tail'] as const;

/** The `Reason` that Lambda gives for throttling. */
const THROTTLED: Readonly<Record<Throttled, string>> = {
  throttled: 'ConcurrentInvocationLimitExceeded',
  'reserved-used-up': 'ReservedFunctionConcurrentInvocationLimitExceeded',
};

export interface InvokeApiOptions {
  readonly service: Service;
  readonly invoke: Invoke;
  readonly report: Reporter;
}

/** A request, once it has been validated. */
interface Call {
  readonly fn: ServiceFunction;
  readonly type: (typeof INVOCATION_TYPES)[number];
  readonly streams: boolean;
  readonly invocation: Invocation;
}

/**
 * Serves Lambda's operations Invoke and InvokeWithResponseStream, so that the AWS CLI and the SDKs
 * can invoke local functions. Signatures are not checked.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export class InvokeApi {
  readonly #options: InvokeApiOptions;

  constructor(options: InvokeApiOptions) {
    this.#options = options;
  }

  /** Tells whether a request is for Lambda's API and not for the service's own routes. */
  handles({ url = '' }: IncomingMessage): boolean {
    return PREFIX.test(url);
  }

  /** Responds to a request that is not admitted. */
  refuse(response: ServerResponse, message: Message): void {
    const ids = invocationIds();
    sendError(response, ids, new InvokeError(403, 'AccessDeniedException', message));
  }

  /** Handles one request. Rejects only for a defect of this program. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const ids = invocationIds();
    try {
      const call = await this.#read(request, ids);
      // The client may disconnect while the function runs; node:http then drops what is written.
      if (call !== 'aborted') await this.#run(call, response);
    } catch (error) {
      if (!(error instanceof InvokeError)) throw error;
      sendError(response, ids, error);
    }
  }

  async #run({ fn, type, streams, invocation }: Call, response: ServerResponse): Promise<void> {
    const { invoke, report } = this.#options;
    if (type === 'DryRun') return sendDryRun(response, invocation);
    const stream = streams ? await openStream(response, invocation) : undefined;
    const onStream: Invocation['onStream'] = stream && ((pieces) => stream.take(pieces));
    const invoked = invoke(fn.key, { ...invocation, ...(onStream && { onStream }) });
    if (type === 'Event') {
      // Nobody waits for the result. `invoke` reports an error of the function by itself.
      invoked.catch((error: unknown) => report({ type: 'defect', error }));
      return sendAccepted(response, invocation);
    }
    const result = await invoked;
    if (typeof result === 'string') {
      throw new InvokeError(429, 'TooManyRequestsException', messages.rateExceeded(), {
        Reason: THROTTLED[result],
      });
    }
    if (stream) await stream.end(result, logTail(invocation, result));
    else sendResult(response, invocation, result);
  }

  /** @throws InvokeError when the request is wrong */
  async #read(request: IncomingMessage, ids: InvokeIds): Promise<Call | 'aborted'> {
    const [path = '', query = ''] = (request.url ?? '').split(/\?(.*)/s);
    const [, name, operation] = OPERATION.exec(path.replace(PREFIX, '')) ?? [];
    if (name === undefined) {
      const message = messages.noSuchOperation({ method: request.method ?? '', path });
      throw new InvokeError(404, 'UnknownOperationException', message);
    }
    if (request.method !== 'POST') {
      throw new InvokeError(405, 'MethodNotAllowedException', messages.notPost());
    }
    const fn = this.#find(decode(name), new URLSearchParams(query).get('Qualifier') || undefined);
    const streams = operation === 'response-streaming-invocations';
    const types = streams ? STREAMING_TYPES : INVOCATION_TYPES;
    const type = readEnum(request, 'x-amz-invocation-type', 'invocationType', types);
    const logType = readEnum(request, 'x-amz-log-type', 'logType', LOG_TYPES);
    const clientContext = readClientContext(request.headers['x-amz-client-context']);
    const payload = await readPayload(request, type);
    if (payload === 'aborted') return payload;
    // Only synchronous invocations have a log and a client context.
    const synchronous = type !== 'Event';
    const invocation: Invocation = {
      ...ids,
      payload,
      ...(synchronous && clientContext !== undefined && { clientContext }),
      ...(synchronous && logType === 'Tail' && { wantsLogs: true }),
    };
    return { fn, type, streams, invocation };
  }

  /**
   * Finds a function by its name on AWS or its key in serverless.yml. The region and the account of
   * an ARN are ignored, so that a client configured for AWS works.
   *
   * @throws InvokeError when there is no such function or version
   */
  #find(given: string, asked: string | undefined): ServiceFunction {
    const { functions, region } = this.#options.service;
    const [, name = given, own] = FUNCTION_NAME.exec(given) ?? [];
    if (own !== undefined && asked !== undefined && own !== asked) {
      throw new InvokeError(400, 'InvalidParameterValueException', messages.otherQualifier());
    }
    const qualifier = own ?? asked ?? '$LATEST';
    const fn = functions.find((f) => f.name === name) ?? functions.find((f) => f.key === name);
    if (fn !== undefined && qualifier === '$LATEST') return fn;
    const arn = given.startsWith('arn:')
      ? given
      : `arn:aws:lambda:${region}:${ACCOUNT_ID}:function:${name}${own === undefined ? '' : `:${own}`}`;
    const message = messages.noSuchFunction({
      arn: own === undefined ? `${arn}:${qualifier}` : arn,
    });
    throw new InvokeError(404, 'ResourceNotFoundException', message);
  }
}

function decode(component: string): string {
  try {
    return decodeURIComponent(component);
  } catch {
    return component; // no function has such a name
  }
}

/** A header with one of the given values; the first of them where it is missing. */
function readEnum<T extends string>(
  request: IncomingMessage,
  header: string,
  parameter: string,
  values: readonly [T, ...T[]],
): T {
  const given = request.headers[header];
  if (given === undefined) return values[0];
  const value = values.find((v) => v === given);
  if (value !== undefined) return value;
  const message = messages.notInEnum({
    value: String(given),
    parameter,
    values: values.join(', '),
  });
  throw new InvokeError(400, 'InvalidParameterValueException', message);
}

/** Reads the event. An empty body means `{}`, as on Lambda. */
async function readPayload(
  request: IncomingMessage,
  type: Call['type'],
): Promise<Buffer | 'aborted'> {
  const limit = type === 'Event' ? MAX_ASYNC_BYTES : MAX_PAYLOAD_BYTES;
  const body = await readBody(request, limit);
  if (body === 'aborted') return body;
  if (body === 'too-large') {
    const message =
      type === 'Event'
        ? messages.eventTooLarge({ number: limit })
        : messages.payloadTooLarge({ number: limit });
    throw new InvokeError(413, 'RequestTooLargeException', message);
  }
  if (body.length === 0) return Buffer.from('{}');
  const reason = isUtf8(body) ? jsonProblem(body.toString()) : messages.notUtf8();
  if (reason === undefined) return body;
  throw new InvokeError(400, 'InvalidRequestContentException', messages.notJson({ reason }));
}

/**
 * Reads the client context. The function gets it in a header, so characters that a header cannot
 * hold are escaped, which leaves the JSON equivalent.
 */
function readClientContext(base64: string | string[] | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  const json = Buffer.from(String(base64), 'base64').toString();
  if (base64.length > MAX_CLIENT_CONTEXT_BYTES || !isJsonObject(json)) {
    const message = messages.notAClientContext({ number: MAX_CLIENT_CONTEXT_BYTES });
    throw new InvokeError(400, 'InvalidRequestContentException', message);
  }
  // In JSON, line breaks occur only between tokens and the other characters only in strings.
  return json
    .replace(/[\r\n]/g, ' ')
    .replace(
      /[^\t -~\x80-\xff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}

function isJsonObject(text: string): boolean {
  return jsonProblem(text) === undefined && text.trimStart().startsWith('{');
}

function jsonProblem(text: string): Message | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return quoted((error as SyntaxError).message);
  }
}
