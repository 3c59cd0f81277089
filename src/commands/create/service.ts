import { basename, resolve } from 'node:path';
import type { CreatedService, CreateServiceOptions } from '../../api-types.ts';
import { defaultRegion } from '../../aws/config-files.ts';
import { applyCreate } from '../../changes/apply.ts';
import type { CreateFile } from '../../changes/change-set.ts';
import { readTarget, survey, type Target } from '../../changes/target.ts';
import { UsageError, UserError } from '../../errors.ts';
import type { Message } from '../../message.ts';
import { notTogether } from '../../options/messages.ts';
import { readFlags } from '../../options/option.ts';
import { planCreateService } from '../../plan/create-service.ts';
import { startedBy } from '../../service/package-manager.ts';
import { INTEGRATION_TIMEOUT, type ServiceSpec } from '../../service/service.ts';
import { loadTemplate, templateOf } from '../../templates.ts';
import { type Ask, answering, resolveArgument } from '../../ui/ask.ts';
import type { Surroundings } from '../../util/env.ts';
import { directoryArgument } from './directory.ts';
import { longTimeout, wouldOverwrite } from './messages.ts';
import { type CreateFlags, createOptions } from './options.ts';

/** Holds a service that is ready to be written. */
export interface PlannedService {
  readonly target: Target;
  readonly files: readonly CreateFile[];
  /** Whether an existing README is kept in place of the generated one. */
  readonly keepsReadme: boolean;
  /** The files that do not exist yet. */
  readonly missing: readonly CreateFile[];
  readonly warnings: readonly Message[];
}

/**
 * Creates a service without asking anything.
 *
 * @throws UserError when an option is invalid, or when a file would be overwritten
 */
export async function createService(
  { directory, architecture: arch, ...given }: CreateServiceOptions,
  surroundings: Surroundings,
): Promise<CreatedService> {
  const flags = readFlags(createOptions, { ...given, arch });
  const answers = await readAnswers(surroundings, directory, flags, undefined);
  const { target, missing, warnings } = await planService(surroundings.cwd, answers);
  await applyCreate(target, missing);
  const path = resolve(surroundings.cwd, directory);
  return { name: basename(path), directory: path, warnings };
}

export interface Answers {
  readonly directory: string;
  readonly spec: ServiceSpec;
}

/**
 * Reads the specification of a service from the flags, then from answers in the terminal, then
 * from the defaults.
 */
export async function readAnswers(
  { cwd, env }: Surroundings,
  given: string | undefined,
  flags: CreateFlags,
  ask: Ask | undefined,
): Promise<Answers> {
  const answer = answering(createOptions, flags, ask);
  const { directory, name } = await resolveArgument(directoryArgument(cwd), given, ask);
  const spec: ServiceSpec = {
    name,
    api: await answer('api'),
    architecture: await answer('arch'),
    region: flags.region ?? (await answer('region', { default: defaultRegion(env) })),
    memory: await answer('memory'),
    timeout: await answer('timeout'),
    ...kindOf(flags),
    packageManager: startedBy(env.npm_config_user_agent),
  };
  return { directory, spec };
}

/**
 * Returns what decides which files a service has.
 *
 * @throws UsageError when the options exclude each other
 */
export function kindOf({ shelf, runtime }: CreateFlags): Pick<ServiceSpec, 'app' | 'runtime'> {
  if (runtime === 'embedded') return shelf ? { app: 'shelf' } : {};
  if (!shelf) return { runtime };
  // An app has no handlers that the package, or the names of its classes, are for.
  throw new UsageError(
    notTogether({ option: '--shelf', otherOption: `--runtime ${runtime}` }),
    'leave one of them out',
  );
}

/**
 * Plans a service.
 *
 * @throws UserError when a file would be overwritten, or when the folder is not writable
 */
export async function planService(
  cwd: string,
  { directory, spec }: Answers,
  template = loadTemplate(templateOf(spec)),
): Promise<PlannedService> {
  const target = await readTarget(directory, cwd);
  const keepsReadme = hasReadme(target);
  const files = planCreateService(spec, await template, keepsReadme ? ['README.md'] : []);
  const { missing, conflicts } = await survey(target, files);
  if (conflicts.length > 0) throw conflictError(target, conflicts);
  return { target, files, keepsReadme, missing, warnings: warningsOf(spec) };
}

function warningsOf({ api, timeout }: ServiceSpec): readonly Message[] {
  const limit = INTEGRATION_TIMEOUT[api];
  return timeout <= limit ? [] : [longTimeout({ limit, timeout })];
}

/** Returns whether the folder has a README already, in any spelling. */
const hasReadme = ({ entries }: Target): boolean =>
  entries?.some((name) => /^readme(\.\w+)?$/i.test(name)) ?? false;

function conflictError(target: Target, conflicts: readonly string[]): UserError {
  const files = conflicts.map((path) => `  ${path}`).join('\n');
  return new UserError(
    wouldOverwrite({ folder: target.path, files }),
    'move them away, or choose another folder',
  );
}
