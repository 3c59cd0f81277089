import { readText } from '../../changes/text-file.ts';
import { foreignRuntime, MIGRATE, runtimePackageOf } from '../../dart/main/runtime-package.ts';
import { andTry, type Message } from '../../message.ts';
import type { Service } from '../../service/service.ts';
import { requirePackageName } from '../../service-folder/package-name.ts';
import { choseRuntimePackage } from '../../service-folder/runtime-choice.ts';
import { entryPointOf } from '../../tools/dart/commands.ts';

/**
 * Returns warnings for entry files whose `Runtime` comes from a package, unless the service was made
 * so: they are served as they are.
 */
export async function runtimeWarnings(
  root: string,
  { functions }: Service,
): Promise<readonly Message[]> {
  if (await choseRuntimePackage(root)) return [];
  const paths = [...new Set(functions.map(({ handler }) => entryPointOf(handler)))];
  const warnings = await Promise.all(
    paths.map(async (path) => {
      const text = await readText(root, path);
      const found = text && (await runtimePackageOf(text, () => requirePackageName(root)));
      return found ? [andTry(foreignRuntime(path, found), MIGRATE)] : [];
    }),
  );
  return warnings.flat();
}
