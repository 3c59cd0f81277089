import { listDartSdks } from '../dart-sdk/fetched.ts';
import { UserError } from '../errors.ts';
import type { ServiceFunction } from '../service/service.ts';
import { readService } from '../service-folder/read.ts';
import type { Surroundings } from '../util/env.ts';

/** Looks up names that a shell can complete. */
export interface ServiceNames {
  function(): Promise<readonly string[]>;
  endpoint(): Promise<readonly string[]>;
  /** Lists the versions of the Dart SDKs that were fetched. */
  sdk(): Promise<readonly string[]>;
}

/** Makes the lookup for the service in the current folder and for this machine. */
export function knownNames(surroundings: Surroundings): ServiceNames {
  const functions = async (): Promise<readonly ServiceFunction[]> => {
    try {
      return (await readService(surroundings)).service.functions;
    } catch (error) {
      // Pressing Tab is no occasion to report a missing or broken service.
      if (error instanceof UserError) return [];
      throw error;
    }
  };
  return {
    function: async () => (await functions()).map(({ key }) => key),
    endpoint: async () =>
      (await functions()).filter(({ events }) => events.length > 0).map(({ key }) => key),
    sdk: async () => (await listDartSdks(surroundings)).map(({ version }) => version),
  };
}
