import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, type Pair, parse, parseDocument } from 'yaml';
import { messageOf, UserError } from '../errors.ts';
import { at, quoted } from '../message.ts';
import { asText, recordOf } from '../util/json.ts';
import { cannotAdd, namelessPackage } from './messages.ts';

/**
 * Reads the name of the package from a pubspec.yaml, by which its own libraries are imported.
 *
 * @throws UserError when the file is broken or has no name
 */
export function pubspecName(text: string): string {
  const name = asText(readMap(text).name);
  if (name !== undefined) return name;
  throw new UserError(at('pubspec.yaml', namelessPackage()), 'name: hello');
}

/**
 * Reads the version of the package from a pubspec.yaml, if it has one.
 *
 * @throws UserError when the file is broken
 */
export function pubspecVersion(text: string): string | undefined {
  return asText(readMap(text).version);
}

function readMap(text: string): Record<string, unknown> {
  try {
    return recordOf(parse(text));
  } catch (error) {
    const [reason = ''] = messageOf(error).split('\n', 1);
    throw new UserError(at('pubspec.yaml', quoted(reason)), 'correct that line');
  }
}

/**
 * Adds a dependency to a pubspec.yaml and keeps the rest of it as it is. Returns the same text where
 * the package is there already, in whatever version.
 *
 * @throws UserError when the file is broken, or in a form that cannot be edited safely
 */
export function withDependency(text: string, name: string, version: string): string {
  const before = readMap(text);
  if (name in recordOf(before.dependencies)) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const edited = addDependency(text.replaceAll('\r\n', '\n'), `${name}: ${version}`);
  const wanted = { ...before, dependencies: { ...recordOf(before.dependencies), [name]: version } };
  if (edited !== undefined && isDeepStrictEqual(readMap(edited), wanted)) {
    return edited.replaceAll('\n', eol);
  }
  throw new UserError(
    at('pubspec.yaml', cannotAdd({ name })),
    `add  ${name}: ${version}  below  dependencies:  , then run this again`,
  );
}

function addDependency(text: string, line: string): string | undefined {
  const document = parseDocument(text);
  if (!isMap(document.contents)) return undefined;
  const pairs = document.contents.items;
  const found = pairs.find((pair) => keyOf(pair) === 'dependencies');
  const block = `dependencies:\n  ${line}\n`;
  if (found === undefined) {
    const dev = pairs.find((pair) => keyOf(pair) === 'dev_dependencies');
    const start = dev && isScalar(dev.key) ? dev.key.range?.[0] : undefined;
    if (start === undefined) return `${text.trimEnd()}\n\n${block}`;
    // Above the comment that belongs to it.
    const comment = /(?<=^|\n)(?:#.*\n)+$/.exec(text.slice(0, start))?.[0] ?? '';
    const place = start - comment.length;
    return `${text.slice(0, place)}${block}\n${text.slice(place)}`;
  }
  const { key, value } = found;
  if (isMap(value) && !value.flow) {
    const last = value.items.at(-1);
    const first = isScalar(value.items[0]?.key) ? value.items[0].key.range?.[0] : undefined;
    const node = last?.value ?? last?.key;
    const end = (node as { range?: readonly number[] } | undefined)?.range?.[1];
    if (first === undefined || end === undefined) return undefined;
    const indent = first - (text.lastIndexOf('\n', first) + 1);
    return insertLine(text, end, `${' '.repeat(indent)}${line}`);
  }
  if (isMap(value)) {
    const [start, end] = value.range ?? [];
    if (start === undefined || end === undefined) return undefined;
    const items = text.slice(start + 1, end - 1).trim();
    const flow = items === '' ? `\n  ${line}` : `{${items.replace(/,$/, '')}, ${line}}`;
    const head = items === '' ? text.slice(0, start).trimEnd() : text.slice(0, start);
    return head + flow + text.slice(end);
  }
  // An alias, for example, is not an empty section.
  if (recordOf(document.toJS()).dependencies !== null) return undefined;
  const end = isScalar(key) ? key.range?.[1] : undefined;
  return end === undefined ? undefined : insertLine(text, end, `  ${line}`);
}

const keyOf = ({ key }: Pair): unknown => (isScalar(key) ? key.value : undefined);

/** Inserts a line below the one of a place. */
function insertLine(text: string, place: number, line: string): string {
  // The end of a block is at the start of the line below it.
  const own = text[place - 1] === '\n' ? place - 1 : text.indexOf('\n', place);
  const end = own === -1 ? text.length : own;
  return `${text.slice(0, end)}\n${line}${own === -1 ? '\n' : text.slice(end)}`;
}
