/** Adds functions whose events come from other sources than an HTTP API to a service. */

import { isDeepStrictEqual } from 'node:util';
import { Scalar } from 'yaml';
import { UserError } from '../../../errors.ts';
import { at } from '../../../message.ts';
import type {
  AddedFunction,
  FunctionRecord,
  NewFunction,
  Written,
  WrittenMap,
} from '../../../service/new-function.ts';
import { isRecord, recordOf } from '../../../util/json.ts';
import { parseYaml } from '../../yaml-file.ts';
import { notUnderstood, readValue, valueAt, withoutOthers } from '../check.ts';
import { type FileEdit, readMaps, siblingsOf } from '../functions.ts';
import { memberJson } from '../json.ts';
import { columnOf, type FunctionsMap, lineBreakOf, refuserOf } from '../locate.ts';
import * as messages from '../messages.ts';
import { putParts } from '../parts/put.ts';
import { flowText, mapLines, normal } from '../parts/written.ts';
import { type EditedService, requireReadable } from '../readable.ts';
import { runtimesDiffer, sharedSettings } from '../shared-settings.ts';
import { functionSplice, type Splice, spliced } from '../splice.ts';
import { inOrder, measure, quoted, textOf } from '../style.ts';

export const RESOURCES = ['resources', 'Resources'];
export const STATEMENTS = ['provider', 'iam', 'role', 'statements'];

export interface AddedSource {
  /** One for each file. */
  readonly edits: readonly FileEdit[];
  /** What was written, without the resources and statements that were there. */
  readonly added: AddedFunction;
}

/**
 * Adds a function after the last editable one, and the resources and statements that it needs and
 * that are not there.
 *
 * @param functions what is recorded of others: what they have in common goes with the last of them
 * @throws UserError when a resource of the same logical ID differs, when the runtime to use is
 * ambiguous, or when the service could not be read after the edit
 * @throws NotUnderstoodError when the files have a structure that cannot be edited
 */
export function addSourceFunction(
  service: EditedService,
  fn: NewFunction,
  functions: FunctionRecord = new Map(),
): AddedSource {
  const { maps, problems } = readMaps(service);
  const map = maps.at(-1);
  if (map === undefined) throw problems.at(-1);
  const siblings = siblingsOf(service, map);
  if (runtimesDiffer(siblings, fn.key)) {
    throw new UserError(
      at(map.at(map.functions[0].start), messages.runtimesDiffer()),
      'set  runtime: provided.al2023  below  provider:',
    );
  }
  const shared = sharedSettings(siblings, fn.key) as WrittenMap;
  const body = bodyOf(fn, shared);
  const ownRoot = parseYaml(service.text, service.file).value;
  const resources = missingResources(ownRoot, fn.resources ?? {}, service.file);
  const statements = missingStatements(ownRoot, fn.statements ?? []);
  if (statements.length > 0) requireOwnRole(service, ownRoot);
  // In the same place, what is indented deeper comes first.
  const puts = [
    ...(statements.length > 0 ? [putParts(service, STATEMENTS, statements)] : []),
    ...(Object.keys(resources).length > 0 ? [putParts(service, RESOURCES, resources)] : []),
  ];
  const added = functionSplice(map, render(fn.key, body, map));
  const more = puts.map(({ splice }) => splice);
  const files: readonly (readonly [string, string, readonly Splice[]])[] =
    map.file === service.file
      ? [[map.file, map.text, [added, ...more]]]
      : [
          ...(more.length > 0 ? [[service.file, service.text, more] as const] : []),
          [map.file, map.text, [added]],
        ];
  const edits = files.map(([file, before, splices]) => ({
    file,
    before,
    after: spliced(before, splices),
  }));
  const short = withoutOthersIn(map, map.file === service.file ? [added, ...more] : [added]);
  for (const edit of edits) {
    const { file } = edit;
    const { value, after } = (file === map.file && valuesOf(short, file)) || {
      value: parseYaml(edit.before, file).value,
      after: readValue(edit.after, file),
    };
    let wanted = value;
    if (file === map.file) wanted = withValue(wanted, [...map.path, fn.key], body);
    if (file === service.file) {
      if (Object.keys(resources).length > 0) wanted = withValue(wanted, RESOURCES, resources);
      if (statements.length > 0) wanted = withValue(wanted, STATEMENTS, statements);
    }
    const isWanted = isDeepStrictEqual(normal(after), normal(wanted));
    if (!isWanted) throw notUnderstood(map, map.functions[0].start);
  }
  const edited = edits.find(({ file }) => file === map.file)?.after ?? map.text;
  // Another file is checked as a whole, because something else may use it, too.
  const texts = map.file === service.file ? ([short.after, edited] as const) : ([edited] as const);
  requireReadable(texts, service, map, fn.key);
  const others = [...functions.values()];
  const emptied: Record<string, string> = Object.assign(
    {},
    ...others.map((other) => other.emptied),
    ...puts.map((put) => put.emptied),
  );
  const ofOthers = others.flatMap((other) => Object.keys(other.resources ?? {}));
  const own = Object.entries(fn.resources ?? {}).filter(
    ([id]) => Object.hasOwn(resources, id) || ofOthers.includes(id),
  );
  const known = others.flatMap((other) => other.statements ?? []).map(normal);
  const ownStatements = (fn.statements ?? []).filter(
    (one) =>
      statements.includes(one) || known.some((other) => isDeepStrictEqual(other, normal(one))),
  );
  return {
    edits,
    added: {
      events: fn.events,
      ...(fn.settings && { settings: fn.settings }),
      ...(own.length > 0 && { resources: Object.fromEntries(own) }),
      ...(ownStatements.length > 0 && { statements: ownStatements }),
      ...(Object.keys(emptied).length > 0 && { emptied }),
    },
  };
}

