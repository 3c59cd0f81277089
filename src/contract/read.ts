import type { ChangeSet } from '../changes/change-set.ts';
import { readConsistency } from '../consistency/read.ts';
import type { Contract } from '../service/contract.ts';
import { MODELS } from '../service/record.ts';
import type { HttpEvent } from '../service/service.ts';
import { readDartFolder } from '../service-folder/changed.ts';
import type { ReadService } from '../service-folder/read.ts';
import { recordOf } from '../util/json.ts';
import { accessIn } from './access.ts';
import { contractOf } from './contract.ts';

/** Where add-endpoint writes the tests of handlers. */
const TESTS = 'test/handlers/';

/**
 * Reads the contract of a service from its folder.
 *
 * @param changes to its Dart files, which count as made
 * @throws UserError with file, line and column when a file that registers handlers is broken
 */
export async function readContract(read: ReadService, changes: ChangeSet = []): Promise<Contract> {
  const [{ functions, packageName }, models, tests] = await Promise.all([
    readConsistency(read, changes),
    readDartFolder(read.root, MODELS, changes),
    readDartFolder(read.root, TESTS, changes),
  ]);
  const { service, configuration } = read;
  const { functions: definitions, provider } = configuration.value;
  const accessOf = (key: string, route: HttpEvent) =>
    accessIn(recordOf(definitions)[key], route, recordOf(provider));
  return contractOf({
    ...{ service: service.name, package: packageName },
    ...{ functions, models, tests, accessOf },
  });
}
