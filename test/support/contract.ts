import { type ContractSources, contractOf } from '../../src/contract/contract.ts';
import { endpointFiles } from '../../src/dart/endpoint/files.ts';
import { NO_MODELS } from '../../src/dart/model/known.ts';
import { readSample } from '../../src/sample/sample.ts';
import type { Contract } from '../../src/service/contract.ts';
import { endpointMethod, endpointName, endpointPath } from '../../src/service/endpoint/rules.ts';
import type { HttpEvent } from '../../src/service/service.ts';
import { loadTemplate } from '../../src/templates.ts';

const template = await loadTemplate('endpoint');

/** An endpoint as `add-endpoint` takes it. */
export interface Added {
  readonly name: string;
  readonly method?: string;
  readonly path: string;
  readonly request?: string;
  readonly response?: string;
}

/** A handler and what calls it. */
export interface Handled {
  readonly key: string;
  readonly routes: readonly HttpEvent[];
  /** Undefined for one that is not found. */
  readonly handler?: { readonly name: string; readonly file: string } | undefined;
}

export const route = (method: string, path: string, api: HttpEvent['api'] = 'rest'): HttpEvent => ({
  ...{ api, method, path },
});

/** Writes the files of an endpoint, and says what calls its handler. */
export async function added({ name, method = 'GET', path, request = '', response = '' }: Added) {
  const verb = endpointMethod(method);
  const typed = endpointPath(path);
  const read = (text: string) =>
    text === '' ? undefined : readSample(text, { example: '{"id": 7}' });
  const spec = {
    ...{ key: endpointName(name), method: verb, path: typed.path, parameters: typed.parameters },
    ...{ request: read(request), response: read(response) },
  };
  const { files, registration } = await endpointFiles(spec, 'shop', template, NO_MODELS);
  const handled: Handled = {
    key: name,
    routes: [route(verb, typed.path)],
    handler: { name: registration.handler, file: `lib/${registration.library}` },
  };
  return { spec, handled, files: Object.fromEntries(files.map((one) => [one.path, one.content])) };
}

/** Reads the contract of a service with these handlers and files. */
export function contractIn(
  handled: readonly Handled[],
  files: Readonly<Record<string, string>>,
  { accessOf = () => ({}) }: Partial<Pick<ContractSources, 'accessOf'>> = {},
): Contract {
  const below = (folder: string) =>
    new Map(Object.entries(files).filter(([path]) => path.startsWith(folder)));
  return contractOf({
    ...{ service: 'shop', package: 'shop', accessOf },
    models: below('lib/models/'),
    tests: below('test/handlers/'),
    functions: handled.map(({ key, routes, handler }) => ({
      fn: {
        ...{ key, name: key, handler: `main.${key}`, timeout: 10, memory: 128 },
        ...{ architecture: 'arm64', environment: {}, events: routes },
      },
      registered: undefined,
      declared: handler && { library: files[handler.file] ?? '', name: handler.name },
      file: handler?.file,
      line: 1,
    })),
  });
}

/** Reads the contract of a service with endpoints as `add-endpoint` writes them. */
export async function contractWith(...endpoints: readonly Added[]): Promise<Contract> {
  const all = await Promise.all(endpoints.map(added));
  return contractIn(
    all.map(({ handled }) => handled),
    Object.assign({}, ...all.map(({ files }) => files)),
  );
}
