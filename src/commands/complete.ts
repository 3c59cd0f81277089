import type { Context } from '../context.ts';
import { listDartSdks } from '../dart-sdk/fetched.ts';
import { UserError } from '../errors.ts';
import type { ServiceFunction } from '../service/service.ts';
import { readService } from '../service-folder/read.ts';

/** The names that a service has, and this machine. */
export interface ServiceNames {
  function(): Promise<readonly string[]>;
  endpoint(): Promise<readonly string[]>;
  /** The versions of the Dart SDKs that were fetched. */
  sdk(): Promise<readonly string[]>;
}

/** The names of the current folder's service and of this machine, for the shell's completion. */
export function knownNames(context: Pick<Context, 'cwd' | 'env'>): ServiceNames {
  const functions = async (): Promise<readonly ServiceFunction[]> => {
    try {
      return (await readService(context)).service.functions;
    } catch (error) {
      // No service here, or a broken one: the Tab key is no place to say so.
      if (error instanceof UserError) return [];
      throw error;
    }
  };
  return {
    function: async () => (await functions()).map(({ key }) => key),
    endpoint: async () =>
      (await functions()).filter(({ events }) => events.length > 0).map(({ key }) => key),
    sdk: async () => (await listDartSdks(context)).map(({ version }) => version),
  };
}
