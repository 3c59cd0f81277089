import { readConsistency } from '../consistency/read.ts';
import type { Contract } from '../service/contract.ts';
import { MODELS } from '../service/record.ts';
import type { HttpEvent } from '../service/service.ts';
import { listDartFiles } from '../service-folder/dart-files.ts';
import { readTexts } from '../service-folder/editable.ts';
import type { ReadService } from '../service-folder/read.ts';
import { recordOf } from '../util/json.ts';
import { accessIn } from './access.ts';
import { contractOf } from './contract.ts';

/** Where add-endpoint writes the tests of handlers. */
const TESTS = 'test/handlers/';

/**
 * Reads the contract of a service from its folder.
 *
 * @throws UserError with file, line and column when a file that registers handlers is broken
 */
export async function readContract(read: ReadService): Promise<Contract> {
  const [{ functions, packageName }, models, tests] = await Promise.all([
    readConsistency(read),
    listDartFiles(read.root, MODELS).then((paths) => readTexts(read.root, paths)),
    listDartFiles(read.root, TESTS).then((paths) => readTexts(read.root, paths)),
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
