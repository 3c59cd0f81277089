import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { readServerlessYml } from '../service/serverless-yml.ts';
import { readServiceFolder } from '../tools/service-folder.ts';
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

/** All that is looked at, in the order in which it is told. */
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

/** What is examined, and by what. */
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

async function readService({ cwd, env, stage, region }: Subject): Promise<ServiceState> {
  const folder = await orUserError(() => readServiceFolder(cwd));
  if (folder instanceof UserError) return { kind: 'none', error: folder };
  const { root, serverlessYml } = folder;
  const options = { file: join(root, 'serverless.yml'), stage, region, env };
  const read = await orUserError(async () => readServerlessYml(serverlessYml, options));
  if (read instanceof UserError) return { kind: 'unreadable', root, error: read };
  return { kind: 'found', root, ...read };
}

async function orUserError<T>(action: () => Promise<T>): Promise<T | UserError> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
