import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What `build`, osls and Dart make, and make again. */
export const BUILT = ['build', '.serverless', '.dart_tool'];

/** Deletes what was built in a service. A link is deleted itself, not what it leads to. */
export async function deleteBuilt(root: string): Promise<void> {
  for (const name of BUILT) await rm(join(root, name), { recursive: true, force: true });
}
