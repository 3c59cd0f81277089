import { argumentsOf, calledBy, SELECTORS, typeArgument } from './calls.ts';
import type { Node } from './parser.ts';

/** Lists the types of the `registerEvent` calls, which may be left to be inferred. */
export function eventTypesIn(root: Node): string[] {
  if (!root.text.includes('registerEvent')) return [];
  return root.descendantsOfType('identifier').flatMap((node) => {
    const selector = node?.text === 'registerEvent' ? node.parent : null;
    const part = selector && SELECTORS.includes(selector.type) ? calledBy(selector) : null;
    if (part === null) return [];
    const [reader] = argumentsOf(part);
    return [typeArgument(part) ?? typeOfReader(reader?.text ?? '')].filter(
      (type) => type !== undefined,
    );
  });
}

/** Returns the class that a constructor of it reads: that of `AwsSqsEvent.fromJson`. */
export const typeOfReader = (reader: string): string | undefined =>
  /^(\w+)\.fromJson$/.exec(reader)?.[1];
