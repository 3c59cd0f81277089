/** What YAML allows and no JSON value can be, or not in a reasonable time. */

import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
} from 'yaml';

/** What is wrong, where, and what to do about it. */
interface YamlProblem {
  readonly node: Node;
  readonly message: string;
  readonly hint: string;
}

/** How many values a file may have once its aliases are replaced by what they stand for. */
const MAX_VALUES = 1_000_000;

/** The first alias, merge key or key of a document that has no value in JSON; undefined when there is none. */
export function yamlProblem({ contents }: Document): YamlProblem | undefined {
  const anchors = new Map<string, Anchored>();
  let problem: YamlProblem | undefined;
  const report = (found: YamlProblem): number => {
    problem ??= found;
    return 0;
  };

  /** How many values the node comes to; 0 from the first problem on. */
  const weigh = (node: unknown): number => {
    if (problem !== undefined) return 0;
    if (isAlias(node)) return weighAlias(node);
    if (!isScalar(node) && !isCollection(node)) return 1;
    const anchored: Anchored = { node, values: undefined };
    if (node.anchor !== undefined) anchors.set(node.anchor, anchored);
    let values = 1;
    if (isSeq(node)) for (const item of node.items) values += weigh(item);
    if (isMap(node)) for (const pair of node.items) values += weighPair(pair);
    anchored.values = values;
    if (values <= MAX_VALUES) return values;
    return report({
      node,
      message: 'its aliases stand for too many values.',
      hint: 'write out less by aliases of aliases',
    });
  };

  const weighAlias = (alias: Node & { readonly source: string }): number => {
    const { source } = alias;
    const anchored = anchors.get(source);
    if (anchored === undefined) {
      return report({
        node: alias,
        message: `Unresolved alias (the anchor must be set before the alias): ${source}.`,
        hint: 'correct that alias',
      });
    }
    if (anchored.values !== undefined) return anchored.values;
    return report({
      node: alias,
      message: `the alias *${source} is within what it stands for.`,
      hint: 'write the value out',
    });
  };

  const target = (node: unknown): unknown =>
    isAlias(node) ? anchors.get(node.source)?.node : node;

  const weighPair = ({ key, value }: Pair): number => {
    const values = weigh(key) + weigh(value);
    if (problem !== undefined) return 0;
    if (isCollection(target(key))) {
      const node = key as Node;
      return report({
        node,
        message: 'a key is a list or a map.',
        hint: 'take a text for the key',
      });
    }
    // Its value is a symbol, unless it is in quotes.
    if (isScalar(key) && typeof key.value === 'symbol') {
      const merged = target(value);
      const sources = isSeq(merged) ? merged.items : [merged];
      if (sources.some((source) => !isMap(target(source)))) {
        const node = (value ?? key) as Node;
        return report({ node, message: '`<<` takes maps only.', hint: '<<: *name-of-a-map' });
      }
    }
    return values;
  };

  weigh(contents);
  return problem;
}

interface Anchored {
  readonly node: Node;
  /** Undefined until all of it has been seen. */
  values: number | undefined;
}
