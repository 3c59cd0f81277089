import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Message } from '../message.ts';
import { headersInDart } from '../serverless-yml/cors.ts';
import type { RestCors } from '../service/service.ts';
import { type Body, readBody, SMALL_BODY_BYTES } from './body.ts';
import { missingCors } from './gateway/cors.ts';
import { invocationIds, requestIds } from './gateway/ids.ts';
import type {
  GatewayError,
  GatewayRequest,
  GatewayResponse,
  Target,
} from './gateway/integration.ts';
import { streamedResponse } from './gateway/stream.ts';
import {
  type Invocation,
  type InvocationResult,
  type Invoke,
  MAX_PAYLOAD_BYTES,
  type Throttled,
} from './lambda/invocation.ts';
import * as messages from './messages.ts';
import type { Reporter } from './report.ts';
import { StreamWriter } from './stream-writer.ts';
import type { Traffic } from './traffic.ts';

/**
 * API Gateway's limit of a request's body, in bytes
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html).
 */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface GatewayOptions {
  /** Finds where a request leads in the current version of the service. */
  readonly target: (request: GatewayRequest) => Target;
  readonly invoke: Invoke;
  readonly report: Reporter;
  /** The port that the gateway listens on. */
  readonly port: () => number;
  /** Keeps the requests and responses. */
  readonly traffic?: Traffic | undefined;
}

/** The response to a request, and the invocation behind it, if there was one. */
interface Outcome {
  readonly response: GatewayResponse;
  readonly result?: InvocationResult;
  readonly requestId?: string;
}

/** Serves HTTP requests as API Gateway does: finds the route, invokes its function, responds. */
export class Gateway {
  readonly #options: GatewayOptions;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  /** Handles one request of node:http. Rejects only for a defect of this program. */
  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const started = performance.now();
    const body = await readBody(incoming, MAX_BODY_BYTES);
    if (body === 'aborted') return; // the client disconnected before the request was complete
    const request = this.#request(incoming, body);
    const target = this.#options.target(request);
    const { api, preflight } = target;
    const fn = target.integration?.fn;
    const writer = target.streams ? new StreamWriter(response, api, request) : undefined;
    const outcome = preflight
      ? { response: preflight }
      : await this.#outcome(request, target, body === 'too-large', writer);
    // The client may have disconnected; node:http then drops what is written.
    if (writer?.status === undefined) send(response, outcome.response);
    else writer.end(outcome.result?.ok === true);
    const requestId = outcome.requestId ?? request.ids.requestId;
    this.#options.traffic?.answered(requestId, request, outcome.response);
    this.#options.report({
      type: 'request',
      method: request.method,
      path: target.path,
      status: writer?.status ?? outcome.response.status,
      ms: performance.now() - started,
      ...(fn && { function: fn.key }),
      requestId,
      cold: outcome.result?.cold ?? false,
    });
  }

  async #outcome(
    request: GatewayRequest,
    target: Target,
    tooLarge: boolean,
    writer: StreamWriter | undefined,
  ): Promise<Outcome> {
    const { api, integration, timeoutMs = api.integrationTimeoutMs } = target;
    const fail = (error: GatewayError): Outcome => ({ response: api.error(error, request) });
    if (!integration) return fail('no-route');
    if (tooLarge) return fail('too-large');
    const payload = Buffer.from(JSON.stringify(integration.event()));
    if (payload.length > MAX_PAYLOAD_BYTES) return fail('too-large');
    const { fn } = integration;
    const { requestId, traceId } = invocationIds(request.ids.traceRoot);
    const onStream: Invocation['onStream'] = writer && ((...stream) => writer.take(...stream));
    const invocation = { requestId, traceId, payload, ...(onStream && { onStream }) };
    const result = await this.#invoke(fn.key, invocation, timeoutMs);
    if (typeof result === 'string') {
      return { ...fail(result === 'reserved-used-up' ? 'throttled' : result), requestId };
    }
    if (!result.ok) return { ...fail('function-error'), result, requestId };
    const { payload: returned, streamedAs } = result;
    const response =
      writer?.begun ??
      (streamedAs === undefined
        ? api.response(returned, request)
        : streamedResponse(returned, streamedAs, api, request));
    if (!('malformed' in response)) {
      this.#explain(fn.key, response.undecoded);
      this.#warnOfMissingCors(response, request, fn.key, target.restCors);
      return { response, result, requestId };
    }
    this.#options.report({
      type: 'warning',
      function: fn.key,
      message: messages.responseNotAccepted({
        api: api.name,
        function: fn.key,
        id: requestId,
        reason: response.malformed,
      }),
    });
    return { ...fail('malformed-response'), result, requestId };
  }

  /** Warns once for each function why a client got base64. */
  #explain(functionKey: string, undecoded: Message | undefined): void {
    if (undecoded === undefined) return;
    this.#options.report({
      type: 'warning',
      function: functionKey,
      message: messages.bodyInBase64({ function: functionKey, reason: undecoded }),
      once: `base64 of ${functionKey}`,
    });
  }

  /** Warns once for each function whose responses a browser withholds in spite of the preflight. */
  #warnOfMissingCors(
    response: GatewayResponse,
    request: GatewayRequest,
    functionKey: string,
    cors: RestCors | undefined,
  ): void {
    const missing = cors ? missingCors(response, cors, request) : {};
    const names = Object.keys(missing);
    if (names.length === 0) return;
    this.#options.report({
      type: 'warning',
      function: functionKey,
      message: messages.corsHeadersMissing({
        function: functionKey,
        headers: names.join(' and '),
        code: headersInDart(missing),
      }),
      once: `cors of ${functionKey}`,
    });
  }

  /** Invokes a function and waits no longer than the integration timeout; the function may run on. */
  #invoke(
    functionKey: string,
    invocation: Invocation,
    timeoutMs: number,
  ): Promise<InvocationResult | Throttled | 'integration-timeout'> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const onStart = () => {
        timer = setTimeout(resolve, timeoutMs, 'integration-timeout');
      };
      this.#options
        .invoke(functionKey, { ...invocation, onStart })
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  }

  #request(incoming: IncomingMessage, body: Body): GatewayRequest {
    const time = Date.now();
    const target = originForm(incoming.url ?? '/');
    const question = target.indexOf('?');
    return {
      method: incoming.method ?? 'GET',
      path: question === -1 ? target : target.slice(0, question),
      query: question === -1 ? '' : target.slice(question + 1),
      rawHeaders: incoming.rawHeaders,
      body: typeof body === 'string' ? Buffer.alloc(0) : body,
      protocol: `HTTP/${incoming.httpVersion}`,
      scheme: 'http',
      sourceIp: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
      port: this.#options.port(),
      time,
      ids: requestIds(time),
    };
  }
}

/** Reduces `http://host/path`, which clients send to a proxy, to the path. */
function originForm(target: string): string {
  return target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '') || '/';
}

function send(response: ServerResponse, { status, headers, body }: GatewayResponse): void {
  // 204 must not have a Content-Length: https://www.rfc-editor.org/rfc/rfc9110#section-8.6
  const length = status === 204 ? [] : ['Content-Length', String(body.length)];
  response.writeHead(status, [...headers, ...length]);
  // As a string, node:http writes a body together with its head, in one call of the system.
  if (body.length < SMALL_BODY_BYTES) response.end(body.toString('latin1'), 'latin1');
  else response.end(body);
}
