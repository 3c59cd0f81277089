import type { RestCors, ServiceFunction } from '../../service/service.ts';
import type { RouteMatch } from './routes.ts';

/** Where a request leads: to a function or to none, and what there is on the way. */
export interface Target {
  readonly api: Api;
  /** The function, and the event for it; undefined where no route leads to one. */
  readonly integration: { readonly fn: ServiceFunction; event(): object } | undefined;
  /** The path of the request, without the stage of a REST API. */
  readonly path: string;
  /** The response to a CORS preflight that is not the function's to give. */
  readonly preflight?: GatewayResponse | undefined;
  /** The CORS that a REST API leaves to the function's responses. */
  readonly restCors?: RestCors | undefined;
  /** Whether a streamed response is passed on as it comes; otherwise it is sent whole. */
  readonly streams: boolean;
}

/** An HTTP request as the gateway took it, with all that an event needs; a plain value. */
export interface GatewayRequest {
  readonly method: string;
  /** As it was sent, encoded, without the query. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
  /** Names and values by turns, in the client's order and case. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly scheme: 'http' | 'https';
  readonly sourceIp: string;
  /** The port that the gateway listens on. */
  readonly port: number;
  /** When it came, in epoch milliseconds. */
  readonly time: number;
  readonly ids: RequestIds;
}

export interface RequestIds {
  /** API Gateway's own id of the request, a UUID; Lambda's id of the invocation is another one. */
  readonly requestId: string;
  /** `JKJaXmPLvHcESHA=`. */
  readonly extendedRequestId: string;
  /** `Root=1-5759e988-bd862e3fe1be46a994272793`. */
  readonly traceRoot: string;
}

/** What goes before the body of a response. */
export interface Head {
  readonly status: number;
  /** Names and values by turns, without Content-Length. */
  readonly headers: string[];
}

/** An HTTP response. */
export interface GatewayResponse extends Head {
  readonly body: Buffer;
  /** Why a body that the function gave in base64 is sent as base64, for the user's eyes only. */
  readonly undecoded?: string;
}

/** The function's result is no response; the reason is for the user's eyes only. */
export interface Malformed {
  readonly malformed: string;
}

/** What an API answers by itself; the names are those of the reference's table. */
export type GatewayError =
  | 'no-route'
  | 'function-error'
  | 'malformed-response'
  | 'integration-timeout'
  | 'throttled'
  | 'too-large';

/** One kind of API: REST API (payload 1.0) or HTTP API (payload 2.0). Pure functions. */
export interface Api {
  /** How long it waits for a function, in milliseconds. */
  readonly integrationTimeoutMs: number;
  event(request: GatewayRequest, match: RouteMatch): object;
  /** What a response object of the function says of all but the body. */
  head(result: Readonly<Record<string, unknown>>, request: GatewayRequest): Head | Malformed;
  /** @param payload what the function answered, as bytes */
  response(payload: Buffer, request: GatewayRequest): GatewayResponse | Malformed;
  error(error: GatewayError, request: GatewayRequest): GatewayResponse;
}
