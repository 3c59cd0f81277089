import type { FunctionSource } from './function-source.ts';
import type { PackageManager } from './package-manager.ts';

/** The instruction set architectures of AWS Lambda. */
export const ARCHITECTURES = ['arm64', 'x86_64'] as const;

/** Specifies a new service: the answers to the questions of `create`. */
export interface ServiceSpec {
  readonly name: string;
  /** The kind of API: REST API (`http` events) or HTTP API (`httpApi` events). */
  readonly api: 'rest' | 'http';
  readonly architecture: (typeof ARCHITECTURES)[number];
  readonly region: string;
  /** Memory of a function in MB, 128 to 10240. */
  readonly memory: number;
  /** Timeout of a function in seconds, 1 to 900. */
  readonly timeout: number;
  /** One function with an app of package:shelf; absent for a function for each endpoint. */
  readonly app?: 'shelf';
  /**
   * `compatible`: the runtime in lib/runtime/, by the names of the package aws_lambda_dart_runtime too;
   * `package`: that package itself; absent for the runtime in lib/runtime/ alone.
   */
  readonly runtime?: 'compatible' | 'package';
  /** Installs osls. */
  readonly packageManager: PackageManager;
}

/**
 * Limits how long API Gateway waits for a function, in seconds
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html).
 */
export const INTEGRATION_TIMEOUT: Record<ServiceSpec['api'], number> = { rest: 29, http: 30 };

/** Describes an existing service as its serverless.yml does. */
export interface Service {
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  readonly functions: readonly ServiceFunction[];
  /** API settings of the whole service, if there are any. */
  readonly gateway?: GatewaySettings;
}

export interface ServiceFunction {
  /** The key under `functions:`. */
  readonly key: string;
  /** The name on AWS: `<service>-<stage>-<key>` by default. */
  readonly name: string;
  /** For example `main.hello`: the Dart file in lib/ and the registered name. */
  readonly handler: string;
  /** In seconds. */
  readonly timeout: number;
  /** In MB. */
  readonly memory: number;
  /** `arm64` or `x86_64`. */
  readonly architecture: string;
  /** The environment variables of the provider, overridden by those of the function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly events: readonly HttpEvent[];
  /** The events that are no routes; absent if there are none. */
  readonly sources?: readonly FunctionSource[];
  /** Limits concurrent invocations; absent if the function shares the account's concurrency. */
  readonly reservedConcurrency?: number;
  /** The function URL, if there is one. */
  readonly url?: FunctionUrl;
  /** The least level that it logs, if it logs JSON. */
  readonly jsonLog?: { readonly level: string };
}

export interface FunctionUrl {
  readonly cors: HttpCors | undefined;
  /** Streams responses; absent if they are buffered. */
  readonly invokeMode?: 'RESPONSE_STREAM';
  /** Requires signed requests on AWS; absent if anyone may call the URL. */
  readonly authorizer?: 'aws_iam';
}

/** Describes an `http` (REST API) or `httpApi` (HTTP API) event of a function. */
export interface HttpEvent {
  readonly api: ServiceSpec['api'];
  /** In upper case; `ANY` for all. */
  readonly method: string;
  /** With a leading slash: `/orders/{id}`. `$default` for an HTTP API's catch-all route. */
  readonly path: string;
  /** Streams responses, as only a REST API can; absent if they are buffered. */
  readonly streams?: true;
  /** How long the REST API waits for the function, in milliseconds; absent for its default. */
  readonly timeoutMs?: number;
}

/** Holds the API settings of a service. */
export interface GatewaySettings {
  /** The CORS of a REST API by path. */
  readonly restCors: ReadonlyMap<string, RestCors>;
  readonly httpCors: HttpCors | undefined;
  /** The media types that a REST API treats as binary. */
  readonly binaryMediaTypes: readonly string[];
  /** The keys of functions that get payload 1.0 from an HTTP API; all others get 2.0. */
  readonly payloadV1: ReadonlySet<string>;
  /** How long a REST API waits for a function where the route does not say, in milliseconds. */
  readonly restTimeoutMs?: number;
}

export const NO_SETTINGS: GatewaySettings = {
  restCors: new Map(),
  httpCors: undefined,
  binaryMediaTypes: [],
  payloadV1: new Set(),
};

/** The CORS of one path of a REST API, as osls deploys it: the response to an OPTIONS request. */
export interface RestCors {
  /** `origin` as it is written; allowed if there are no `origins`. */
  readonly origin?: string | undefined;
  /** The first one is allowed, unless another matches the request's origin; `*` is a wildcard. */
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAge: number | undefined;
  readonly cacheControl: string | undefined;
}

/** The CORS of a whole HTTP API or of a function URL, which AWS applies itself. */
export interface HttpCors {
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly allowCredentials: boolean;
  readonly exposedHeaders: readonly string[];
  /** In seconds. */
  readonly maxAge: number | undefined;
}
