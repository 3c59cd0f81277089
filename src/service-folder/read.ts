import { UsageError, UserError } from '../errors.ts';
import { at } from '../message.ts';
import { type ReadOptions, readConfiguration } from '../serverless-yml/configuration.ts';
import type { EditedService, ReadEdited } from '../serverless-yml/edit/readable.ts';
import type { OslsConfiguration } from '../serverless-yml/osls/finding.ts';
import { type ReadResult, readServerlessYml } from '../serverless-yml/read.ts';
import { DEFAULTS } from '../service/defaults.ts';
import type { Env, Surroundings } from '../util/env.ts';
import { asText, isUnknown, propertyOf } from '../util/json.ts';
import { inQuotes } from '../util/text.ts';
import type { Dotenv } from './dotenv.ts';
import { readServiceFolder, type ServiceFolder } from './folder.ts';
import { serviceFiles } from './included-files.ts';
import { notAParam, valueIsLost } from './messages.ts';

/** Holds the options of the command line that affect how a service is read. */
export interface ServiceOptions {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  /** Each is `name=value`. */
  readonly param?: readonly string[] | undefined;
}

/** Holds a service's folder and all that its serverless.yml is read with. */
export interface Reading extends ServiceFolder {
  readonly options: ReadOptions;
  /** The variables that `useDotenv` loaded; undefined if it is not set. */
  readonly dotenv: Dotenv | undefined;
  /** The files, besides its own, that its variables name, relative to the root, with `/`. */
  readonly included: ReadonlySet<string>;
}

/** Holds a service that has been read from its folder. */
export interface ReadService extends Reading, ReadResult {}

/** Identifies this run, as osls does with `${sls:instanceId}`. */
const instanceId = String(Date.now());

/**
 * Reads the service that contains the folder, with the files that its variables name.
 *
 * @throws UserError when there is none, or when one of its files is invalid
 */
export async function readService(
  { cwd, env }: Surroundings,
  flags: ServiceOptions = {},
): Promise<ReadService> {
  return readServiceIn(await readServiceFolder(cwd), env, flags);
}

/** Reads a service whose serverless.yml is in memory already. */
export async function readServiceIn(
  folder: ServiceFolder,
  env: Env,
  flags: ServiceOptions = {},
): Promise<ReadService> {
  const reading = await openService(folder, env, flags);
  return { ...reading, ...readServerlessYml(reading.serverlessYml, reading.options) };
}

/**
 * Prepares what a service is read with: the files beside its serverless.yml, its parameters, and
 * its environment with the variables of `useDotenv`.
 */
export async function openService(
  folder: ServiceFolder,
  env: Env,
  { stage, region, param }: ServiceOptions,
): Promise<Reading> {
  const { root, file, serverlessYml } = folder;
  const { read, paths } = serviceFiles(root);
  const params = param && paramsOf(param);
  const options = { file, stage, region, params, env, read, instanceId };
  const dotenvStage = stageOfDotenv(serverlessYml, options);
  if (dotenvStage === undefined) return { ...folder, options, dotenv: undefined, included: paths };
  const { loadDotenv } = await import('./dotenv.ts');
  const dotenv = await loadDotenv(root, dotenvStage, env);
  return { ...folder, options: { ...options, env: dotenv.env }, dotenv, included: paths };
}

/**
 * Checks that the functions could be read.
 *
 * @throws UserError when they are somewhere that this program does not read
 */
export function requireFunctions({ functionsProblem }: Pick<ReadResult, 'functionsProblem'>): void {
  if (functionsProblem !== undefined) throw functionsProblem;
}

/**
 * Prepares a service for edits of its functions.
 *
 * @param check runs on the edited service, besides the check that it can be read
 */
export function toEdit(
  reading: ReadService,
  check: (configuration: OslsConfiguration) => void = () => {},
): EditedService {
  const { file, serverlessYml: text, options, configuration } = reading;
  const read: ReadEdited = (edited) => {
    const after = readEdited(reading, edited);
    check(after);
    return after.value;
  };
  return { file, text, include: options.read, configuration, read };
}

/**
 * Reads a service again with another text for one of its files.
 *
 * @throws UserError when it is invalid, or when one of its variables can no longer be resolved
 */
function readEdited(
  { file: own, serverlessYml, options, unknown: before }: ReadService,
  { file, text }: Parameters<ReadEdited>[0],
): OslsConfiguration {
  const read: ReadOptions['read'] = (named) => {
    const found = options.read?.(named);
    const isEdited = found !== undefined && 'path' in found && found.path === file;
    return isEdited ? { path: file, text } : found;
  };
  const isOwn = file === own;
  const { unknown, configuration } = readServerlessYml(isOwn ? text : serverlessYml, {
    ...options,
    read,
  });
  const lost = unknown.find((variable) => !before.includes(variable));
  if (lost === undefined) return configuration;
  throw new UserError(at(own, valueIsLost({ variable: lost })), 'write that value out first');
}

/** Returns the stage whose `.env` files are loaded, or undefined if `useDotenv` is not set. */
function stageOfDotenv(text: string, options: ReadOptions): string | undefined {
  if (!text.includes('useDotenv')) return undefined;
  const { useDotenv, provider } = readConfiguration(text, options).value;
  if (!useDotenv || isUnknown(useDotenv)) return undefined;
  const stage = options.stage ?? asText(propertyOf(provider, 'stage')) ?? DEFAULTS.stage;
  return isUnknown(stage) ? undefined : stage;
}

/** Parses the `--param` options. If a name is repeated, the last one wins. */
function paramsOf(given: readonly string[]): Record<string, string> {
  const entries = given.map((text) => {
    // The same pattern as in osls.
    const { key, value } = /(?<key>[^=]+)=(?<value>.+)/.exec(text)?.groups ?? {};
    if (key !== undefined && value !== undefined) return [key, value.trimEnd()];
    throw new UsageError(
      at('--param', notAParam({ value: inQuotes(text) })),
      '--param table=orders',
    );
  });
  return Object.fromEntries(entries);
}
