import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The folders of build results, which `build`, osls and Dart make again. */
export const BUILT = ['build', '.serverless', '.dart_tool'];

/** Deletes the build results of a service. Does not follow links. */
export async function deleteBuilt(root: string): Promise<void> {
  for (const name of BUILT) await rm(join(root, name), { recursive: true, force: true });
}
