import type { CreateFile } from '../changes/change-set.ts';
import { dartPackageName } from '../service/names.ts';
import { checksums, type MadeService, RECORD_FILE, writeRecord } from '../service/record.ts';
import { INTEGRATION_TIMEOUT, type ServiceSpec } from '../service/service.ts';
import type { Template } from '../templates.ts';
import { VERSION, versionRange } from '../version.ts';

/**
 * Plans the files of a new service.
 *
 * @param without paths to leave out
 */
export function planCreateService(
  spec: ServiceSpec,
  template: Template,
  without: readonly string[] = [],
): readonly CreateFile[] {
  const { packageManager, ...answers } = spec;
  const { install, exec, dlx, files = {} } = packageManager;
  // The Makefile and the README name the package manager's commands.
  const variables = { ...answers, install, exec, dlx };
  const rendered = renderService(variables, template).filter(({ path }) => !without.includes(path));
  const made: MadeService = { version: VERSION, variables, files: checksums(rendered) };
  const more = Object.entries(files).map(([path, content]) => file(path, content));
  const record = writeRecord({ made, endpoints: new Map(), models: new Map() }) as string;
  return [...rendered, ...more, file(RECORD_FILE, record)];
}

/** The values that the template is rendered with; the service's record keeps them. */
export type ServiceVariables = Omit<ServiceSpec, 'packageManager'> &
  Readonly<Record<'install' | 'exec' | 'dlx', string>>;

/** Renders the files of the template. */
export function renderService(
  variables: ServiceVariables,
  template: Template,
): readonly CreateFile[] {
  const { name, api, app, runtime } = variables;
  return template.render({
    ...variables,
    // The version that the commands in the Makefile and the README start.
    version: versionRange(VERSION),
    dartPackage: dartPackageName(name),
    // The key of the event in serverless.yml.
    event: api === 'rest' ? 'http' : 'httpApi',
    // A REST API passes on bytes of these types only, and an app may take and return any.
    binary: app && api === 'rest',
    package: runtime === 'package',
    compatible: runtime === 'compatible',
    // The package reads the payload of a REST API only.
    payloadV1: runtime === 'package' && api === 'http',
    integrationTimeout: INTEGRATION_TIMEOUT[api],
  });
}

const file = (path: string, content: string): CreateFile => ({ kind: 'create', path, content });
