import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Service, ServiceFunction } from '../service/service.ts';
import { readBody } from './body.ts';
import { invocationIds, requestIds } from './ids.ts';
import { type Invocation, type InvocationResult, MAX_PAYLOAD_BYTES } from './invocation.ts';
import { ACCOUNT_ID } from './lambda-env.ts';
import type { Reporter } from './report.ts';

/** Lambda's limit of the event of an asynchronous invocation, in bytes (AWS: "Lambda quotas"). */
const MAX_ASYNC_BYTES = 1024 * 1024;

/** How much of a log `X-Amz-Log-Type: Tail` shows, in bytes. */
const LOG_TAIL_BYTES = 4096;

const PREFIX = /^\/20\d\d-\d\d-\d\d\/functions\//;

export interface InvokeApiOptions {
  readonly service: Service;
  readonly invoke: (
    functionKey: string,
    invocation: Invocation,
  ) => Promise<InvocationResult | 'throttled'>;
  readonly report: Reporter;
}

/** An error of the API: status, type and message. */
type ApiError = readonly [status: number, type: string, message: string];

/**
 * The part of Lambda's API that invokes functions (AWS Lambda API reference:
 * Invoke), so that the AWS CLI and the SDKs can call what is served here.
 */
export class InvokeApi {
  readonly #options: InvokeApiOptions;

  constructor(options: InvokeApiOptions) {
    this.#options = options;
  }

  /** Whether a request is for this API, and not for the service's own routes. */
  handles({ url = '' }: IncomingMessage): boolean {
    return PREFIX.test(url);
  }

  /** Handles one request. Rejects only for a defect of this program. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = ''] = (request.url ?? '').split('?');
    const [, name, action] = /^([^/]+)\/([\w-]+)$/.exec(path.replace(PREFIX, '')) ?? [];
    const body = await readBody(request, MAX_PAYLOAD_BYTES);
    if (body === 'aborted') return;
    const fail = (error: ApiError) => sendError(response, error);
    if (name === undefined || action !== 'invocations') {
      return fail([404, 'UnknownOperationException', 'No such operation is served here.']);
    }
    if (request.method !== 'POST') return fail([405, 'MethodNotAllowedException', 'Use POST.']);
    const fn = this.#find(decodeURIComponent(name));
    if (fn === undefined) return fail(this.#notFound(decodeURIComponent(name)));
    const type = header(request, 'x-amz-invocation-type') ?? 'RequestResponse';
    if (type === 'DryRun') return send(response, 204, {}, Buffer.alloc(0));
    if (type !== 'Event' && type !== 'RequestResponse') {
      return fail([400, 'InvalidParameterValueException', `Unknown invocation type ${type}.`]);
    }
    const limit = type === 'Event' ? MAX_ASYNC_BYTES : MAX_PAYLOAD_BYTES;
    if (body === 'too-large' || body.length > limit) {
      const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
      return fail([413, 'RequestTooLargeException', message]);
    }
    const payload = body.length === 0 ? Buffer.from('{}') : body;
    const problem = jsonProblem(payload.toString());
    if (problem !== undefined) {
      const message = `Could not parse request body into json: ${problem}`;
      return fail([400, 'InvalidRequestContentException', message]);
    }
    const clientContext = readClientContext(header(request, 'x-amz-client-context'));
    if (clientContext === 'invalid') {
      const message = 'Client context must be a valid Base64-encoded JSON object.';
      return fail([400, 'InvalidRequestContentException', message]);
    }
    const wantsLogs = header(request, 'x-amz-log-type') === 'Tail' && type !== 'Event';
    const invocation: Invocation = {
      ...invocationIds(requestIds(Date.now()).traceRoot),
      payload,
      ...(clientContext === undefined ? {} : { clientContext }),
      ...(wantsLogs ? { wantsLogs } : {}),
    };
    const invoked = this.#options.invoke(fn.key, invocation);
    if (type === 'Event') {
      // Nobody waits for it; what goes wrong in the function is reported by whoever runs it.
      invoked.catch((error: unknown) => this.#options.report({ type: 'defect', error }));
      return send(response, 202, { 'x-amzn-RequestId': invocation.requestId }, Buffer.alloc(0));
    }
    sendResult(response, invocation, await invoked);
  }

  /** By its key, its name on AWS, with `$LATEST` as qualifier, or an ARN. */
  #find(given: string): ServiceFunction | undefined {
    const name = given.replace(/^(arn:[\w-]+:lambda:[\w-]+:)?(\d{12}:)?function:/, '');
    const [bare, qualifier = '$LATEST'] = name.split(':');
    if (qualifier !== '$LATEST') return undefined;
    return this.#options.service.functions.find((fn) => fn.name === bare || fn.key === bare);
  }

  #notFound(name: string): ApiError {
    const arn = name.startsWith('arn:')
      ? name
      : `arn:aws:lambda:${this.#options.service.region}:${ACCOUNT_ID}:function:${name}`;
    return [404, 'ResourceNotFoundException', `Function not found: ${arn}`];
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function readClientContext(base64: string | undefined): string | undefined | 'invalid' {
  if (base64 === undefined) return undefined;
  const text = Buffer.from(base64, 'base64').toString();
  return jsonProblem(text) === undefined ? text : 'invalid';
}

function sendResult(
  response: ServerResponse,
  { requestId, traceId }: Invocation,
  result: InvocationResult | 'throttled',
): void {
  if (result === 'throttled') {
    sendError(response, [429, 'TooManyRequestsException', 'Rate Exceeded.']);
    return;
  }
  const tail = result.logs && Buffer.from(result.logs).subarray(-LOG_TAIL_BYTES).toString('base64');
  const headers = {
    'Content-Type': 'application/json',
    'x-amzn-RequestId': requestId,
    'X-Amzn-Trace-Id': traceId.split(';', 1)[0] ?? '',
    'X-Amz-Executed-Version': '$LATEST',
    ...(result.ok ? {} : { 'X-Amz-Function-Error': 'Unhandled' }),
    ...(tail === undefined ? {} : { 'X-Amz-Log-Result': tail }),
  };
  send(response, 200, headers, result.payload);
}

function sendError(response: ServerResponse, [status, type, message]: ApiError): void {
  const body = {
    Type: status >= 500 ? 'Service' : 'User',
    ...(type === 'TooManyRequestsException' ? { Reason: 'ConcurrentInvocationLimitExceeded' } : {}),
    Message: message,
  };
  const headers = { 'Content-Type': 'application/json', 'x-amzn-ErrorType': type };
  send(response, status, headers, Buffer.from(JSON.stringify(body)));
}

function send(
  response: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: Buffer,
): void {
  const length = status === 204 ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}
