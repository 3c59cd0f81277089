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
import { UserError } from '../errors.ts';
import { at as placed, quoted } from '../message.ts';
import * as messages from './messages.ts';

/** The hint for a file that is not YAML. */
export const CORRECT_LINE = 'correct that line; YAML is indented with spaces';

/** Limits the number of values in a file once its aliases are expanded. */
const MAX_VALUES = 1_000_000;

interface Anchored {
  readonly node: Node;
  /** Counts the values; undefined until all of the node has been visited. */
  values: number | undefined;
}

/**
 * Checks that a document converts to JSON in reasonable time, which YAML's aliases, merge keys and
 * complex keys can prevent, and that no map has a key twice.
 *
 * @param at returns the place of a node, for messages
 * @throws UserError for the first node that has no equivalent in JSON, or for the first duplicate
 */
export function checkValues(
  { contents }: Document,
  at: (node: Node) => string,
  { allowsDuplicates }: { readonly allowsDuplicates: boolean },
): void {
  const anchors = new Map<string, Anchored>();

  /** Counts the values that the node expands to. */
  const weigh = (node: unknown): number => {
    if (isAlias(node)) return weighAlias(node);
    if (!isScalar(node) && !isCollection(node)) return 1;
    const anchored: Anchored = { node, values: undefined };
    if (node.anchor !== undefined) anchors.set(node.anchor, anchored);
    let values = 1;
    if (isSeq(node)) for (const item of node.items) values += weigh(item);
    if (isMap(node)) {
      const keys = new Set<unknown>();
      for (const pair of node.items) {
        if (!allowsDuplicates) addKey(keys, pair);
        values += weighPair(pair);
      }
    }
    anchored.values = values;
    if (values <= MAX_VALUES) return values;
    throw new UserError(placed(at(node), messages.tooManyValues()), 'use fewer aliases of aliases');
  };

  const addKey = (keys: Set<unknown>, { key }: Pair): void => {
    if (!isScalar(key)) return;
    if (keys.has(key.value)) {
      throw new UserError(placed(at(key), quoted('Map keys must be unique.')), CORRECT_LINE);
    }
    keys.add(key.value);
  };

  const weighAlias = (alias: Node & { readonly source: string }): number => {
    const { source } = alias;
    const anchored = anchors.get(source);
    if (anchored === undefined) {
      throw new UserError(
        placed(at(alias), messages.unresolvedAlias({ name: source })),
        'correct that alias',
      );
    }
    if (anchored.values !== undefined) return anchored.values;
    throw new UserError(
      placed(at(alias), messages.aliasInItself({ name: source })),
      'write the value out',
    );
  };

  const target = (node: unknown): unknown =>
    isAlias(node) ? anchors.get(node.source)?.node : node;

  const weighPair = ({ key, value }: Pair): number => {
    const values = weigh(key) + weigh(value);
    if (isCollection(target(key))) {
      throw new UserError(
        placed(at(key as Node), messages.keyIsCollection()),
        'use a string as the key',
      );
    }
    // An unquoted `<<` has a symbol as its value.
    if (isScalar(key) && typeof key.value === 'symbol') {
      const merged = target(value);
      const sources = isSeq(merged) ? merged.items : [merged];
      if (sources.some((source) => !isMap(target(source)))) {
        throw new UserError(
          placed(at((value ?? key) as Node), messages.mergeTakesMaps()),
          '<<: *name-of-a-map',
        );
      }
    }
    return values;
  };

  weigh(contents);
}
