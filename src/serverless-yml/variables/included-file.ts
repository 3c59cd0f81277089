import type { Message } from '../../message.ts';
import { noSuchFile } from '../../util/messages.ts';
import { parseYaml, type YamlFile } from '../yaml-file.ts';
import { FromFile, type Lookup, Missing, Unknown, type VariableSource } from './lookup.ts';
import { isCode, namesNoFile } from './messages.ts';
import { coerced } from './parts.ts';

/** Holds a file that was read for a variable, or the reason why it was not. */
export type IncludedFile =
  | {
      /** Relative to the service's folder, with `/`. */
      readonly path: string;
      readonly text: string;
    }
  | { readonly problem: Message };

/**
 * Reads a file of the service. Returns undefined if it does not exist.
 *
 * @param path as the variable names it, relative to the service's folder
 */
export type ReadFile = (path: string) => IncludedFile | undefined;

/**
 * Resolves `file(path):address`. YAML and JSON files are parsed, others are text
 * (https://github.com/oss-serverless/osls/blob/main/lib/configuration/variables/sources/file.js).
 * Code is not run.
 */
export function fileSource(read: ReadFile, { follow }: Lookup): VariableSource {
  const contents = new Map<string, unknown>();
  return ({ parameters: [path], address }) => {
    if (typeof path !== 'string' || path === '') return new Unknown(namesNoFile());
    if (/\.c?js$/.test(path)) return new Unknown(isCode());
    const keys = coerced(address);
    if (typeof address === 'object' && keys === undefined && address !== null) return new Unknown();
    const file = read(path);
    if (file === undefined) return new Missing(noSuchFile());
    if ('problem' in file) return new Unknown(file.problem);
    if (!contents.has(file.path)) contents.set(file.path, contentOf(file.path, file.text));
    const content = contents.get(file.path);
    const origin = { file: file.path, path: keys ? keys.split('.') : [] };
    const found = follow(content, origin);
    const isFound = found !== undefined && found !== null && !(found instanceof Unknown);
    return isFound ? new FromFile(found, origin) : found;
  };
}

/** Parses a file that a variable names. Returns undefined if it cannot be read, or is not YAML. */
export function parseIncluded(read: ReadFile | undefined, path: string): YamlFile | undefined {
  const found = read?.(path);
  if (found === undefined || 'problem' in found || !isYaml(path)) return undefined;
  return parseYaml(found.text, path);
}

/** Parses a file if its name says it is YAML or JSON; otherwise returns it as text. */
function contentOf(path: string, text: string): unknown {
  return isYaml(path) ? parseYaml(text, path).value : text;
}

/** Returns whether a file is parsed as YAML, of which JSON is a subset. */
export const isYaml = (path: string): boolean => /\.(ya?ml|json|tfstate)$/.test(path);
