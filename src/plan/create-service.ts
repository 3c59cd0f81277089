import type { CreateFile } from '../changes/change-set.ts';
import { dartPackageName } from '../service/names.ts';
import { INTEGRATION_TIMEOUT, type ServiceSpec } from '../service/service.ts';
import type { Template } from '../templates.ts';

/** The files of a new service. Pure: the template comes in, the changes go out. */
export function planCreateService(spec: ServiceSpec, template: Template): readonly CreateFile[] {
  const { install, exec, dlx, files = {} } = spec.packageManager;
  const rendered = template.render({
    ...spec,
    // How the package manager is called, in the Makefile and the README.
    install,
    exec,
    dlx,
    dartPackage: dartPackageName(spec.name),
    // The name of the event in serverless.yml.
    event: spec.api === 'rest' ? 'http' : 'httpApi',
    integrationTimeout: INTEGRATION_TIMEOUT[spec.api],
  });
  const more = Object.entries(files).map(
    ([path, content]) => ({ kind: 'create', path, content }) as const,
  );
  return [...rendered, ...more];
}
