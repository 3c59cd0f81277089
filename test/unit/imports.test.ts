import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';

/** The rooms of src/ and what each may import: `main -> cli -> commands -> ... -> errors`. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  api: ['api-types', 'local-types', 'commands', 'dart-sdk', 'options', 'tools'],
  'api-types': [],
  'local-types': [],
  main: ['cli', 'context', 'dart-sdk', 'ui', 'tools', 'service-folder', 'service'],
  cli: ['commands', 'context', 'options'],
  context: ['ui', 'tools'],
  commands: [
    ...'plan changes aws tools dart-sdk local doctor consistency'.split(' '),
    ...'contract explorer ui options service-folder service serverless-yml dart sample templates'.split(
      ' ',
    ),
  ],
  plan: ['changes', 'service', 'serverless-yml', 'dart', 'sample', 'templates'],
  changes: [],
  aws: ['service-folder', 'tools', 'service', 'serverless-yml'],
  local: ['service', 'serverless-yml', 'tools'],
  explorer: ['local'],
  doctor: ['aws', 'service-folder', 'tools', 'service', 'serverless-yml', 'dart'],
  contract: ['changes', 'consistency', 'service-folder', 'service', 'serverless-yml', 'dart'],
  consistency: ['changes', 'tools', 'service-folder', 'service', 'serverless-yml', 'dart'],
  'service-folder': ['changes', 'service', 'serverless-yml', 'dart', 'sample'],
  tools: ['changes', 'service', 'serverless-yml'],
  'dart-sdk': ['changes', 'tools', 'ui'],
  ui: ['options'],
  options: ['service'],
  dart: ['changes', 'service', 'sample', 'templates'],
  sample: ['service'],
  'serverless-yml': ['service'],
  service: [],
  templates: ['changes'],
  errors: [],
  message: [],
  util: [],
  version: [],
};
/** Everyone may import these, but of one another each only those before it. */
const GROUND = ['message', 'version', 'errors', 'util'];
const groundOf = (room: string): readonly string[] =>
  GROUND.includes(room) ? GROUND.slice(0, GROUND.indexOf(room)) : GROUND;
/** May be imported for their types only. */
const TYPES_ONLY: Record<string, readonly string[]> = {
  plan: ['templates'],
  api: ['api-types', 'local-types'],
  commands: ['api-types', 'local-types', 'context'],
  templates: ['changes'],
  dart: ['changes', 'templates'],
};

/** Rooms and files that only compute. */
const PURE =
  /^(plan|service|serverless-yml|sample|options|dart|contract)\/|^changes\/(change-set|diff)\.ts|^local\/gateway\/|^dart-sdk\/(address|archive|network-errors|proxy|zip-plan)\.ts/;
const IMPURE = /^(node:(fs|child_process|process|net|http|os)(\/|$)|execa|prompts|chalk)/;

/** A package, and the only place that imports it. */
const ONLY_IN: Record<string, RegExp> = {
  prompts: /^ui\/ask\.ts$/,
  chalk: /^ui\//,
  execa: /^tools\/run\.ts$/,
  'handlebars/runtime': /^templates\.ts$/,
  yaml: /^(serverless-yml\/|service\/(pins|pubspec)\.ts$)/,
  commander: /^cli\/(run|program)\.ts$/,
  'find-my-way': /^local\//,
  'web-tree-sitter': /^dart\/main\/parser\.ts$/,
  yauzl: /^dart-sdk\/unpack\.ts$/,
  'http-proxy-agent': /^dart-sdk\/connection\.ts$/,
  'https-proxy-agent': /^dart-sdk\/connection\.ts$/,
  'package-manager-detector': /^tools\/package-manager\.ts$/,
  diff: /^changes\/diff\.ts$/,
  'jsonc-parser': /^sample\//,
  'quicktype-core': /^dart\/model\/infer\.ts$/,
};

const src = fileURLToPath(new URL('../../src/', import.meta.url));

interface Import {
  readonly file: string;
  readonly target: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => path.split(sep).join('/'));

