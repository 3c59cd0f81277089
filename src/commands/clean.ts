import { BUILT, deleteBuilt } from '../changes/built.ts';
import type { Context } from '../context.ts';
import { readEditableService } from '../service-folder/editable.ts';

/** Deletes the build output of the service in the current folder. */
export async function clean({ cwd, out }: Context): Promise<void> {
  // In a service that is not in Dart, build/ may contain anything.
  const { root } = await readEditableService(cwd);
  await deleteBuilt(root);
  out.result(`Deleted ${BUILT.join(', ')}.`);
}
