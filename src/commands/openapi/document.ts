import type { OpenApiOptions } from '../../api-types.ts';
import { type OpenApiServer, openApiDocument } from '../../contract/openapi.ts';
import { readContract } from '../../contract/read.ts';
import type { Contract } from '../../service/contract.ts';
import { DEFAULT_ADDRESS } from '../../service/defaults.ts';
import { packageVersionIn } from '../../service-folder/package-name.ts';
import { type ReadService, readService, requireFunctions } from '../../service-folder/read.ts';
import type { Surroundings } from '../../util/env.ts';

/** The version of an API whose package has none. */
const NO_VERSION = '1.0.0';

/** The address of `dev`. */
export const LOCAL_SERVERS: readonly OpenApiServer[] = [
  {
    url: `http://${DEFAULT_ADDRESS.host}:${DEFAULT_ADDRESS.port}`,
    description: 'create-lambda-hello dev',
  },
];

/** An OpenAPI document, and the contract that it describes. */
export interface Described {
  readonly contract: Contract;
  readonly document: Readonly<Record<string, unknown>>;
}

/**
 * Describes the API of a service that has been read.
 *
 * @throws UserError when a Dart file that registers handlers is broken
 */
export async function describeService(
  read: ReadService,
  servers: readonly OpenApiServer[],
): Promise<Described> {
  requireFunctions(read);
  const [contract, version = NO_VERSION] = await Promise.all([
    readContract(read),
    packageVersionIn(read.root),
  ]);
  return { contract, document: openApiDocument(contract, { servers, version }) };
}

/**
 * Describes the API of a service, without asking or printing anything.
 *
 * @throws UserError when serverless.yml or a Dart file cannot be read
 */
export async function describeApi(
  { params: param, stage, region, servers }: Omit<OpenApiOptions, 'directory'>,
  surroundings: Surroundings,
): Promise<Described['document']> {
  const read = await readService(surroundings, { stage, region, param });
  const { document } = await describeService(
    read,
    servers?.map((url) => ({ url })) ?? LOCAL_SERVERS,
  );
  return document;
}
