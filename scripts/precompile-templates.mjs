// Turns each folder of templates/ into a module of src/generated/, with the templates compiled to
// JavaScript. Reading and compiling them at run time took a fifth of the time of `create`.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';

const templates = fileURLToPath(new URL('../templates/', import.meta.url));
const generated = fileURLToPath(new URL('../src/generated/', import.meta.url));
const options = { strict: true, noEscape: true };

/**
 * Lists the files below a folder, in the same order on every machine.
 *
 * @param {string} folder
 * @returns {string[]} paths in it
 */
function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? listFiles(join(folder, entry.name)).map((path) => `${entry.name}/${path}`)
        : [entry.name],
    );
}

/**
 * Renames `_gitignore`, which as `.gitignore` would apply to templates/ itself.
 *
 * @param {string} path
 */
function generatedPath(path) {
  const name = basename(path);
  return name.startsWith('_') ? join(dirname(path), `.${name.slice(1)}`) : path;
}

/**
 * Compiles a file: to a string if it has no variables, or to a list (text, the name of a variable,
 * text and so on) if it has only variables and `{{#if variable}}`, which is a list in the place of
 * a variable: its name and two such lists. Any other file becomes a compiled template, which takes
 * longer to run; `create` needs none.
 *
 * @param {string} path
 * @param {string} source
 */
function compile(path, source) {
  // Scripts contain braces of their own; they are copied unchanged.
  if (!source.includes('{{') || path.endsWith('.mjs')) return JSON.stringify(source);
  const parts = partsOf(Handlebars.parse(source).body);
  return parts === undefined ? Handlebars.precompile(source, options) : JSON.stringify(parts);
}

/**
 * @param {hbs.AST.Statement[]} statements
 * @returns {unknown[] | undefined}
 */
function partsOf(statements) {
  /** @type {unknown[]} */
  const parts = [''];
  for (const statement of statements) {
    if (statement.type === 'ContentStatement') {
      parts.push(parts.pop() + /** @type {hbs.AST.ContentStatement} */ (statement).value);
      continue;
    }
    const part =
      statement.type === 'BlockStatement'
        ? conditionOf(/** @type {hbs.AST.BlockStatement} */ (statement))
        : variableOf(/** @type {hbs.AST.MustacheStatement} */ (statement));
    if (part === undefined) return undefined;
    parts.push(part, '');
  }
  return parts;
}

/** @param {hbs.AST.MustacheStatement} statement */
function variableOf({ type, path, params, hash }) {
  if (type !== 'MustacheStatement' || params.length > 0 || hash) return undefined;
  return nameOf(path);
}

/** @param {hbs.AST.BlockStatement} statement */
function conditionOf({ path, params, hash, program, inverse }) {
  const [variable] = params;
  if (path.original !== 'if' || params.length !== 1 || hash) return undefined;
  const name = variable && nameOf(variable);
  const [given, missing] = [partsOf(program.body), partsOf(inverse?.body ?? [])];
  return name && given && missing && [name, given, missing];
}

/** @param {hbs.AST.Expression | hbs.AST.Literal} expression */
function nameOf(expression) {
  if (expression.type !== 'PathExpression') return undefined;
  return /** @type {hbs.AST.PathExpression} */ (expression).original;
}

/**
 * Templates that have files of others too, except for those that match and those that they have
 * themselves.
 *
 * @type {Record<string, { of: string[], without?: RegExp }>}
 */
const MORE = {
  // It imports the whole event library.
  compatible: { of: ['service', 'event-types'] },
  // Its own runtime, and the code that uses it.
  package: { of: ['service'], without: /^(lib|test\/handlers)\// },
  // The code of endpoints, and its tests.
  shelf: { of: ['service'], without: /^(lib\/(handlers|models)|test)\// },
};

rmSync(generated, { recursive: true, force: true });
mkdirSync(generated);
for (const name of readdirSync(templates)) {
  const own = listFiles(join(templates, name));
  const entries = own.map((path) => {
    const source = readFileSync(join(templates, name, path), 'utf8');
    return `[${JSON.stringify(generatedPath(path))}, ${compile(path, source)}]`;
  });
  const { of: others = [], without } = MORE[name] ?? {};
  const there = JSON.stringify(own.map(generatedPath));
  const isLeft = `${without ? `!${without}.test(path) && ` : ''}!${there}.includes(path)`;
  const shared = others.map((_, index) => `...others${index}.filter(([path]) => ${isLeft})`);
  const imports = others.map(
    (other, index) => `import { files as others${index} } from './${other}.js';\n`,
  );
  writeFileSync(
    join(generated, `${name}.js`),
    `// @ts-nocheck Made of templates/${name}/ by precompile-templates.mjs.
${imports.join('')}\
/** @type {[path: string, content: import('../templates.ts').Content][]} */
export const files = [\n${[...shared, ...entries].join(',\n')}\n];\n`,
  );
}
