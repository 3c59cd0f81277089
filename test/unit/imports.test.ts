import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/** The rooms of src/ and what each may import: `main -> cli -> commands -> ... -> errors`. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  api: ['commands', 'context', 'dart-sdk', 'errors', 'tools', 'ui'],
  main: ['cli', 'context', 'dart-sdk', 'errors', 'ui', 'tools', 'service'],
  cli: ['commands', 'context', 'errors', 'service'],
  context: ['ui', 'tools'],
  commands: [
    'plan',
    'changes',
    'tools',
    'dart-sdk',
    'local',
    'doctor',
    'ui',
    'service',
    'dart',
    'templates',
  ],
  plan: ['changes', 'service', 'dart', 'templates'],
  changes: [],
  local: ['service', 'tools'],
  doctor: ['tools', 'service', 'dart'],
  tools: ['changes', 'service'],
  'dart-sdk': ['changes', 'tools', 'ui'],
  ui: [],
  dart: ['changes', 'service', 'templates'],
  service: [],
  templates: ['changes'],
  errors: [],
  words: [],
};
const EVERYONE_MAY_IMPORT = ['errors', 'words'];
/** May be imported for their types only. */
const TYPES_ONLY: Record<string, readonly string[]> = {
  plan: ['templates'],
  commands: ['context', 'cli'],
  templates: ['changes'],
  dart: ['changes', 'templates'],
};

/** Rooms and files that only compute. */
const PURE =
  /^(plan|service|dart)\/|^changes\/(change-set|diff)\.ts|^local\/gateway\/|^dart-sdk\/(address|archive|network-errors|proxy|zip-plan)\.ts/;
const IMPURE = /^(node:(fs|child_process|process|net|http|os)(\/|$)|execa|prompts|chalk)/;

/** A package, and the only place that imports it. */
const ONLY_IN: Record<string, RegExp> = {
  prompts: /^ui\/ask\.ts$/,
  chalk: /^ui\//,
  execa: /^tools\/run\.ts$/,
  'handlebars/runtime': /^templates\.ts$/,
  yaml: /^service\//,
  commander: /^cli(\.ts|\/program\.ts)$/,
  'find-my-way': /^local\//,
  'web-tree-sitter': /^dart\/parser\.ts$/,
  yauzl: /^dart-sdk\/unpack\.ts$/,
  'http-proxy-agent': /^dart-sdk\/connection\.ts$/,
  'https-proxy-agent': /^dart-sdk\/connection\.ts$/,
  diff: /^changes\/diff\.ts$/,
  'jsonc-parser': /^dart\//,
  'quicktype-core': /^dart\/infer\.ts$/,
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

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(src, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s)?(?:[\w*{][^;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map((match) => {
    const name = match[2] ?? match[3] ?? '';
    const target = name.startsWith('.')
      ? relative(src, normalize(join(src, file, '..', name)))
          .split(sep)
          .join('/')
      : name;
    return { file, target, typeOnly: match[1] !== undefined };
  });
});

const room = (path: string): string => (path.split('/')[0] as string).replace(/\.\w+$/, '');

/** `commands/dev` for itself and its parts, `commands/dev-report.ts`. */
const commandOf = (path: string): string | undefined =>
  files
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => `${name}.ts` === path || path.startsWith(`${name}-`))
    .sort((a, b) => a.length - b.length)[0];

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
        // No command imports another one, but dev.ts may have a dev-report.ts.
        if (to === from) return from === 'commands' && commandOf(target) !== commandOf(file);
        if (EVERYONE_MAY_IMPORT.includes(to) || MAY_IMPORT[from]?.includes(to)) {
          return TYPES_ONLY[from]?.includes(to) === true && !typeOnly;
        }
        return !(typeOnly && TYPES_ONLY[from]?.includes(to));
      });
    expect(wrong).toEqual([]);
  });

  it('of pure rooms touch neither files nor processes nor the terminal', () => {
    expect(imports.filter(({ file, target }) => PURE.test(file) && IMPURE.test(target))).toEqual(
      [],
    );
  });

  it.each(Object.entries(ONLY_IN))('of %s stand in one place', (name, where) => {
    const isPart = (target: string) => target === name || target.startsWith(`${name}/`);
    const users = imports.filter(({ target }) => isPart(target)).map(({ file }) => file);
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter((file) => !where.test(file))).toEqual([]);
  });

  it('end with process.exit in main.ts alone', () => {
    const exits = files.filter((file) =>
      /process\.exit(Code)?\b/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(exits).toEqual(['main.ts']);
  });
});

describe('files', () => {
  it.each([
    ['src', 260],
    ['test', 280],
    ['bench', 260],
    ['templates', 280],
  ])('of %s/ have at most %i lines', (folder, most) => {
    const root = join(src, '..', folder);
    const long = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(ts|mjs|cjs|dart)$/.test(path))
      .filter((path) => readFileSync(join(root, path), 'utf8').split('\n').length - 1 > most);
    expect(long).toEqual([]);
  });
});
