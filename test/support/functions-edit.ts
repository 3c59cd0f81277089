import { readConfiguration } from '../../src/serverless-yml/configuration.ts';
import * as edits from '../../src/serverless-yml/edit/functions.ts';
import type { EditedService } from '../../src/serverless-yml/edit/readable.ts';
import type { NewFunction } from '../../src/serverless-yml/edit/style.ts';

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

/** The text of a serverless.yml with a function more. */
export function addFunction(text: string, fn: NewFunction, { file }: { file: string }): string {
  return edits.addFunction(editedService({ [file]: text }, file), fn).after;
}

/** The text of a serverless.yml without the function; undefined where it has none. */
export function removeFunction(
  text: string,
  key: string,
  { file, force }: { file: string; force: boolean },
): string | undefined {
  return edits.removeFunction(editedService({ [file]: text }, file), key, { force })?.after;
}
