import { join } from 'node:path';
import { planCreateService } from '../../src/plan/create-service.ts';
import { NPM } from '../../src/service/package-manager.ts';
import type { ServiceSpec } from '../../src/service/service.ts';
import { loadTemplate, type Template } from '../../src/templates.ts';
import { writeTree } from './folders.ts';

const SPEC: ServiceSpec = {
  packageManager: NPM,
  name: 'shop',
  api: 'rest',
  architecture: 'arm64',
  region: 'eu-west-1',
  memory: 256,
  timeout: 10,
};

const USUAL = await loadTemplate('service');
const WITH_APP = await loadTemplate('shelf');
const ON_RUNTIME = {
  compatible: await loadTemplate('compatible'),
  package: await loadTemplate('package'),
};
const EVENT_TYPES = await loadTemplate('event-types');

/** The files of a new service. */
export function newService(
  spec: Partial<ServiceSpec> = {},
  without: readonly string[] = [],
): Record<string, string> {
  const template = spec.app ? WITH_APP : spec.runtime ? ON_RUNTIME[spec.runtime] : USUAL;
  const files = planCreateService({ ...SPEC, ...spec }, template, without);
  return Object.fromEntries(files.map(({ path, content }) => [path, content]));
}

/** The files of lib/runtime/ of a new service. */
export const runtimeFiles = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(newService()).filter(([path]) => path.startsWith('lib/runtime/')),
  );

const rendered = (template: Template): Record<string, string> =>
  Object.fromEntries(template.render({}).map(({ path, content }) => [path, content]));

/** The whole event library; a service has only the files that it uses. */
export const eventTypes = () => rendered(EVENT_TYPES);

/** Writes a new service into the folder, which is returned. */
export function writeService(folder: string, spec: Partial<ServiceSpec> = {}): string {
  const root = join(folder, 'shop');
  writeTree(root, newService(spec));
  return root;
}
