import type { CreateFile } from '../changes/change-set.ts';
import { dartPackageName } from '../service/names.ts';
import { INTEGRATION_TIMEOUT, type ServiceSpec } from '../service/service.ts';
import type { Template } from '../templates.ts';

/** The files of a new service. Pure: the template comes in, the changes go out. */
export function planCreateService(spec: ServiceSpec, template: Template): readonly CreateFile[] {
  return template.render({
    ...spec,
    dartPackage: dartPackageName(spec.name),
    // The name of the event in serverless.yml.
    event: spec.api === 'rest' ? 'http' : 'httpApi',
    integrationTimeout: INTEGRATION_TIMEOUT[spec.api],
  });
}
