import { UserError } from '../errors.ts';
import { oslsFindings } from '../serverless-yml/osls/findings.ts';
import { findService } from '../service-folder/folder.ts';
import { readService as readServiceOf } from '../service-folder/read.ts';
import { oslsOf } from '../tools/osls.ts';
import { credentialsCheck, regionCheck } from './aws.ts';
import {
  type Check,
  type CheckContext,
  type Result,
  runCheck,
  type ServiceState,
} from './check.ts';
import { containerCheck } from './container.ts';
import { dartCheck } from './dart.ts';
import { downloadsCheck, packagesCheck } from './network.ts';
import { nodeCheck, npmCheck, oslsCheck } from './node.ts';
import { serviceCheck } from './service.ts';
import { diskCheck, makeCheck, portCheck } from './system.ts';
import { findToolchain } from './toolchain.ts';

/** All checks, in the order of the report. */
const CHECKS: readonly Check[] = [
  nodeCheck,
  npmCheck,
  serviceCheck,
  oslsCheck,
  dartCheck,
  packagesCheck,
  downloadsCheck,
  containerCheck,
  credentialsCheck,
  regionCheck,
  makeCheck,
  portCheck,
  diskCheck,
];

/** The input of an examination. */
export type Subject = Omit<CheckContext, 'service' | 'toolchain'>;

/** Runs all checks at once. */
export async function examine(subject: Subject): Promise<Result[]> {
  const service = await readService(subject);
  const serviceDir = service.kind === 'none' ? undefined : service.root;
  const context: CheckContext = {
    ...subject,
    service,
    toolchain: findToolchain(subject.env, subject.machine, { serviceDir }),
  };
  return Promise.all(CHECKS.map((check) => runCheck(check, context)));
}

async function readService(subject: Subject): Promise<ServiceState> {
  const folder = await orUserError(async () => findService(subject.cwd));
  if (folder instanceof UserError) return { kind: 'none', error: folder };
  const read = await orUserError(() => readServiceOf(subject, subject));
  if (read instanceof UserError) return { kind: 'unreadable', root: folder.root, error: read };
  // Another check reports a package.json that cannot be read.
  const osls = await orUserError(() => oslsOf(read.root));
  const findings = oslsFindings(read.configuration, {
    builds: true,
    osls: osls instanceof UserError ? undefined : osls,
  });
  return { kind: 'found', ...read, findings };
}

async function orUserError<T>(action: () => Promise<T>): Promise<T | UserError> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