/** The imports of a module of that text: paths from src/ for its own files, names for packages. */
const importsOf = (file: string, text: string): Import[] => {
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[\w*{][^;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map((match) => {
    const name = match[2] ?? match[3] ?? '';
    const target = name.startsWith('.') ? posix.join(posix.dirname(file), name) : name;
    return { file, target, typeOnly: match[1] !== undefined };
  });
};

const imports: Import[] = files.flatMap((file) =>
  importsOf(file, readFileSync(join(src, file), 'utf8')),
);

const room = (path: string): string => (path.split('/')[0] as string).replace(/\.\w+$/, '');

/** The command that a file of commands/ belongs to: `commands/clean.ts`, `commands/dev/report.ts`. */
const commandOf = (path: string): string => (path.split('/')[1] as string).replace(/\.ts$/, '');

/** What several commands share: messages, the changes to a service, its client, and how a function is added. */
const SHARED = /^commands\/(messages\.ts$|make-changes\.ts$|kept-client\.ts$|new-function\/)/;

/** The imports of a command by another one. */
const betweenCommands = (all: readonly Import[]): Import[] =>
  all.filter(
    ({ file, target }) =>
      room(file) === 'commands' &&
      room(target) === 'commands' &&
      !SHARED.test(target) &&
      commandOf(file) !== commandOf(target),
  );

/** The circles of imports, types included: each the files that reach one another, by Tarjan. */
const circles = (all: readonly Pick<Import, 'file' | 'target'>[]): string[][] => {
  const targets = new Map<string, string[]>();
  for (const { file, target } of all) targets.set(file, [...(targets.get(file) ?? []), target]);
  const order = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const own = order.size;
    let lowest = own;
    order.set(file, own);
    stack.push(file);
    for (const target of targets.get(file) ?? []) {
      const seen = order.get(target);
      if (seen === undefined) lowest = Math.min(lowest, visit(target));
      else if (stack.includes(target)) lowest = Math.min(lowest, seen);
    }
    if (lowest === own) {
      const together = stack.splice(stack.indexOf(file));
      const importsItself = targets.get(file)?.includes(file) === true;
      if (together.length > 1 || importsItself) found.push(together.sort());
    }
    return lowest;
  };
  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return found;
};

/** The commands that have a name, and those that are run without one: by default, and by the shell. */
const NAMES = [...COMMANDS.map(({ name }) => name), 'create', 'complete'];

describe('imports of src/', () => {
  it('are found at all', () => {
    expect(imports.length).toBeGreaterThan(50);
  });

  it.each(files)('%s imports only from the rooms that it may', (file) => {
    const from = room(file);
    const wrong = imports
      .filter((entry) => entry.file === file && files.includes(entry.target))
      .filter(({ target, typeOnly }) => {
        const to = room(target);
        if (to === from) return false;
        if (groundOf(from).includes(to) || MAY_IMPORT[from]?.includes(to)) {
          return TYPES_ONLY[from]?.includes(to) === true && !typeOnly;
        }
        return !(typeOnly && TYPES_ONLY[from]?.includes(to));
      });
    expect(wrong).toEqual([]);
  });

  it('go in no circle, not even for types', () => {
    expect(circles(imports)).toEqual([]);
  });

  it('lead from no command to another', () => {
    expect(betweenCommands(imports)).toEqual([]);
  });

  const parts = files.filter((file) => room(file) === 'commands' && !SHARED.test(file));
  it.each(parts)('%s belongs to a command', (file) => {
    expect(NAMES).toContain(commandOf(file));
  });

  it('of pure rooms touch neither files nor processes nor the terminal', () => {
    const wrong = imports.filter(({ file, target }) => PURE.test(file) && IMPURE.test(target));
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(ONLY_IN))('of %s stand in one place', (name, where) => {
    const isPart = (target: string) => target === name || target.startsWith(`${name}/`);
    const users = imports.filter(({ target }) => isPart(target)).map(({ file }) => file);
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((file) => !where.test(file))).toEqual([]);
  });

  it('end with process.exit in main.ts alone', () => {
    const exit = /process\.exit(Code)?\b/;
    const exits = files.filter((file) => exit.test(readFileSync(join(src, file), 'utf8')));
    expect(exits).toEqual(['main.ts']);
  });
});

describe('the check of imports', () => {
  const graph = (modules: Record<string, string>): Import[] =>
    Object.entries(modules).flatMap(([file, text]) => importsOf(file, text));

  it('finds a circle of types, of what is loaded later and of exports', () => {
    const all = graph({
      'a/one.ts': "import type { B } from '../b/two.ts';",
      'b/two.ts': "export const c = () => import('./three.ts');",
      'b/three.ts': "export {\n  type A,\n  one,\n} from '../a/one.ts';\nimport yaml from 'yaml';",
      'b/four.ts': "import '../a/one.ts';",
      'b/five.ts': "import { five } from './five.ts';",
    });
    expect(circles(all)).toEqual([['a/one.ts', 'b/three.ts', 'b/two.ts'], ['b/five.ts']]);
  });

  it('finds two circles that share no file, and none where two ways lead to a file', () => {
    const both = graph({
      'a.ts': "import './b.ts';\nimport './c.ts';",
      'b.ts': "import './a.ts';\nimport './d.ts';",
      'c.ts': "import './d.ts';",
      'd.ts': "import './c.ts';",
    });
    expect(circles(both)).toEqual([
      ['c.ts', 'd.ts'],
      ['a.ts', 'b.ts'],
    ]);
    const apart = both.filter(({ file }) => file === 'a.ts' || file === 'c.ts');
    expect(circles(apart)).toEqual([]);
  });

  it('finds a command that imports another one, or a part of it', () => {
    const all = graph({
      'commands/remove-endpoint.ts': "import './remove/remove.ts';",
      'commands/remove/remove.ts': "import './report.ts';",
      'commands/remove/report.ts': "import type { A } from '../remove-endpoint.ts';",
      'commands/dev/dev.ts': "import './report.ts';\nimport '../remove/report.ts';",
    });
    expect(betweenCommands(all).map(({ file, target }) => [file, target])).toEqual([
      ['commands/remove-endpoint.ts', 'commands/remove/remove.ts'],
      ['commands/remove/report.ts', 'commands/remove-endpoint.ts'],
      ['commands/dev/dev.ts', 'commands/remove/report.ts'],
    ]);
  });
});

describe('files', () => {
  const most = { src: 260, test: 280, bench: 260, templates: 280 };
  it.each(Object.entries(most))('of %s/ have at most %i lines', (folder, most) => {
    const root = join(src, '..', folder);
    const long = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|mjs|cjs|dart)$/.test(path))
      .filter((path) => readFileSync(join(root, path), 'utf8').split('\n').length - 1 > most);
    expect(long).toEqual([]);
  });
});
