import type { CreateFile } from './changes/change-set.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A folder of files to be filled in. */
export interface Template {
  /** The files with every `{{variable}}` replaced. Throws when one is not among the variables. */
  render(variables: Variables): readonly CreateFile[];
  /** The text of one of its files, filled in likewise. Throws when it has no such file. */
  text(path: string, variables: Variables): string;
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
  const fillers = new Map(
    await Promise.all(files.map(async ([path, content]) => [path, await filler(content)] as const)),
  );
  return {
    render: (variables) =>
      [...fillers].map(([path, fill]) => ({ kind: 'create', path, content: fill(variables) })),
    text(path, variables) {
      const fill = fillers.get(path);
      if (fill === undefined) throw new Error(`the template ${name} has no file ${path}`);
      return fill(variables);
    },
  };
}

/** What makes a file of its variables. Handlebars is loaded for what it has compiled. */
async function filler(
  content: string | readonly string[] | TemplateSpecification,
): Promise<(variables: Variables) => string> {
  if (typeof content === 'string') return () => content;
  if (isParts(content)) return (variables) => join(content, variables);
  const { default: Handlebars } = await import('handlebars/runtime');
  return Handlebars.template(content);
}

const isParts = (
  content: readonly string[] | TemplateSpecification,
): content is readonly string[] => Array.isArray(content);

/** Text, a variable's name, text and so on, as the build has cut the file up. */
function join(parts: readonly string[], variables: Variables): string {
  return parts
    .map((part, index) => {
      if (index % 2 === 0) return part;
      if (part in variables) return String(variables[part]);
      throw new Error(`the template has a variable ${part}, which it is not given`);
    })
    .join('');
}
