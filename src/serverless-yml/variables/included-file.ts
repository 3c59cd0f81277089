import { parseYaml } from '../yaml-file.ts';
import { FromFile, type Lookup, Missing, Unknown, type VariableSource } from './lookup.ts';
import { coerced } from './parts.ts';

/** A file that was read for a variable, or why it was not. */
export type IncludedFile =
  | {
      /** From the service's folder, with `/`. */
      readonly path: string;
      readonly text: string;
    }
  | { readonly problem: string };

/**
 * Reads a file of the service; undefined where there is none.
 *
 * @param path as a variable names it, from the service's folder
 */
export type ReadFile = (path: string) => IncludedFile | undefined;

/** Why files outside of the service's folder are not read, and what to do. */
export const OUTSIDE =
  "it is outside of the service's folder, where nothing is read: copy it into the folder, or set what is needed of it in .env or by --param";

/**
 * The source `file(path):address`: files of YAML and JSON; others are text
 * (https://github.com/oss-serverless/osls/blob/main/lib/configuration/variables/sources/file.js).
 * Code is not run.
 */
export function fileSource(read: ReadFile, { follow }: Lookup): VariableSource {
  const contents = new Map<string, unknown>();
  return ({ parameters: [path], address }) => {
    if (typeof path !== 'string' || path === '') return new Unknown('it names no file');
    if (/\.c?js$/.test(path)) {
      return new Unknown(
        'it is code, which is not run here: write its values as YAML or JSON, or set them in .env or by --param',
      );
    }
    const keys = coerced(address);
    if (typeof address === 'object' && keys === undefined && address !== null) return new Unknown();
    const file = read(path);
    if (file === undefined) return new Missing('there is no such file');
    if ('problem' in file) return new Unknown(file.problem);
    if (!contents.has(file.path)) contents.set(file.path, contentOf(file.path, file.text));
    const content = contents.get(file.path);
    const origin = { file: file.path, path: keys ? keys.split('.') : [] };
    const found = follow(content, origin);
    const isFound = found !== undefined && found !== null && !(found instanceof Unknown);
    return isFound ? new FromFile(found, origin) : found;
  };
}

/** What a file says: text, unless it is known to be more. */
function contentOf(path: string, text: string): unknown {
  return isYaml(path) ? parseYaml(text, path).value : text;
}

/** Whether a file is YAML, which JSON is too; any other is text. */
export const isYaml = (path: string): boolean => /\.(ya?ml|json|tfstate)$/.test(path);