interface Edited {
  readonly before: string;
  readonly after: string;
}

/** Makes the edit in a file without the functions before the last one, for a quick check. */
function withoutOthersIn(map: FunctionsMap, splices: readonly Splice[]): Edited {
  const { start } = map.functions.at(-1) ?? map.functions[0];
  const shift = start - map.functions[0].start;
  const before = withoutOthers(map, map.text);
  const moved = splices.map(({ from, to, text }) =>
    from < start ? { from, to, text } : { from: from - shift, to: to - shift, text },
  );
  return { before, after: spliced(before, moved) };
}

/** Parses both texts. Returns undefined when one is broken, as aliases may need what it lacks. */
function valuesOf({ before, after }: Edited, file: string) {
  const values = { value: readValue(before, file), after: readValue(after, file) };
  return values.value === undefined || values.after === undefined ? undefined : values;
}

/** Returns the function as it is written; one without events has no such key. */
export function bodyOf({ handler, events, settings }: NewFunction, shared: WrittenMap): WrittenMap {
  const written = events.map((event) => ({ [event.kind]: event.settings }));
  return { handler, ...shared, ...settings, ...(written.length > 0 && { events: written }) };
}

function render(key: string, body: WrittenMap, map: FunctionsMap): string {
  const { text, functions, isJson } = map;
  if (isJson) return memberJson(key, body, map);
  const { start } = functions[0];
  const eol = lineBreakOf(text, start);
  const style = measure(map, { api: 'http' });
  if (functions.every(({ value }) => value === undefined || value.flow)) {
    const example = functions.findLast(({ value }) => value !== undefined)?.value;
    const quotes = example && textOf(example, 'handler')?.type;
    return `${quoted(key, Scalar.PLAIN, false)}: ${flowText(body, quotes)}`;
  }
  const { body: inner, dash, event: item, quotes } = style;
  const ordered = inOrder(Object.keys(body), style.order).map((name) => [name, body[name] ?? '']);
  const values = { [key]: Object.fromEntries(ordered) };
  const lines = mapLines(values, { body: inner, dash, item, quotes });
  return lines.join(eol + ' '.repeat(columnOf(text, start)));
}

function missingResources(root: unknown, resources: WrittenMap, file: string): WrittenMap {
  const present = recordOf(valueAt(root, RESOURCES));
  const missing = Object.entries(resources).filter(([id, resource]) => {
    if (!Object.hasOwn(present, id)) return true;
    if (isDeepStrictEqual(normal(present[id]), normal(resource))) return false;
    throw new UserError(at(file, messages.resourceDiffers({ name: id })), 'choose another name');
  });
  return Object.fromEntries(missing);
}

function missingStatements(root: unknown, statements: readonly Written[]): readonly Written[] {
  const present = valueAt(root, STATEMENTS);
  const known = Array.isArray(present) ? present.map(normal) : [];
  return statements.filter(
    (statement) => !known.some((one) => isDeepStrictEqual(one, normal(statement))),
  );
}

/** Refuses statements where an older key of the provider holds the role or its statements. */
function requireOwnRole({ file, text }: EditedService, root: unknown): void {
  const provider = recordOf(recordOf(root).provider);
  const name = ['role', 'iamRoleStatements'].find((key) => provider[key] !== undefined);
  if (name === undefined) return;
  const refuse = refuserOf({ file, text, path: STATEMENTS });
  throw refuse(undefined, messages.partIsNotAMap({ name: `provider.${name}` }));
}

function withValue(root: unknown, [key, ...rest]: readonly unknown[], value: unknown): unknown {
  if (key === undefined) {
    if (Array.isArray(value)) return [...(Array.isArray(root) ? root : []), ...value];
    return isRecord(value) ? { ...recordOf(root), ...value } : value;
  }
  const name = String(key);
  if (Array.isArray(root)) {
    return root.map((item, index) => (index === Number(key) ? withValue(item, rest, value) : item));
  }
  return { ...recordOf(root), [name]: withValue(recordOf(root)[name], rest, value) };
}
