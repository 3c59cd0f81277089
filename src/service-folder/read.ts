import { UsageError, UserError } from '../errors.ts';
import { type ReadOptions, readConfiguration } from '../serverless-yml/configuration.ts';
import type { EditedService, ReadEdited } from '../serverless-yml/edit/readable.ts';
import type { OslsConfiguration } from '../serverless-yml/osls/finding.ts';
import { type ReadResult, readServerlessYml } from '../serverless-yml/read.ts';
import { DEFAULTS } from '../service/defaults.ts';
import type { Env } from '../util/env.ts';
import { asText, isUnknown, propertyOf } from '../util/json.ts';
import type { Dotenv } from './dotenv.ts';
import { readServiceFolder, type ServiceFolder } from './folder.ts';
import { serviceFiles } from './included-files.ts';

/** What of the command line a service is read with. */
export interface ServiceOptions {
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  /** Each `name=value`. */
  readonly param?: readonly string[] | undefined;
}

/** A service's folder, and what its serverless.yml is read with. */
export interface Reading extends ServiceFolder {
  readonly options: ReadOptions;
  /** What `useDotenv` has found for the service; undefined where it is not set. */
  readonly dotenv: Dotenv | undefined;
  /** Besides its own file: all that its variables were looked for in, from the root with `/`. */
  readonly included: ReadonlySet<string>;
}

/** A service as its serverless.yml tells. */
export interface ReadService extends Reading, ReadResult {}

/** Of this run, as osls has one. */
const instanceId = String(Date.now());

/**
 * Reads the service that the folder belongs to, with the files that its variables name.
 *
 * @throws UserError when there is none, or when a file of it is wrong
 */
export async function readService(
  { cwd, env }: { readonly cwd: string; readonly env: Env },
  flags: ServiceOptions = {},
): Promise<ReadService> {
  return readServiceIn(await readServiceFolder(cwd), env, flags);
}

/** The same of a service whose serverless.yml has been read. */
export async function readServiceIn(
  folder: ServiceFolder,
  env: Env,
  flags: ServiceOptions = {},
): Promise<ReadService> {
  const reading = await openService(folder, env, flags);
  return { ...reading, ...readServerlessYml(reading.serverlessYml, reading.options) };
}

/**
 * What a service is read with: the files beside its serverless.yml, its parameters, and its
 * environment, which `useDotenv` adds to.
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
 * Makes sure that there are functions to work with.
 *
 * @throws UserError when they are somewhere that is not read here
 */
export function requireFunctions({ functionsProblem }: Pick<ReadResult, 'functionsProblem'>): void {
  if (functionsProblem !== undefined) throw functionsProblem;
}

/**
 * The service as its functions are edited.
 *
 * @param check what is asked of the edited service besides that it can be read
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
 * Reads a service with another text of one of its files as it was read before.
 *
 * @throws UserError when it is wrong, or when a variable in it has lost its value
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
  throw new UserError(
    `${own}: ${lost} would have no value any more.`,
    'write that value out first',
  );
}

/** The stage whose `.env` files are to be loaded; undefined where none are. */
function stageOfDotenv(text: string, options: ReadOptions): string | undefined {
  if (!text.includes('useDotenv')) return undefined;
  const { useDotenv, provider } = readConfiguration(text, options).value;
  if (!useDotenv || isUnknown(useDotenv)) return undefined;
  const stage = options.stage ?? asText(propertyOf(provider, 'stage')) ?? DEFAULTS.stage;
  return isUnknown(stage) ? undefined : stage;
}

/** The parameters of the command line by their names; of one that is there twice the last counts. */
function paramsOf(given: readonly string[]): Record<string, string> {
  const entries = given.map((text) => {
    // The pattern of osls.
    const { key, value } = /(?<key>[^=]+)=(?<value>.+)/.exec(text)?.groups ?? {};
    if (key !== undefined && value !== undefined) return [key, value.trimEnd()];
    throw new UsageError(`--param: "${text}" is not name=value.`, '--param table=orders');
  });
  return Object.fromEntries(entries);
}
