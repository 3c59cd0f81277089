import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAIN_FILE } from '../dart/main/read.ts';
import { foreignRuntime, MIGRATE, runtimePackageOf } from '../dart/main/runtime-package.ts';
import { pubspecName } from '../service/pubspec.ts';
import { corsWarning } from '../service-folder/cors.ts';
import { choseRuntimePackage } from '../service-folder/runtime-choice.ts';
import { type Check, findingOf, type Part } from './check.ts';
import { serviceWarnings } from './messages.ts';

export const serviceCheck: Check = {
  id: 'service',
  title: 'Service',
  async run({ service }) {
    switch (service.kind) {
      case 'none':
        return findingOf(service.error, 'warn');
      case 'unreadable':
        return findingOf(service.error, 'fail');
      case 'found': {
        const { name, stage } = service.service;
        const runtime = await runtimeWarning(service.root);
        const cors = await corsWarning(service.root, service.service);
        const { warnings, findings = [] } = service;
        const parts: Part[] = [
          ...findings.map(({ problem: { message, hint } }) => ({ detail: message, fix: hint })),
          ...warnings.map((detail) => ({ detail })),
          ...(cors ? [cors] : []),
          ...(runtime ? [{ detail: runtime, fix: MIGRATE }] : []),
        ];
        const summary = `${name}, stage ${stage}, in ${service.root}`;
        if (parts.length === 0) return { status: 'ok', detail: summary };
        const fixes = [...new Set(parts.flatMap(({ fix }) => fix ?? []))];
        return {
          status: findings.some(({ severity }) => severity === 'error') ? 'fail' : 'warn',
          detail: serviceWarnings({
            service: name,
            stage,
            folder: service.root,
            warnings: parts.map(({ detail }) => detail).join('; '),
          }),
          ...(fixes.length > 0 && { fix: fixes.join('; ') }),
          parts: [{ detail: summary }, ...parts],
        };
      }
    }
  },
};

/** Warns of a `Runtime` that comes from a package, unless the service was made so. */
async function runtimeWarning(root: string): Promise<string | undefined> {
  if (await choseRuntimePackage(root)) return undefined;
  // Another check reports missing files.
  const textOf = (path: string) => readFile(join(root, path), 'utf8').catch(() => '');
  const found = await runtimePackageOf(await textOf(MAIN_FILE), async () =>
    pubspecName(await textOf('pubspec.yaml')),
  );
  return found && foreignRuntime(MAIN_FILE, found);
}
