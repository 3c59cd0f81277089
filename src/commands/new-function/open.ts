import { loadDartParser } from '../../dart/main/parser.ts';
import { MAIN_FILE } from '../../dart/main/read.ts';
import { BY_HAND, foreignRuntime, runtimePackageOf } from '../../dart/main/runtime-package.ts';
import { UserError, withHint } from '../../errors.ts';
import type { Message } from '../../message.ts';
import type { OslsConfiguration } from '../../serverless-yml/osls/finding.ts';
import { oslsErrors } from '../../serverless-yml/osls/findings.ts';
import { readRecord } from '../../service/record.ts';
import { type EditableService, readEditableService } from '../../service-folder/editable.ts';
import { type ServiceModels, serviceModels } from '../../service-folder/models.ts';
import { type ReadService, readServiceIn, requireFunctions } from '../../service-folder/read.ts';
import type { Env } from '../../util/env.ts';
import * as messages from './messages.ts';

/**
 * Opens the service in the folder to add a function.
 *
 * @throws UserError when there is none, or when handlers for lib/runtime/ do not compile in it
 */
export async function openForFunction(cwd: string): Promise<EditableService> {
  const edited = await readEditableService(cwd);
  const found = await runtimePackageOf(edited.main, () => edited.package);
  if (found === undefined) return edited;
  throw new UserError(
    messages.otherRuntime({ problem: foreignRuntime(MAIN_FILE, found) }),
    BY_HAND,
  );
}

/** Finds the models of a service. */
export async function openModels({ root, record }: EditableService): Promise<ServiceModels> {
  return serviceModels(root, readRecord(record).models, await loadDartParser());
}

/** Reads the service, and what osls would refuse in it. */
export async function readForFunction(
  edited: EditableService,
  env: Env,
  { param }: { readonly param?: readonly string[] },
): Promise<{ readonly reading: ReadService; readonly warnings: readonly Message[] }> {
  const reading = await readServiceIn(edited, env, { param });
  requireFunctions(reading);
  const warnings = oslsErrors(reading.configuration).map(({ problem }) => withHint(problem));
  return { reading, warnings };
}

/** @throws UserError when osls would refuse the function */
export function requireAccepted(configuration: OslsConfiguration, key: string): void {
  const refused = oslsErrors(configuration).find((finding) => finding.path[1] === key);
  if (refused) throw refused.problem;
}
