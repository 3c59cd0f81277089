import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { noEntryPoint } from '../../consistency/messages.ts';
import { UserError } from '../../errors.ts';
import type { Inputs } from '../../local/reload/needed.ts';
import { andTry, type Message } from '../../message.ts';
import { readServerlessYml } from '../../serverless-yml/read.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import { corsWarning } from '../../service-folder/cors.ts';
import { readServiceFolder } from '../../service-folder/folder.ts';
import { openService, type Reading, requireFunctions } from '../../service-folder/read.ts';
import { entryPointOf } from '../../tools/dart/commands.ts';
import type { Env } from '../../util/env.ts';
import {
  readVariables,
  relativePaths,
  type VariableFiles,
  type Variables,
  variableFiles,
} from './env-files.ts';
import type { DevFlags } from './options.ts';
import { newWarnings, serviceWarnings } from './report.ts';

interface ServedServiceOptions {
  readonly root: string;
  /** The folder that `--env-file` is relative to. */
  readonly cwd: string;
  readonly env: Env;
  readonly settings: Pick<DevFlags, 'stage' | 'param' | 'envFile' | 'schedules' | 'sources'>;
  /** Called with each warning that the previous reading did not have. */
  readonly warn: (warnings: readonly Message[]) => void;
}

/** The service as its files say: what is served, and which files say so. */
export class ServedService {
  readonly #options: ServedServiceOptions;
  readonly #newWarnings = newWarnings();
  readonly #newCorsWarning = newWarnings();
  #reading: Reading;
  #service: Service;
  #variables: Variables = {};

  private constructor(options: ServedServiceOptions, reading: Reading) {
    this.#options = options;
    this.#reading = reading;
    this.#service = this.#check(reading);
  }

  /** @throws UserError when the service is invalid, or a file of it cannot be read */
  static async read(options: ServedServiceOptions): Promise<ServedService> {
    const served = new ServedService(options, await open(options));
    served.#variables = await readVariables(served.#variableFiles());
    await served.checkCode();
    return served;
  }

  /**
   * Warns when the code has come to lack what the routes of the service need. It is to be called after
   * either has changed.
   */
  async checkCode(): Promise<void> {
    const { root, warn } = this.#options;
    const cors = await corsWarning(root, this.#service);
    warn(this.#newCorsWarning(cors ? [andTry(cors.detail, cors.fix)] : []));
  }

  /**
   * Reads the files again. The service stays as it was until `serve` has taken the new one.
   *
   * @throws UserError like `read`; the files of the new reading are inputs all the same, since one
   *   of them may be the cause
   */
  async readAgain(serve: (changed: Service) => Promise<void>): Promise<void> {
    this.#reading = await open(this.#options);
    const changed = this.#check(this.#reading);
    this.#variables = await readVariables(this.#variableFiles());
    await serve(changed);
    this.#service = changed;
  }

  get service(): Service {
    return this.#service;
  }

  /** The environment variables of a function, besides those that Lambda sets. */
  variablesFor(fn: ServiceFunction): Variables {
    return { ...fn.environment, ...this.#variables };
  }

  /** The files that the last reading depends on, relative to the root. */
  get inputs(): Inputs {
    const { file, included, dotenv } = this.#reading;
    const { paths } = this.#variableFiles();
    return {
      entryPoints: this.#service.functions.map(({ handler }) => entryPointOf(handler)),
      service: [file, ...included],
      env: [...(dotenv?.paths ?? []), ...relativePaths(this.#options.root, paths)],
    };
  }

  #check({ file, serverlessYml, options }: Reading): Service {
    const result = readServerlessYml(serverlessYml, options);
    this.#options.warn(this.#newWarnings(serviceWarnings(file, result, this.#options.settings)));
    requireFunctions(result);
    checkEntryPoints(this.#options.root, result.service);
    return result.service;
  }

  #variableFiles(): VariableFiles {
    const { root, cwd, settings } = this.#options;
    return variableFiles(root, cwd, settings.envFile, this.#reading.dotenv?.variables);
  }
}

const open = async ({ root, env, settings }: ServedServiceOptions): Promise<Reading> =>
  openService(await readServiceFolder(root), env, settings);

/**
 * Checks that the file of every handler exists, or else it would fail only at its first request.
 *
 * @throws UserError naming a handler without a file
 */
function checkEntryPoints(root: string, { functions }: Service): void {
  for (const { key, handler } of functions) {
    const path = entryPointOf(handler);
    if (existsSync(join(root, path))) continue;
    throw new UserError(
      noEntryPoint({ name: key, handler, path }),
      `create ${path}, or correct the handler in serverless.yml`,
    );
  }
}
