import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { basename, dirname } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars/runtime';
import type { CreateFile } from './changes/change-set.ts';
import { precompiled } from './templates.generated.js';

/** A folder of files to be filled in. */
export interface Template {
  /** The files with every `{{variable}}` replaced. Throws when one is not among the variables. */
  render(variables: Readonly<Record<string, unknown>>): readonly CreateFile[];
}

/** The folder `templates/` of this package: beside `src/` and beside the built `dist/`. */
const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url));

/** Reads a template, `service` for example. Its files lie as they are generated. */
export function loadTemplate(name: string): Template {
  const paths = listFiles(name);
  return {
    render: (variables) =>
      paths.map((path) => ({
        kind: 'create',
        path: generatedPath(path.slice(name.length + 1)),
        content: fill(path, variables),
      })),
  };
}

function listFiles(folder: string): string[] {
  return readdirSync(join(TEMPLATES, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? listFiles(path) : [path];
    });
}

/** npm leaves every `.gitignore` out of a package, so dot-files lie in it as `_gitignore`. */
function generatedPath(path: string): string {
  const name = basename(path);
  if (!name.startsWith('_')) return path;
  const folder = dirname(path);
  return `${folder === '.' ? '' : `${folder}/`}.${name.slice(1)}`;
}

function fill(path: string, variables: Readonly<Record<string, unknown>>): string {
  const specification = precompiled[path];
  if (specification === undefined) return readFileSync(join(TEMPLATES, path), 'utf8');
  return Handlebars.template(specification)(variables);
}
