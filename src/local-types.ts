/** Describes the local Lambda to programs. It imports nothing, so that its types stand alone. */

/** Configures how a service is served on this machine. */
export interface LocalLambdaOptions {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** 0, the default, chooses any free port. */
  readonly port?: number;
  /** The address to listen on; `127.0.0.1` by default. */
  readonly host?: string;
  readonly stage?: string;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
  /** A file with environment variables, in addition to `.env`. */
  readonly envFile?: string;
  /** Limits the processes of a function at a time; the number of cores by default. */
  readonly concurrency?: number;
  /** How many functions to start before they are asked; by default as many as the cores. */
  readonly warm?: number;
  /** Whether to watch the files and apply changes; false by default. */
  readonly reload?: boolean;
  /** Whether to run the output of `build` instead of the sources; false by default. */
  readonly bootstrap?: boolean;
  /** Whether to invoke functions when their schedules are due; false by default. */
  readonly schedules?: boolean;
  /** Delivers what queues and streams at this URL have; `aws` is AWS_ENDPOINT_URL, or AWS itself. */
  readonly sources?: string;
  /** Lets `sources` take messages from AWS itself. */
  readonly yesAws?: boolean;
  /** Whether to serve a page that shows the API and its requests; false by default. */
  readonly explorer?: boolean;
  /**
   * Receives the documents that `dev --json` prints: requests, logs, errors, warnings, reloads.
   */
  readonly onEvent?: (event: Readonly<Record<string, unknown>>) => void;
}

/** Represents a service that is being served. */
export interface LocalLambda {
  /** For example `http://127.0.0.1:41337`; also the endpoint of the Lambda Invoke API. */
  readonly url: string;
  /** The endpoints of the service as it was last read. */
  readonly endpoints: readonly {
    readonly method: string;
    readonly path: string;
    readonly function: string;
    readonly url: string;
  }[];
  /** The schedules that fire, with the time that each is due next in ISO 8601. */
  readonly schedules: readonly {
    readonly function: string;
    readonly expression: string;
    readonly next: string | null;
  }[];
  /** The URL of the page that shows the API; null without one. */
  readonly explorer: string | null;
  /** Replaces every process, at once or after its current invocation. */
  restart(): void;
  /** Stops listening and ends every process of the service. It may be called again. */
  close(): Promise<void>;
}
