import { readConfiguration } from '../../src/serverless-yml/configuration.ts';
import * as edits from '../../src/serverless-yml/edit/functions.ts';
import { newFunctionApi } from '../../src/serverless-yml/edit/new-function-api.ts';
import type { EditedService } from '../../src/serverless-yml/edit/readable.ts';
import type { NewEndpoint } from '../../src/service/endpoint/problem.ts';

/** A service of these files, by their paths, which is read as every command reads one. */
export function editedService(
  files: Readonly<Record<string, string>>,
  file: string,
): EditedService {
  const meaningOf = (texts: Readonly<Record<string, string>>) =>
    readConfiguration(texts[file] ?? '', { file, env: {}, read: readFrom(texts) });
  return {
    ...{ file, text: files[file] ?? '', include: readFrom(files) },
    configuration: meaningOf(files),
    read: (edited) => meaningOf({ ...files, [edited.file]: edited.text }).value,
  };
}

/** Reads the files that variables name; there is no folder. */
export const readFrom = (files: Readonly<Record<string, string>>) => (named: string) => {
  const path = named.replace(/^\.\//, '');
  const text = files[path];
  return text === undefined ? undefined : { path, text };
};

/** A new function, whose API follows from those of the service. */
type GivenFunction = Omit<NewEndpoint, 'api'>;

/** The edit that adds a function, with the API that add-endpoint chooses for it. */
export function addTo(service: EditedService, fn: GivenFunction): edits.FileEdit {
  return edits.addFunction(service, { ...fn, api: newFunctionApi(service.configuration) });
}

/** The text of a serverless.yml with a function more. */
export function addFunction(text: string, fn: GivenFunction, { file }: { file: string }): string {
  return addTo(editedService({ [file]: text }, file), fn).after;
}

/** The text of a serverless.yml without the function; undefined where it has none. */
export function removeFunction(
  text: string,
  key: string,
  { file, force }: { file: string; force: boolean },
): string | undefined {
  return edits.removeFunction(editedService({ [file]: text }, file), key, { force })?.after;
}
