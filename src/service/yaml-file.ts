import { type Document, LineCounter, parseDocument } from 'yaml';
import { UserError } from '../errors.ts';
import { yamlProblem } from './yaml-aliases.ts';

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

/** The file that was parsed last: a command looks at the same one from several sides. */
let last: { readonly text: string; readonly file: string; readonly parsed: YamlFile } | undefined;

/**
 * Parses a YAML file. The result is shared: it must not be changed.
 *
 * @param file how messages name it
 * @throws UserError naming line and column when it is broken
 */
export function parseYaml(text: string, file: string): YamlFile {
  if (last?.text !== text || last.file !== file) last = { text, file, parsed: parse(text, file) };
  return last.parsed;
}

function parse(text: string, file: string): YamlFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
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
    const problem = yamlProblem(document);
    if (problem) {
      const { node, message, hint } = problem;
      throw new UserError(`${node.range ? at(node.range[0]) : file}: ${message}`, hint);
    }
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
