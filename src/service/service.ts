import type { PackageManager } from './package-manager.ts';

/** The processors that AWS Lambda has. */
export const ARCHITECTURES = ['arm64', 'x86_64'] as const;

/** What a new service is made of: the answers of `create`. */
export interface ServiceSpec {
  readonly name: string;
  /** API Gateway's kind: REST API (`http` events) or HTTP API (`httpApi` events). */
  readonly api: 'rest' | 'http';
  readonly architecture: (typeof ARCHITECTURES)[number];
  readonly region: string;
  /** Memory of a function in MB, 128 to 10240. */
  readonly memory: number;
  /** Timeout of a function in seconds, 1 to 900. */
  readonly timeout: number;
  /** What installs osls. */
  readonly packageManager: PackageManager;
}

/** How long API Gateway waits for a function, in seconds (its quotas of REST and HTTP APIs). */
export const INTEGRATION_TIMEOUT: Record<ServiceSpec['api'], number> = { rest: 29, http: 30 };

/** An existing service, as far as its serverless.yml tells. */
export interface Service {
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  readonly functions: readonly ServiceFunction[];
  /** What it sets for its APIs as a whole, if anything. */
  readonly gateway?: GatewaySettings;
}

export interface ServiceFunction {
  /** Its key under `functions:`. */
  readonly key: string;
  /** The name that it has on AWS: `<service>-<stage>-<key>` unless it is given one. */
  readonly name: string;
  /** `main.hello`, for example: the Dart file below lib/ and the registered handler. */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  /** `arm64` or `x86_64`. */
  readonly architecture: string;
  /** Its variables: those of the provider, then its own. */
  readonly environment: Readonly<Record<string, string>>;
  readonly events: readonly HttpEvent[];
  /** How many of its invocations may run at once; absent where it shares the account's. */
  readonly reservedConcurrency?: number;
  /** Its function URL, if it has one. */
  readonly url?: FunctionUrl;
}

export interface FunctionUrl {
  readonly cors: HttpCors | undefined;
  /** Responses are streamed; absent where they are buffered. */
  readonly invokeMode?: 'RESPONSE_STREAM';
  /** On AWS requests must be signed; absent where anyone may send them. */
  readonly authorizer?: 'aws_iam';
}

/** An `http` (REST API) or `httpApi` (HTTP API) event of a function. */
export interface HttpEvent {
  readonly api: ServiceSpec['api'];
  /** Upper case; `ANY` for all. */
  readonly method: string;
  /** With a leading slash: `/orders/{id}`. `$default` for an HTTP API's catch-all route. */
  readonly path: string;
}

/** What of its APIs a service sets as a whole. */
export interface GatewaySettings {
  /** Of a REST API, by paths. */
  readonly restCors: ReadonlyMap<string, RestCors>;
  readonly httpCors: HttpCors | undefined;
  /** Of a REST API: bodies of these types are binary. */
  readonly binaryMediaTypes: readonly string[];
  /** Of an HTTP API: the keys of the functions whose events have payload 1.0; all others have 2.0. */
  readonly payloadV1: ReadonlySet<string>;
}

/** Nothing is set. */
export const NO_SETTINGS: GatewaySettings = {
  restCors: new Map(),
  httpCors: undefined,
  binaryMediaTypes: [],
  payloadV1: new Set(),
};

/** The CORS of one path of a REST API, as osls deploys it: the answer to an OPTIONS request. */
export interface RestCors {
  /** `origin` as it is written: the answer where no `origins` are given. */
  readonly origin?: string | undefined;
  /** The first one is the answer, unless the request's own origin matches one; `*` stands for anything. */
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAge: number | undefined;
  readonly cacheControl: string | undefined;
}

/** The CORS of a whole HTTP API or of a function URL, which AWS itself answers. */
export interface HttpCors {
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly allowCredentials: boolean;
  readonly exposedHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
}
