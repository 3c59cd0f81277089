import type { HttpCors } from './cors.ts';
import type { GatewaySettings } from './gateway-settings.ts';
import type { PackageManager } from './package-manager.ts';

/** The kinds of API Gateway that a service is made for. */
export const APIS = ['rest', 'http'] as const;

/** The processors that AWS Lambda has. */
export const ARCHITECTURES = ['arm64', 'x86_64'] as const;

/** What a new service is made of: the answers of `create`. */
export interface ServiceSpec {
  readonly name: string;
  /** API Gateway's kind: REST API (`http` events) or HTTP API (`httpApi` events). */
  readonly api: (typeof APIS)[number];
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
  /** Replies are streamed; absent where they are buffered. */
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
