/** Defines what the functions of the package take and return. */

/** Specifies a new service. Options that are left out get the defaults of `--yes`. */
export interface CreateServiceOptions {
  /** The folder to create; its last part becomes the name of the service. */
  readonly directory: string;
  /** `rest`: API Gateway REST API, the default; `http`: HTTP API. */
  readonly api?: 'rest' | 'http';
  /** `arm64` by default. */
  readonly architecture?: 'arm64' | 'x86_64';
  /** By default that of the AWS configuration, or else `us-east-1`. */
  readonly region?: string;
  /** Memory of a function in MB, 128 to 10240; 128 by default. */
  readonly memory?: number;
  /** Timeout of a function in seconds, 1 to 900; 10 by default. */
  readonly timeout?: number;
  /** One function with an app of package:shelf for all paths; false by default. */
  readonly shelf?: boolean;
  /**
   * `embedded`: what speaks to AWS Lambda is the service's own code, the default; `compatible`: that
   * code, which has the names of the package aws_lambda_dart_runtime 1.1.0 too; `package`: it is that
   * package, for services that must stay on it.
   */
  readonly runtime?: 'embedded' | 'compatible' | 'package';
}

export interface CreatedService {
  /** The service's name in serverless.yml. */
  readonly name: string;
  /** The absolute path of the service's folder. */
  readonly directory: string;
  /** Says what the user should know, for example that the timeout exceeds API Gateway's. */
  readonly warnings: readonly string[];
}

/** Specifies a new endpoint. */
export interface AddEndpointOptions {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** The function's key in serverless.yml, for example `getOrder`. */
  readonly name: string;
  /** `GET` by default; `ANY` is every method that has no endpoint of its own. */
  readonly method?: string;
  /** The path, for example `/orders/{id:int}`; `/<name>` by default. */
  readonly path?: string;
  /** A sample of the body, or of the query of a GET: JSON, `@file.json` or `name:type,...`. */
  readonly request?: string;
  /** A sample of the response, in the same forms. */
  readonly response?: string;
  /**
   * Lets web pages of other origins call it: `cors: true` in the event of a REST API, and `cors()` in
   * lib/main.dart. An HTTP API needs `cors` of its own, and nothing else.
   */
  readonly cors?: boolean;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
  /**
   * If a file cannot be edited, write the rest, and return as `left` what remains to be pasted.
   */
  readonly partial?: boolean;
  /** Plans the changes without writing them. */
  readonly dryRun?: boolean;
}

/** What adding to a service changes. */
export interface ServiceChanges {
  /** The changed files, by their paths in the service. */
  readonly changes: readonly {
    readonly kind: 'create' | 'update' | 'delete';
    readonly path: string;
  }[];
  /** Its files that existed with other content and were not changed. */
  readonly kept: readonly string[];
  /**
   * With `partial`, the text for files that cannot be edited. It works once that is pasted.
   */
  readonly left: readonly { readonly path: string; readonly text: string }[];
  /** Says what the user should know, for example what osls will refuse. */
  readonly warnings: readonly string[];
  /** The changes as a unified diff, with `dryRun`. */
  readonly diff?: string;
}

export interface AddedEndpoint extends ServiceChanges {
  readonly endpoint: {
    readonly function: string;
    readonly method: string;
    readonly path: string;
    /** As serverless.yml names it: `main.getOrder`. */
    readonly handler: string;
  };
}

/** Names what `add-function` says of a source, in the same forms: `queue` is `--queue`. */
export type SourceOption =
  | 'queue'
  | 'topic'
  | 'bucket'
  | 'prefix'
  | 'suffix'
  | 'table'
  | 'stream'
  | 'rate'
  | 'cron'
  | 'timezone'
  | 'pattern'
  | 'bus'
  | 'logGroup'
  | 'filter'
  | 'pool'
  | 'trigger'
  | 'kmsKey'
  | 'sql'
  | 'listener'
  | 'path'
  | 'route'
  | 'type';

/**
 * Specifies a new function whose events come from another source than an HTTP API. Which of the
 * options a source needs and takes is that of `create-lambda-hello add-function`.
 */
