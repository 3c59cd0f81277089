import type { CreateFile } from './changes/change-set.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Holds a folder of files to render. */
export interface Template {
  /**
   * Renders every file, replacing each `{{variable}}`.
   *
   * @throws Error when a variable is missing
   */
  render(variables: Variables): readonly CreateFile[];
  /**
   * Renders one file.
   *
   * @throws Error when there is no such file, or a variable is missing
   */
  text(path: string, variables: Variables): string;
}

/** The folders of `templates/`, as the build compiled them. */
const TEMPLATES = {
  client: () => import('./generated/client.js'),
  compatible: () => import('./generated/compatible.js'),
  completion: () => import('./generated/completion.js'),
  endpoint: () => import('./generated/endpoint.js'),
  'event-types': () => import('./generated/event-types.js'),
  events: () => import('./generated/events.js'),
  function: () => import('./generated/function.js'),
  package: () => import('./generated/package.js'),
  service: () => import('./generated/service.js'),
  shelf: () => import('./generated/shelf.js'),
};

/** Returns the template of a service: `service`, or one that differs from it in some files. */
export const templateOf = ({
  app,
  runtime,
}: {
  readonly app?: 'shelf';
  readonly runtime?: 'compatible' | 'package';
}): 'shelf' | 'compatible' | 'package' | 'service' => app ?? runtime ?? 'service';

/** Loads a template. */
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

/** What the build makes of a file; see `compile` in scripts/precompile-templates.mjs. */
export type Content = string | Parts | TemplateSpecification;
/** Text, a variable, text and so on. */
type Parts = readonly (string | Condition)[];
/** What a file has if the variable is given, and what if it is not. */
type Condition = readonly [variable: string, given: Parts, missing: Parts];

/** Makes the function that renders a file. It loads Handlebars only for a file that needs it. */
async function filler(content: Content): Promise<(variables: Variables) => string> {
  if (typeof content === 'string') return () => content;
  if (isParts(content)) return (variables) => join(content, variables);
  const { default: Handlebars } = await import('handlebars/runtime');
  return Handlebars.template(content);
}

const isParts = (content: Parts | TemplateSpecification): content is Parts =>
  Array.isArray(content);

function join(parts: Parts, variables: Variables): string {
  return parts
    .map((part, index) => {
      if (typeof part !== 'string') {
        const [variable, given, missing] = part;
        return join(isGiven(variables[variable]) ? given : missing, variables);
      }
      if (index % 2 === 0) return part;
      if (part in variables) return String(variables[part] ?? '');
      throw new Error(`the template has a variable ${part}, which it is not given`);
    })
    .join('');
}

/** As Handlebars has it, an empty list is none. */
const isGiven = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : Boolean(value);
