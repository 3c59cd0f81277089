import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseAst } from 'vitest/node';

/** Stands for what is only known when the program runs. */
export const HOLE = '<>';

/** A text of the source, whole, however it is put together there. */
export interface SourceText {
  /** `src/cli.ts:66`. */
  readonly place: string;
  /** With a {@link HOLE} for each value. */
  readonly text: string;
  /** `error`: what an error says; `other`: a hint, a note or a question; `text`: the source does not tell. */
  readonly use: 'error' | 'text' | 'other';
}

/** A node of the syntax tree, as ESTree has it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** A node with the nodes around it, the closest one first. */
interface Place {
  readonly node: Node;
  readonly around: readonly Node[];
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const WRAPPERS = new Set([
  'ParenthesizedExpression',
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
]);

/** The texts of the files, and of those in the folders that have one of the extensions. */
export function textsOf(
  root: string,
  paths: readonly string[],
  read: (file: string, source: string) => SourceText[],
  extensions: readonly string[],
): SourceText[] {
  return paths
    .flatMap((path) => (extensions.some((e) => path.endsWith(e)) ? [path] : list(root, path)))
    .filter((file) => extensions.some((extension) => file.endsWith(extension)))
    .flatMap((file) => read(file, readFileSync(join(root, file), 'utf8')));
}

function list(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .sort();
}

/** The texts in a file: each whole, however it is put together. */
export function textsIn(file: string, source: string): SourceText[] {
  const program = parseAst(source, { lang: 'ts' }) as unknown as Node;
  const places = [...walk(program, [])];
  return places.filter(isText).flatMap((place) => {
    const line = source.slice(0, place.node.start).split('\n').length;
    const use = useOf(place);
    return variantsOf(place).map((text) => ({ place: `${file}:${line}`, text, use }));
  });
}

function* walk(node: Node, around: readonly Node[]): Generator<Place> {
  // Types hold no texts, and the names of modules and properties are none.
  if (/^TS(Type|Interface|Literal)/.test(node.type) && node.type !== 'TSTypeAssertion') return;
  if (/^(Import|Export(All|Named))Declaration$/.test(node.type) && !node.declaration) return;
  yield { node, around };
  for (const [key, value] of Object.entries(node)) {
    if (key === 'key' && node.computed !== true) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk(child, [node, ...around]);
    }
  }
}

/** What a text is put together of. */
function partsOf(node: Node): readonly unknown[] {
  switch (node.type) {
    case 'TemplateLiteral':
      return node.expressions as Node[];
    case 'BinaryExpression':
      return node.operator === '+' ? [node.left, node.right] : [];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate];
    default:
      return WRAPPERS.has(node.type) ? [node.expression] : [];
  }
}

function isTextual(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === 'TemplateLiteral') return true;
  if (node.type === 'Literal') return typeof node.value === 'string';
  return partsOf(node).some(isTextual);
}

/** Whether it is a text as a whole, and not a part of a longer one; what may be left out is one too. */
function isText({ node, around: [parent] }: Place): boolean {
  if (!isTextual(node) || node.value === '') return false;
  const isPart = parent !== undefined && isTextual(parent) && partsOf(parent).includes(node);
  return !isPart || partsOf(parent).some((other) => isNode(other) && other.value === '');
}

/** All that the text can be, where the source alone tells. */
function variantsOf({ node, around }: Place): readonly string[] {
  const variants = (part: unknown): readonly string[] => {
    if (!isNode(part)) return [HOLE];
    switch (part.type) {
      case 'Literal':
        return [String(part.value)];
      case 'TemplateLiteral': {
        const quasis = (part.quasis as { value: { cooked: string } }[]).map((q) => q.value.cooked);
        return combine(
          quasis.flatMap((text, i) => {
            const value = (part.expressions as Node[])[i];
            return value === undefined ? [[text]] : [[text], variants(value)];
          }),
        );
      }
      case 'Identifier': {
        const value = constantOf(part.name as string, around);
        if (value === undefined || !(isTextual(value) || value.type === 'Literal')) return [HOLE];
        return variants(value);
      }
      case 'ConditionalExpression': {
        const both = partsOf(part);
        const texts = both.flatMap(variants);
        // Not each of them with and without what may be left out.
        const isOptional = texts.includes('') || both.some((each) => nameOf(each) === 'undefined');
        return isOptional && part !== node ? [HOLE] : texts;
      }
      case 'BinaryExpression':
        return isTextual(part) ? combine(partsOf(part).map(variants)) : [HOLE];
      default:
        return WRAPPERS.has(part.type) ? variants(part.expression) : [HOLE];
    }
  };
  return variants(node);
}

