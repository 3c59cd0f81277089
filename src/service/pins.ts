import { isScalar, parseDocument } from 'yaml';

/** Says which key of a service's file pins a version. JSON parses as YAML. */
export const PINS: Readonly<Record<string, readonly [section: string, name: string]>> = {
  'package.json': ['devDependencies', 'osls'],
  'pubspec.yaml': ['environment', 'sdk'],
};

/** Describes a version that can be raised. */
export interface Pin {
  readonly path: string;
  /** `osls` or `sdk`. */
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** The text of the file with the raised version. */
  readonly after: string;
}

/** Matches a version, optionally with an operator. */
const VERSION = /^([\^~]|>=)?(\d+)\.(\d+)\.(\d+)$/;

/**
 * Raises the version that a service's file pins to the one in the generated file, changing only
 * the numbers. Returns undefined if the version is as high already, has another form, or is
 * missing.
 */
export function raisePin(path: string, text: string, generated: string): Pin | undefined {
  const place = PINS[path];
  if (place === undefined) return undefined;
  const [mine, theirs] = [scalarAt(text, place), scalarAt(generated, place)];
  const [from, to] = [VERSION.exec(mine?.value ?? ''), VERSION.exec(theirs?.value ?? '')];
  if (mine === undefined || from === null || to === null || !isLower(from, to)) return undefined;
  const version = to.slice(2).join('.');
  const raised = `${from[1] ?? ''}${version}`;
  const source = text.slice(mine.start, mine.end).replace(mine.value, raised);
  const after = text.slice(0, mine.start) + source + text.slice(mine.end);
  return { path, name: place[1], from: mine.value, to: raised, after };
}

function scalarAt(text: string, place: readonly string[]) {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  const node = document.getIn(place, true);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) return undefined;
  const [start, end] = node.range;
  return { value: node.value, start, end };
}

function isLower(from: RegExpExecArray, to: RegExpExecArray): boolean {
  const numbers = (match: RegExpExecArray) => match.slice(2).map(Number);
  const [a, b] = [numbers(from), numbers(to)];
  const index = a.findIndex((part, at) => part !== b[at]);
  return index !== -1 && (a[index] as number) < (b[index] as number);
}
