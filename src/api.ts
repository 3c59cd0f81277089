/**
 * What other programs can import of this package: the commands as functions.
 * They ask nothing, print nothing and never end the process; what goes wrong is
 * thrown as a {@link UserError}. Only `dart pub get`, where packages are missing,
 * writes to standard error.
 *
 * @module
 */

import { basename, resolve } from 'node:path';
import type { Context } from './context.ts';
import { readFlags } from './options/option.ts';
import { PLAIN } from './ui/style.ts';

export { UserError } from './errors.ts';

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

/**
 * Generates a service, as `create-lambda-hello <directory> --yes --no-git` does. Nothing is
 * installed, and no file that is there is changed.
 *
 * @throws UserError when an option is wrong, or when a file would be overwritten
 */
export async function createService(options: CreateServiceOptions): Promise<CreatedService> {
  const { directory, api, architecture, region, memory, timeout } = options;
  const { create } = await import('./commands/create/create.ts');
  const { createOptions } = await import('./commands/create/options.ts');
  const { context, warnings } = silentContext(process.cwd());
  const given = { api, arch: architecture, region, memory, timeout, yes: true, git: false };
  await create(context, directory, readFlags(createOptions, given));
  const path = resolve(directory);
  return { name: basename(path), directory: path, warnings };
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
  readonly changes: readonly { readonly kind: 'create' | 'update'; readonly path: string }[];
  /** Files of the endpoint that were there already, with other content, and stay as they are. */
  readonly kept: readonly string[];
  /** The changes as a unified diff, with `dryRun`. */
  readonly diff?: string;
}

/**
 * Adds an endpoint to a service, as `create-lambda-hello add-endpoint` does: the
 * function, its handler, models and test. All of it is written, or nothing.
 *
 * @throws UserError when an option is wrong, the endpoint exists, or a file cannot be edited safely
 */
export async function addEndpoint(options: AddEndpointOptions): Promise<AddedEndpoint> {
  const { directory = '.', name, ...flags } = options;
  const command = await import('./commands/add-endpoint/add-endpoint.ts');
  const { addEndpointOptions } = await import('./commands/add-endpoint/options.ts');
  const { context, results } = silentContext(resolve(directory));
  const given = { ...flags, yes: true, json: true };
  await command.addEndpoint(context, name, readFlags(addEndpointOptions, given));
  return JSON.parse(results.join('\n'));
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
  /** A file with environment variables, besides `.env`. */
  readonly envFile?: string;
  /** How many processes a function has at once; the cores by default. */
  readonly concurrency?: number;
  /** Whether changes of the files are followed; false by default. */
  readonly reload?: boolean;
  /** Gets what `dev --json` prints, a document at a time: requests, logs, errors. */
  readonly onEvent?: (event: Readonly<Record<string, unknown>>) => void;
}

/** A service that is being served. */
export interface LocalLambda {
  /** `http://127.0.0.1:41337`; also the endpoint of the Lambda Invoke API. */
  readonly url: string;
  readonly endpoints: readonly {
    readonly method: string;
    readonly path: string;
    readonly function: string;
    readonly url: string;
  }[];
  /** Stops listening and ends every process of the service. May be called again. */
  close(): Promise<void>;
}

/**
 * Serves a service on this machine, as `create-lambda-hello dev` does. A
 * function is compiled and started by its first request.
 *
 * @returns once it listens
 * @throws UserError when there is no Dart SDK, the port is taken, or serverless.yml is wrong
 */
export async function startLocalLambda(options: LocalLambdaOptions = {}): Promise<LocalLambda> {
  const { directory = '.', port = 0, host, stage, envFile, concurrency, onEvent } = options;
  const { dev } = await import('./commands/dev/dev.ts');
  const { devOptions } = await import('./commands/dev/options.ts');
  const given = { port, host, stage, envFile, concurrency, json: true };
  const flags = readFlags(devOptions, { ...given, reload: options.reload ?? false });
  return new Promise((resolveStarted, reject) => {
    const { context } = silentContext(resolve(directory), (text) => {
      const event: Record<string, unknown> = JSON.parse(text);
      if (event.type !== 'ready') return onEvent?.(event);
      const { url, endpoints } = event as Pick<LocalLambda, 'url'> & Record<'endpoints', never>;
      resolveStarted({
        url,
        endpoints,
        close: () => {
          context.stop();
          return ended;
        },
      });
    });
    const ended = dev(context, flags);
    ended.catch(reject);
  });
}

/** Which Dart SDK to fetch, and how. */
export interface InstallDartOptions {
  /** `3.10.1` for example, or `latest`, the default: the newest stable one; `beta` or `dev`: the newest of these. */
  readonly version?: string;
  /** How long nothing may come from the archive until it is given up, in milliseconds; a minute by default. */
  readonly stallMs?: number;
  /** Ends it. */
  readonly signal?: AbortSignal;
  /** Called often: at most the bytes of the file, then the number of files that are unpacked. */
  readonly onProgress?: (
    step: 'fetch' | 'unpack',
    progress: { readonly done: number; readonly total: number | undefined },
  ) => void;
}

export interface InstalledDart {
  readonly version: string;
  /** The absolute path of its folder: `bin/` and `lib/` are in it. */
  readonly folder: string;
  /** The absolute path of the program `dart`. */
  readonly dart: string;
  /** False where it was there already. */
  readonly fetched: boolean;
}

/**
 * Fetches a Dart SDK into the user's cache, unless it is there, as `create-lambda-hello
 * install-dart --yes` does: its checksum is checked, and it is there as a whole or not at all.
 *
 * @throws UserError when there is no such version, it cannot be reached, or its checksum is wrong
 */
export async function installDart(options: InstallDartOptions = {}): Promise<InstalledDart> {
  const { installDartSdk } = await import('./dart-sdk/install.ts');
  const { signal = new AbortController().signal, ...given } = options;
  return installDartSdk({ ...given, env: process.env, signal });
}

/** A context that asks nothing and prints nothing. */
function silentContext(
  cwd: string,
  onResult?: (text: string) => void,
): { context: Context; results: string[]; warnings: string[] } {
  const stop = new AbortController();
  const results: string[] = [];
  const warnings: string[] = [];
  const context: Context = {
    cwd,
    program: 'create-lambda-hello',
    env: process.env,
    interactive: false,
    out: {
      result: onResult ?? ((text) => void results.push(text)),
      note: () => {},
      warn: (text) => void warnings.push(text),
      detail: () => {},
      waitFor: (_, work) => work,
      style: PLAIN,
      noteStyle: PLAIN,
      unicode: true,
    },
    ask: () => {
      throw new Error('nothing is asked without a terminal');
    },
    run: async (command, runOptions) => (await import('./tools/run.ts')).run(command, runOptions),
    dartFetcher: async () => undefined,
    signal: stop.signal,
    stop: () => stop.abort(),
    onKey: () => () => {},
  };
  return { context, results, warnings };
}