const combine = (parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>(
    (texts, part) => texts.flatMap((text) => part.map((more) => text + more)),
    [''],
  );

/** What the constant of that name is set to, in the closest block that has one. */
function constantOf(name: string, around: readonly Node[]): Node | undefined {
  for (const { body, params, type } of around) {
    const names = (Array.isArray(params) ? params : []).filter(isNode);
    if (names.some((param) => param.name === name)) return undefined;
    if (type !== 'BlockStatement' && type !== 'Program') continue;
    for (const statement of body as Node[]) {
      const declaration = isNode(statement.declaration) ? statement.declaration : statement;
      if (declaration.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue;
      for (const { id, init } of declaration.declarations as { id: Node; init: unknown }[]) {
        if (id.name === name) return isNode(init) ? init : undefined;
      }
    }
  }
  return undefined;
}

/** Functions that are given texts which are no messages. */
const NOTES = /^(note|result|detail|notice|words|waitFor)$/;
/** What such texts are called: properties, variables, and functions that return them. */
const OTHERS =
  /^((log)?hint|(default)?help|question|fix(WhenSlow)?|suggestion|example|usage|title|flag|command|install(_dart)?|upgrade_dart|add|exec|dlx|configure|elsewhere|renew|startEngine|removeFirst|awsCommand)$/i;

/** What is done with the text, by what is around it. */
function useOf({ node, around }: Place): SourceText['use'] {
  let child = node;
  for (const [index, parent] of around.entries()) {
    const args = (Array.isArray(parent.arguments) ? parent.arguments : []) as Node[];
    const callee = nameOf(parent.callee);
    if (parent.type === 'NewExpression' && callee === 'Error') return 'other';
    if (parent.type === 'NewExpression' && /Error$/.test(callee) && callee !== 'InvokeError') {
      if (args[0] !== child) return 'other';
      return child === node ? 'error' : 'text';
    }
    if (NOTES.test(callee)) return 'other';
    // fail(message, hint), whatever comes before.
    if (callee === 'fail' && args.filter(isTextual).indexOf(child) > 0) return 'other';
    if (OTHERS.test(nameOf(parent.key ?? parent.id))) return 'other';
    if (parent.type === 'Property' && isQuestionOrPraise(parent, around[index + 1])) return 'other';
    if (/Function/.test(parent.type)) return 'text';
    child = parent;
  }
  return 'text';
}

/** The message of a prompt, or the detail of a finding that all is well. */
function isQuestionOrPraise(property: Node, object: Node | undefined): boolean {
  const others = (object?.properties ?? []) as Node[];
  const has = (name: string, value?: string) =>
    others.some(
      ({ key, value: given }) =>
        nameOf(key) === name && (value === undefined || (given as Node).value === value),
    );
  switch (nameOf(property.key)) {
    case 'message':
      return has('flag') || has('initial');
    case 'detail':
      return has('status', 'ok');
    default:
      return false;
  }
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'MemberExpression') return nameOf(node.property);
  return typeof node.name === 'string' ? node.name : '';
}

/** The texts in a Dart file. */
export function dartTextsIn(file: string, source: string): SourceText[] {
  const code = source
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\$\{(?:[^{}']|'[^']*')*\}|\$\w+/g, HOLE);
  // Texts that follow one another are one text.
  return [...code.matchAll(/'(?:[^'\\\n]|\\.)*'(?:\s*'(?:[^'\\\n]|\\.)*')*/g)].map(
    ({ 0: literals, index }) => ({
      place: `${file}:${code.slice(0, index).split('\n').length}`,
      text: literals.replace(/'\s*'/g, '').slice(1, -1),
      use: 'text',
    }),
  );
}
