import { isScalar, isSeq } from 'yaml';
import { NotUnderstoodError } from '../../errors.ts';
import { isUnknown } from '../../util/json.ts';
import { isYaml, type ReadFile } from '../variables/included-file.ts';
import { pathKey } from '../variables/lookup.ts';
import { isVariable } from '../variables/parts.ts';
import { type Operand, parseText, type Text, VariableSyntaxError } from '../variables/text.ts';
import { type FunctionsPlace, functionsNode, refuserOf } from './locate.ts';
import * as messages from './messages.ts';

/** Holds the text of a service's file, and reads the files that its variables name. */
export interface ServiceText {
  /** Also names the file in messages. */
  readonly file: string;
  readonly text: string;
  readonly include?: ReadFile | undefined;
}

/**
 * Finds where the functions of a service are written, in order: `functions` is a map, a variable
 * that names a file, or a list of these. For a place that cannot be edited, the list has the
 * reason instead.
 *
 * @throws UserError when a file is broken
 */
export function functionsPlaces({
  file,
  text,
  include,
}: ServiceText): readonly (FunctionsPlace | NotUnderstoodError)[] {
  const find = (
    place: FunctionsPlace,
    outer: readonly string[],
  ): readonly (FunctionsPlace | NotUnderstoodError)[] => {
    const refuse = refuserOf(place);
    const node = functionsNode(place);
    if (isSeq(node)) {
      if (node.items.length === 0) throw refuse(node, messages.functionsEmpty());
      return node.items.flatMap((_, index) =>
        orReason(() => find({ ...place, path: [...place.path, index] }, outer)),
      );
    }
    if (!isScalar(node) || typeof node.value !== 'string') return [place];
    const named = namedPlace(node.value, include);
    const trail = [...outer, keyOf(place)];
    if (named === undefined || trail.includes(keyOf(named))) {
      throw refuse(node, messages.functionsAreVariable({ variable: node.value }));
    }
    return find(named, trail);
  };
  const places = orReason(() => find({ file, text, path: ['functions'] }, []));
  const keys = places.map((place) => (place instanceof NotUnderstoodError ? '' : keyOf(place)));
  return places.map((place) =>
    place instanceof NotUnderstoodError ||
    keys.indexOf(keyOf(place)) === keys.lastIndexOf(keyOf(place))
      ? place
      : refuserOf(place)(undefined, messages.includedTwice()),
  );
}

const keyOf = ({ file, path }: FunctionsPlace): string => pathKey([file, ...path]);

/** Returns what was found, or the reason why the place cannot be edited. */
export function orReason<T>(find: () => readonly T[]): readonly (T | NotUnderstoodError)[] {
  try {
    return find();
  } catch (error) {
    if (error instanceof NotUnderstoodError) return [error];
    throw error;
  }
}

/**
 * Resolves a variable such as `${file(functions.yml):api}` to the place in a YAML or JSON file
 * that it names. Returns undefined for any other text and for a file that cannot be read.
 */
export function namedPlace(
  text: string,
  include: ReadFile | undefined,
): FunctionsPlace | undefined {
  const [variable, ...rest] = isUnknown(text) ? partsOf(text) : [];
  if (variable === undefined || rest.length > 0 || !isVariable(variable)) return undefined;
  const [source, ...fallbacks] = variable.alternatives;
  if (source === undefined || fallbacks.length > 0 || !('source' in source)) return undefined;
  const { source: name, parameters, address } = source;
  const [path, keys = ''] = [...parameters, address].map(
    (operand) => operand && plainText(operand),
  );
  if (name !== 'file' || path === undefined || parameters.length !== 1) return undefined;
  if (address !== undefined && keys === '') return undefined;
  const found = include?.(path);
  if (found === undefined || 'problem' in found || !isYaml(found.path)) {
    return undefined;
  }
  return { file: found.path, text: found.text, path: keys === '' ? [] : keys.split('.') };
}

/** Returns a parameter or an address as a string, or undefined if it contains variables. */
function plainText(operand: Operand): string | undefined {
  if ('literal' in operand)
    return typeof operand.literal === 'string' ? operand.literal : undefined;
  const [text, ...rest] = operand.text;
  return typeof text === 'string' && rest.length === 0 ? text : undefined;
}

function partsOf(text: string): Text {
  try {
    return parseText(text);
  } catch (error) {
    if (error instanceof VariableSyntaxError) return []; // reported when the service is read
    throw error;
  }
}
