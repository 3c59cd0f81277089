/** Renders a function of another source, and what it needs, as blocks to paste by hand. */

import type { NewFunction, Written, WrittenMap } from '../../../service/new-function.ts';
import { DEFAULT_VALUES, listLines, mapLines } from '../parts/written.ts';
import { bodyOf, RESOURCES, STATEMENTS } from './add.ts';

export interface SourceBlock {
  /** Leads to what the block belongs below: `['resources', 'Resources']`. */
  readonly below: readonly (string | number)[];
  readonly text: string;
}

/**
 * Returns the function, its resources and its statements, as far as it has them.
 *
 * @param functions leads to the functions in their file
 * @param isJson whether each file is JSON
 */
export function sourceBlocks(
  fn: NewFunction,
  functions: readonly (string | number)[],
  isJson: { readonly functions: boolean; readonly service: boolean },
): readonly SourceBlock[] {
  const { resources = {}, statements = [] } = fn;
  const body = { [fn.key]: bodyOf(fn, {}) };
  return [
    { below: functions, text: render(body, functions.length, isJson.functions) },
    ...(Object.keys(resources).length > 0
      ? [{ below: RESOURCES, text: render(resources, RESOURCES.length, isJson.service) }]
      : []),
    ...(statements.length > 0
      ? [{ below: STATEMENTS, text: render(statements, STATEMENTS.length, isJson.service) }]
      : []),
  ];
}

function render(parts: WrittenMap | readonly Written[], depth: number, isJson: boolean): string {
  if (isJson) {
    const lines = JSON.stringify(parts, undefined, 2).split('\n').slice(1, -1);
    return lines.map((line) => line.slice(2)).join('\n');
  }
  const lines = Array.isArray(parts)
    ? listLines(parts, DEFAULT_VALUES)
    : mapLines(parts as WrittenMap, DEFAULT_VALUES);
  return lines.map((line) => ' '.repeat(2 * depth) + line).join('\n');
}
