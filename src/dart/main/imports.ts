import { NotUnderstoodError } from '../../errors.ts';
import { at } from '../../message.ts';
import { noImport } from './messages.ts';
import { type Import, MAIN_FILE } from './read.ts';

/** Returns the file that lib/main.dart imports by that URI, relative to lib/. */
export function libraryOf(uri: string, packageName: string): string {
  const own = `package:${packageName}/`;
  return uri.startsWith(own) ? uri.slice(own.length) : uri.replace(/^\.\//, '');
}

/**
 * Adds an import to the service's own, in alphabetical order if they are.
 *
 * @throws NotUnderstoodError if the file has no import
 */
export function addImport(
  text: string,
  imports: readonly Import[],
  { library, package: packageName }: { readonly library: string; readonly package: string },
  eol: string,
): string {
  if (imports.some(({ uri, prefix }) => !prefix && libraryOf(uri, packageName) === library)) {
    return text;
  }
  const last = imports.at(-1);
  if (last === undefined) {
    throw new NotUnderstoodError(at(MAIN_FILE, noImport()), 'make the change by hand');
  }
  const own = imports.filter(
    ({ uri }) => uri.startsWith(`package:${packageName}/`) || !uri.includes(':'),
  );
  const example = own.at(-1);
  const isPackage = example?.uri.startsWith('package:') ?? false;
  const uri = isPackage ? `package:${packageName}/${library}` : library;
  const group = own.filter((other) => other.uri.startsWith('package:') === isPackage);
  const isSorted = group.every(
    ({ uri: other }, i) => i === 0 || (group[i - 1]?.uri ?? '') <= other,
  );
  const next = isSorted ? group.find((other) => other.uri > uri) : undefined;
  const previous = next === undefined ? (group.at(-1) ?? last) : group[group.indexOf(next) - 1];
  const quote = text.slice((example ?? last).start, (example ?? last).end).includes('"')
    ? '"'
    : "'";
  const line = `import ${quote}${uri}${quote};`;
  if (previous !== undefined) {
    return splice(text, lineEnd(text, previous.end), eol + line);
  }
  return splice(text, (next as Import).start, line + eol);
}

export const splice = (text: string, at: number, insert: string): string =>
  text.slice(0, at) + insert + text.slice(at);

/** Returns the offset, or the end of its line if only a comment follows. */
export function afterComment(text: string, offset: number): number {
  const end = lineEnd(text, offset);
  return /^\s*\/\//.test(text.slice(offset, end)) ? end : offset;
}

function lineEnd(text: string, offset: number): number {
  const rest = /\r?\n/.exec(text.slice(offset));
  return rest === null ? text.length : offset + rest.index;
}

/** Removes a piece of code, with its line if there is nothing else on it. */
export function removeCode(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const isFirst = text.slice(lineStart, start).trim() === '';
  if (!isFirst) return text.slice(0, start) + text.slice(end);
  const rest = text.slice(end, lineEnd(text, end));
  // A comment stays, on a line of its own.
  if (rest.trim().startsWith('//')) return text.slice(0, start) + text.slice(end).trimStart();
  if (lineStart === 0) return text.slice(0, start) + text.slice(end).replace(/^\s*?\r?\n/, '');
  // A semicolon must not end up in a comment of the line above.
  const above = text.slice(text.lastIndexOf('\n', lineStart - 2) + 1, lineStart);
  if (above.includes('//') && rest.trim() !== '') return text.slice(0, start) + text.slice(end);
  const before = text[lineStart - 2] === '\r' ? lineStart - 2 : lineStart - 1;
  return text.slice(0, before) + text.slice(end);
}