export interface AddFunctionOptions extends Readonly<Partial<Record<SourceOption, string>>> {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** The function's key in serverless.yml, for example `onOrder`. */
  readonly name: string;
  /** The source: `sqs`, `s3`, `schedule`, ... */
  readonly event: string;
  /** A sample of what its events carry: JSON, `@file.json` or `name:type,...`. */
  readonly payload?: string;
  /** Makes what the events come from. */
  readonly create?: boolean;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
  /**
   * If a file cannot be edited, write the rest, and return as `left` what remains to be pasted.
   */
  readonly partial?: boolean;
  /** Plans the changes without writing them. */
  readonly dryRun?: boolean;
}

export interface AddedFunction extends ServiceChanges {
  readonly function: {
    readonly function: string;
    /** As serverless.yml names it: `main.onOrder`. */
    readonly handler: string;
    /** The source of its events. */
    readonly event: string;
    /** The logical ids of the resources that were made for it. */
    readonly resources: readonly string[];
  };
}

/** Selects a service whose client is written. */
export interface ClientOptions {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** The folder of a package of its own; by default the client is lib/client.dart of the service. */
  readonly out?: string;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
  /** Plans the changes without writing them. */
  readonly dryRun?: boolean;
}

/** What writing a client changes: nothing where it is up to date. */
export interface MadeClient extends Pick<ServiceChanges, 'changes' | 'diff'> {}

/** Selects a service whose functions are listed. */
export interface ListFunctionsOptions {
  /** A folder of the service; the current one by default. */
  readonly directory?: string;
  /** The stage for which serverless.yml is read. */
  readonly stage?: string;
  /** The region for which serverless.yml is read. */
  readonly region?: string;
  /** Parameters of serverless.yml, each `name=value`. */
  readonly params?: readonly string[];
}

export interface OpenApiOptions extends ListFunctionsOptions {
  /** The URLs of the servers in the document; by default that of `dev`. */
  readonly servers?: readonly string[];
}

export interface ListedFunctions {
  /** In the order of serverless.yml. */
  readonly functions: readonly ListedFunction[];
  /** What keeps functions from working; with any, the command fails. */
  readonly problems: readonly ListedProblem[];
  /** What is unknown or unusual, and may well work. */
  readonly notes: readonly ListedProblem[];
}

export interface ListedFunction {
  /** The function's key in serverless.yml. */
  readonly function: string;
  /** As serverless.yml names it: `main.onOrder`. */
  readonly handler: string;
  /** What calls it, each in a line. */
  readonly events: readonly {
    /** `http`, `httpApi`, `url`, a source such as `sqs`, or another event of serverless.yml. */
    readonly source: string;
    /** For example `GET /orders` and `sqs orders`. */
    readonly text: string;
  }[];
  /** Where serverless.yml names it, if it has no event: `resources.Resources.Rule.Properties...` */
  readonly namedBy: readonly string[];
  /** The file that declares the handler, or else registers it; undefined if neither is known. */
  readonly file: string | undefined;
  /** Counts from 1. */
  readonly line: number | undefined;
}

export interface ListedProblem {
  readonly file: string;
  /** Counts from 1; undefined for the whole file. */
  readonly line: number | undefined;
  readonly message: string;
}

/** Selects a Dart SDK to fetch. */
export interface InstallDartOptions {
  /**
   * For example `3.10.1`, or `latest` (the default), `beta` or `dev` for the newest version of a
   * channel.
   */
  readonly version?: string;
  /** Gives up after this many milliseconds without data; a minute by default. */
  readonly stallMs?: number;
  /** Aborts the download. */
  readonly signal?: AbortSignal;
  /** Reports progress: first the bytes of the file, then the number of unpacked files. */
  readonly onProgress?: (
    step: 'fetch' | 'unpack',
    progress: { readonly done: number; readonly total: number | undefined },
  ) => void;
}

export interface InstalledDart {
  readonly version: string;
  /** The absolute path of the SDK's folder, which contains `bin/` and `lib/`. */
  readonly folder: string;
  /** The absolute path of the program `dart`. */
  readonly dart: string;
  /** False if it was there already. */
  readonly fetched: boolean;
}
