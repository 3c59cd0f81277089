import Handlebars from 'handlebars/runtime';
import type { CreateFile } from './changes/change-set.ts';

/** A folder of files to be filled in. */
export interface Template {
  /** The files with every `{{variable}}` replaced. Throws when one is not among the variables. */
  render(variables: Readonly<Record<string, unknown>>): readonly CreateFile[];
}

/** The folders of `templates/`, as the build has compiled them. */
const TEMPLATES = {
  completion: () => import('./generated/completion.js'),
  endpoint: () => import('./generated/endpoint.js'),
  events: () => import('./generated/events.js'),
  service: () => import('./generated/service.js'),
};

/** Loads a template. Its files lie as they are generated. */
export async function loadTemplate(name: keyof typeof TEMPLATES): Promise<Template> {
  const { files } = await TEMPLATES[name]();
  return {
    render: (variables) =>
      files.map(([path, content]) => ({
        kind: 'create',
        path,
        content: typeof content === 'string' ? content : Handlebars.template(content)(variables),
      })),
  };
}
