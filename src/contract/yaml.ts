/** Writes YAML of plain data, which is faster than to build a document of it. */

import { isRecord } from '../util/json.ts';
import { needsQuotes } from '../util/yaml-words.ts';

/** Writes a value of JSON as YAML in blocks, which every version of YAML reads as that value. */
export function writeYaml(value: unknown): string {
  const lines: string[] = [];
  write(value, '', '', lines);
  return `${lines.join('\n')}\n`;
}

/**
 * Adds the lines of a value.
 *
 * @param start what the first line starts with: the indentation, and a key or a dash
 * @param indent the indentation of what is in the value
 */
function write(value: unknown, start: string, indent: string, lines: string[]): void {
  const isList = Array.isArray(value);
  const entries = isList ? value.map((item) => ['-', item] as const) : entriesOf(value);
  if (entries === undefined || entries.length === 0) {
    lines.push(start + (entries === undefined ? scalar(value, indent) : isList ? '[]' : '{}'));
    return;
  }
  // A map begins on the line of a dash; all else is below its key.
  const isInline = start === '' || (start.endsWith('- ') && !isList);
  if (!isInline) lines.push(start.trimEnd());
  entries.forEach(([key, item], index) => {
    const before = isInline && index === 0 && start !== '' ? start : indent;
    write(item, `${before}${key} `, `${indent}  `, lines);
  });
}

function entriesOf(value: unknown): readonly (readonly [key: string, item: unknown])[] | undefined {
  if (!isRecord(value)) return undefined;
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => [`${text(name)}:`, item]);
}

function scalar(value: unknown, indent: string): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  // Only what has no tabs, no spaces at the ends of lines and nothing that is not printed.
  if (/^[\p{L}\p{N}\p{P}\p{S}]/u.test(value) && /^[\p{L}\p{N}\p{P}\p{S} \n]*\S$/u.test(value)) {
    if (value.includes('\n') && indent !== '' && !/ \n/.test(value)) {
      const lines = value.split('\n').map((line) => (line === '' ? '' : indent + line));
      return `|-\n${lines.join('\n')}`;
    }
  }
  return text(value);
}

/** Quotes a text where it is not plain. */
function text(value: string): string {
  const isPlain = /^[\p{L}\p{N}\p{P}\p{S} ]*[^\s]$/u.test(value) && !needsQuotes(value);
  // JSON leaves as they are some characters that YAML has to escape.
  return isPlain
    ? value
    : JSON.stringify(value).replace(
        /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
        (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
}
