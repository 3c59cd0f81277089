import type { Message } from '../../message.ts';
import type { RestCors, ServiceFunction } from '../../service/service.ts';
import type { RequestIds } from './ids.ts';
import type { RouteMatch } from './routes.ts';

/** The API that a request is for, the function that it leads to, and the CORS that apply. */
export interface Target {
  readonly api: Api;
  /** Undefined where no route matches. */
  readonly integration: { readonly fn: ServiceFunction; event(): object } | undefined;
  /** The path of the request, without the stage of a REST API. */
  readonly path: string;
  /** The response to a CORS preflight, which does not reach the function. */
  readonly preflight?: GatewayResponse | undefined;
  /** The CORS that the function of a REST API has to put into its responses. */
  readonly restCors?: RestCors | undefined;
  /** Whether a streamed response is passed on piece by piece, or else sent whole. */
  readonly streams: boolean;
  /** How long to wait for the function, in milliseconds, where it is not the API's default. */
  readonly timeoutMs?: number | undefined;
}

/** An HTTP request as the gateway received it, as a plain value. */
export interface GatewayRequest {
  readonly method: string;
  /** Percent-encoded, as it was sent, without the query. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
  /** Names and values alternate, in the client's order and case. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly scheme: 'http' | 'https';
  readonly sourceIp: string;
  /** The port that the gateway listens on. */
  readonly port: number;
  /** When it arrived, in epoch milliseconds. */
  readonly time: number;
  readonly ids: RequestIds;
}

/** The status and headers of a response. */
export interface Head {
  readonly status: number;
  /** Names and values alternate; without Content-Length. */
  readonly headers: string[];
}

export interface GatewayResponse extends Head {
  readonly body: Buffer;
  /** Why the client gets the base64 of a binary body. Shown to the user only. */
  readonly undecoded?: Message;
}

/** The reason why a function's result is not a valid response. Shown to the user only. */
export interface Malformed {
  readonly malformed: Message;
}

/** The errors that an API responds with by itself. */
export type GatewayError =
  | 'no-route'
  | 'function-error'
  | 'malformed-response'
  | 'integration-timeout'
  | 'throttled'
  | 'too-large';

/** A kind of API: REST API, HTTP API or function URL. All methods are pure. */
export interface Api {
  /** Who responds, for messages: `API Gateway`, or `Lambda` for a function URL. */
  readonly name: string;
  /** How long it waits for a function, in milliseconds. */
  readonly integrationTimeoutMs: number;
  event(request: GatewayRequest, match: RouteMatch): object;
  /** Reads the status and headers of a function's response object. */
  head(result: Readonly<Record<string, unknown>>, request: GatewayRequest): Head | Malformed;
  /** @param payload the result of the function, usually JSON */
  response(payload: Buffer, request: GatewayRequest): GatewayResponse | Malformed;
  error(error: GatewayError, request: GatewayRequest): GatewayResponse;
}
