import { readConsistency } from '../consistency/read.ts';
import { eventsOf, httpEvents } from '../serverless-yml/http-events.ts';
import type { Contract } from '../service/contract.ts';
import { MODELS } from '../service/record.ts';
import type { HttpEvent } from '../service/service.ts';
import { listDartFiles } from '../service-folder/dart-files.ts';
import { readTexts } from '../service-folder/editable.ts';
import type { ReadService } from '../service-folder/read.ts';
import { asText, recordOf } from '../util/json.ts';
import { contractOf } from './contract.ts';

/**
 * Reads the contract of a service from its folder.
 *
 * @throws UserError with file, line and column when a file that registers handlers is broken
 */
export async function readContract(read: ReadService): Promise<Contract> {
  const [{ functions, parser, packageName }, models] = await Promise.all([
    readConsistency(read),
    listDartFiles(read.root, MODELS).then((paths) => readTexts(read.root, paths)),
  ]);
  const { service, configuration } = read;
  const definitions = recordOf(configuration.value.functions);
  const authorizerOf = (key: string, route: HttpEvent) => authorizerIn(definitions[key], route);
  return contractOf(
    { service: service.name, package: packageName, functions, models, authorizerOf },
    parser,
  );
}

/** Finds the authorizer of a route in the definition of its function. */
function authorizerIn(definition: unknown, { method, path }: HttpEvent): string | undefined {
  for (const event of eventsOf(definition)) {
    const [route] = httpEvents([event], (problem) => new Error(problem));
    if (route?.method !== method || route.path !== path) continue;
    const { http, httpApi } = recordOf(event);
    const asked = recordOf(http ?? httpApi).authorizer;
    const { name, id, arn, type } = recordOf(asked);
    return asText(asked) ?? asText(name) ?? asText(type) ?? asText(id) ?? asText(arn);
  }
  return undefined;
}
