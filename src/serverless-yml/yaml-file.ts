import { type Document, isMap, isScalar, LineCounter, type Pair, parseDocument } from 'yaml';
import { UserError } from '../errors.ts';
import { at as placed, quoted } from '../message.ts';
import { withFullStop } from '../util/text.ts';
import { notJson, tooDeep } from './messages.ts';
import { CORRECT_LINE, checkValues } from './yaml-values.ts';

export interface YamlFile {
  readonly document: Document;
  /** The contents, with aliases and merge keys resolved as osls resolves them. */
  readonly value: unknown;
  /** Returns file, line and column of an offset: `serverless.yml:3:5`. */
  readonly at: (offset: number) => string;
}

/**
 * Resolves the short forms of CloudFormation's functions of one string: `!Ref Table` is `{ Ref:
 * 'Table' }`.
 */
const INTRINSICS = ['Ref', 'Condition', 'GetAtt', 'ImportValue', 'Sub', 'GetAZs'].map((name) => ({
  tag: `!${name}`,
  resolve: (text: string) => ({
    [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: text,
  }),
}));

/** The last result for each file, because a command parses the same text several times. */
const last = new Map<string, { readonly text: string; readonly parsed: YamlFile }>();

/**
 * Parses a YAML file, or a JSON file if its name ends in `.json`. Do not modify the result: it is
 * shared.
 *
 * @param file names the file in messages
 * @throws UserError with line and column when it is broken
 */
export function parseYaml(text: string, file: string): YamlFile {
  const before = last.get(file);
  if (before?.text === text) return before.parsed;
  const parsed = file.endsWith('.json') ? parseJson(text, file) : parse(text, file);
  last.set(file, { text, parsed });
  return parsed;
}

/** Parses JSON as YAML, which also accepts the duplicate keys that JSON.parse does. */
function parseJson(text: string, file: string): YamlFile {
  try {
    const value: unknown = JSON.parse(text);
    return { ...parse(text, file, { allowsDuplicates: true }), value };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError(placed(file, notJson({ reason: error.message })), 'correct it there');
  }
}

function parse(text: string, file: string, { allowsDuplicates = false } = {}): YamlFile {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    merge: true,
    // checkValues finds duplicates; the parser would compare each key with all before it.
    uniqueKeys: false,
    customTags: INTRINSICS,
  });
  const at = (offset: number): string => {
    const { line, col } = lineCounter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const [broken] = document.errors;
  if (broken) {
    if (broken.code === 'RESOURCE_EXHAUSTION') throw nestedTooDeeply(file);
    throw new UserError(
      placed(at(broken.pos[0]), quoted(withFullStop(broken.message))),
      CORRECT_LINE,
    );
  }
  try {
    checkValues(document, ({ range }) => (range ? at(range[0]) : file), { allowsDuplicates });
    // checkValues has already limited what the aliases expand to.
    return { document, value: document.toJS({ maxAliasCount: -1 }), at };
  } catch (error) {
    if (error instanceof RangeError) throw nestedTooDeeply(file);
    throw error;
  }
}

/** Makes the error for a file on which the parser, or our own recursion, overflows the stack. */
const nestedTooDeeply = (file: string): UserError =>
  new UserError(placed(file, tooDeep()), 'remove the unclosed brackets');

/** Returns the pair of a YAML map that has the key; undefined where there is none, or no map. */
export const pairAt = (node: unknown, key: string | number | undefined): Pair | undefined =>
  isMap(node)
    ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
    : undefined;
