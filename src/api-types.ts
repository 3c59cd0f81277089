/** What the operations of the package take and return. */

/** What a new service is made of. What is left out is what `--yes` takes. */
export interface CreateServiceOptions {
  /** Its folder; the last part of it is the name of the service. */
  readonly directory: string;
  /** `rest`: API Gateway REST API, the default; `http`: HTTP API. */
  readonly api?: 'rest' | 'http';
  /** `arm64` is the default. */
  readonly architecture?: 'arm64' | 'x86_64';
  /** The AWS configuration's, else `us-east-1`. */
  readonly region?: string;
  /** Memory of a function in MB, 128 to 10240; 128 is the default. */
  readonly memory?: number;
  /** Timeout of a function in seconds, 1 to 900; 10 is the default. */
  readonly timeout?: number;
}

export interface CreatedService {
  /** Its name in serverless.yml. */
  readonly name: string;
  /** The absolute path of its folder. */
  readonly directory: string;
  /** What the user should know, such as a timeout that API Gateway does not wait for. */
  readonly warnings: readonly string[];
}

/** A new endpoint. */
export interface AddEndpointOptions {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** The function's key in serverless.yml, `getOrder` for example. */
  readonly name: string;
  /** `GET` is the default; `ANY` is every method that has no endpoint of its own. */
  readonly method?: string;
  /** The path, such as `/orders/{id:int}`; `/<name>` is the default. */
  readonly path?: string;
  /** A sample of the body, or of the query of a GET: JSON, `@file.json` or `name:type,...`. */
  readonly request?: string;
  /** The same of the answer. */
  readonly response?: string;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
  /** Where a file cannot be edited, write the rest: `left` is what remains to be pasted. */
  readonly partial?: boolean;
  /** Only plan it: nothing is written. */
  readonly dryRun?: boolean;
}

export interface AddedEndpoint {
  readonly endpoint: {
    readonly function: string;
    readonly method: string;
    readonly path: string;
    /** As serverless.yml names it: `main.getOrder`. */
    readonly handler: string;
  };
  /** The files of the service, by their paths in it. */
  readonly changes: readonly {
    readonly kind: 'create' | 'update' | 'delete';
    readonly path: string;
  }[];
  /** Files of the endpoint that were there already, with other content, and stay as they are. */
  readonly kept: readonly string[];
  /** What was not written, as its file cannot be edited: with `partial`. The endpoint works when it is pasted. */
  readonly left: readonly { readonly path: string; readonly text: string }[];
  /** What the user should know, such as what osls will refuse. */
  readonly warnings: readonly string[];
  /** The changes as a unified diff, with `dryRun`. */
  readonly diff?: string;
}

/** How a service is served on this machine. */
export interface LocalLambdaOptions {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** 0, the default, is any free port. */
  readonly port?: number;
  /** What to listen on; `127.0.0.1` by default. */
  readonly host?: string;
  readonly stage?: string;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
  /** A file with environment variables, besides `.env`. */
  readonly envFile?: string;
  /** How many processes a function has at once; the cores by default. */
  readonly concurrency?: number;
  /** Whether changes of the files are followed; false by default. */
  readonly reload?: boolean;
  /** Whether what `build` has compiled is run, not the sources; false by default. */
  readonly bootstrap?: boolean;
  /** Gets what happens, as `dev --json` prints it: requests, logs, errors, warnings, reloads. */
  readonly onEvent?: (event: Readonly<Record<string, unknown>>) => void;
}

/** A service that is being served. */
export interface LocalLambda {
  /** `http://127.0.0.1:41337`; also the endpoint of the Lambda Invoke API. */
  readonly url: string;
  /** Those of the service as it was read last. */
  readonly endpoints: readonly {
    readonly method: string;
    readonly path: string;
    readonly function: string;
    readonly url: string;
  }[];
  /** Replaces every process: at once, or after its invocation. */
  restart(): void;
  /** Stops listening and ends every process of the service. May be called again. */
  close(): Promise<void>;
}
