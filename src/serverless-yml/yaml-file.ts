import { type Document, LineCounter, parseDocument } from 'yaml';
import { UserError } from '../errors.ts';
import { checkValues } from './yaml-values.ts';

/** A parsed YAML file. */
export interface YamlFile {
  readonly document: Document;
  /** What it says, with aliases and merge keys resolved as osls resolves them. */
  readonly value: unknown;
  /** File, line and column of an offset: `serverless.yml:3:5`. */
  readonly at: (offset: number) => string;
}

/** CloudFormation's short forms of functions of one text: `!Ref Table` is `{ Ref: 'Table' }`. */
const INTRINSICS = ['Ref', 'Condition', 'GetAtt', 'ImportValue', 'Sub', 'GetAZs'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) => ({
    [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: text,
  }),
}));

/** What was parsed last of each file: a command looks at the same one from several sides. */
const last = new Map<string, { readonly text: string; readonly parsed: YamlFile }>();

/**
 * Parses a file of YAML, or of JSON where its name ends so. The result is shared: it must not be changed.
 *
 * @param file how messages name it
 * @throws UserError naming line and column when it is broken
 */
export function parseYaml(text: string, file: string): YamlFile {
  const before = last.get(file);
  if (before?.text === text) return before.parsed;
  const parsed = file.endsWith('.json') ? parseJson(text, file) : parse(text, file);
  last.set(file, { text, parsed });
  return parsed;
}

/** JSON is YAML, but for keys that are there twice. */
function parseJson(text: string, file: string): YamlFile {
  try {
    const value: unknown = JSON.parse(text);
    return { ...parse(text, file, { uniqueKeys: false }), value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(`${file}: it is not JSON: ${error.message}.`, 'correct it there');
  }
}

function parse(text: string, file: string, options: { uniqueKeys?: boolean } = {}): YamlFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    ...options,
    lineCounter,
    prettyErrors: false,
    merge: true,
    customTags: INTRINSICS,
  });
  const at = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken) {
    if (broken.code === 'RESOURCE_EXHAUSTION') throw tooDeep(file);
    throw new UserError(
      `${at(broken.pos[0])}: ${broken.message.replace(/\.?$/, '.')}`,
      'correct that line; YAML is indented with spaces',
    );
  }
  try {
    checkValues(document, ({ range }) => (range ? at(range[0]) : file));
    // What aliases come to has been counted.
    return { document, value: document.toJS({ maxAliasCount: -1 }), at };
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file);
    throw error;
  }
}

/** Recursion, the parser's or ours, has no room left. */
const tooDeep = (file: string): UserError =>
  new UserError(`${file}: it is nested too deeply.`, 'take out the brackets that are not closed');
