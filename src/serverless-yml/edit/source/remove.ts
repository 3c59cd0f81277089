/** Takes out of a service what was written for a function of another source than an HTTP API. */

import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../../errors.ts';
import { at } from '../../../message.ts';
import type { AddedFunction, FunctionRecord } from '../../../service/new-function.ts';
import { isRecord, recordOf } from '../../../util/json.ts';
import { escapePattern } from '../../../util/text.ts';
import { parseYaml } from '../../yaml-file.ts';
import { valueAt } from '../check.ts';
import { type FileEdit, removeFunction } from '../functions.ts';
import * as messages from '../messages.ts';
import { withoutParts } from '../parts/cut.ts';
import { normal } from '../parts/written.ts';
import type { EditedService } from '../readable.ts';
import { RESOURCES, STATEMENTS } from './add.ts';

/** A resource or a statement that stays. */
export interface KeptPart {
  /** `resources.Resources.OrderQueue`. */
  readonly path: string;
  /** Whether its content was changed, or what else uses it. */
  readonly reason: 'edited' | { readonly usedBy: string };
}

export interface RemovedSource {
  readonly edits: readonly FileEdit[];
  readonly kept: readonly KeptPart[];
  /** The paths of the resources that go, too. */
  readonly gone: readonly string[];
  /** The file from which `${file(...)}` read the function. It is kept. */
  readonly named: string | undefined;
}

/**
 * Removes a function with the resources and statements that were recorded for it. Those that were
 * edited stay, unless `force` is set, as do those that something else uses. Returns undefined if
 * there is no function of that name.
 *
 * @throws UserError when the function was edited and `force` is not set
 * @throws NotUnderstoodError when the files have a structure that cannot be edited
 */
export function removeSourceFunction(
  service: EditedService,
  key: string,
  { force, functions }: { readonly force: boolean; readonly functions: FunctionRecord },
): RemovedSource | undefined {
  const recorded: AddedFunction = functions.get(key) ?? { events: [] };
  const edit = removeFunction(service, key, { force, recorded });
  // After a change that was interrupted, what is recorded may be there without the function.
  if (edit === undefined && !functions.has(key)) return undefined;
  const { file } = service;
  const before = edit?.file === file ? edit.after : service.text;
  const root = parseYaml(before, file).value;
  const { resources = {}, statements = [], emptied = {} } = recorded;
  const present = recordOf(valueAt(root, RESOURCES));
  const kept = new Map<string, KeptPart['reason']>();
  const going = new Set(Object.keys(resources).filter((id) => Object.hasOwn(present, id)));
  for (const id of going) {
    const [other] = [...functions].find(
      ([name, fn]) => name !== key && Object.hasOwn(fn.resources ?? {}, id),
    ) ?? [undefined];
    if (other !== undefined) {
      kept.set(pathOf(id), { usedBy: `functions.${other}` });
      going.delete(id);
      continue;
    }
    if (force || isDeepStrictEqual(normal(present[id]), normal(resources[id]))) continue;
    kept.set(pathOf(id), 'edited');
    going.delete(id);
  }
  const others = [...functions].flatMap(([name, fn]) =>
    name === key ? [] : (fn.statements ?? []),
  );
  const isOwn = (statement: unknown): boolean =>
    statements.some((one) => isDeepStrictEqual(normal(one), normal(statement))) &&
    !others.some((one) => isDeepStrictEqual(normal(one), normal(statement)));
  const listed = valueAt(root, STATEMENTS);
  const indices = new Set(
    (Array.isArray(listed) ? listed : []).flatMap((one, index) => (isOwn(one) ? [index] : [])),
  );
  const isGoing = (path: readonly string[]): boolean =>
    (path[0] === 'functions' && path[1] === key) ||
    (path[0] === 'resources' && path[1] === 'Resources' && going.has(path[2] ?? '')) ||
    (path.length > 4 &&
      STATEMENTS.every((step, i) => path[i] === step) &&
      indices.has(Number(path[4])));
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const id of going) {
      const usedBy = [service.configuration.value, root].map((value) =>
        useOf(id, value, [], isGoing),
      );
      const [use] = usedBy.filter((one) => one !== undefined);
      if (use === undefined) continue;
      kept.set(pathOf(id), { usedBy: use });
      going.delete(id);
      isDone = false;
    }
  }
  const withoutStatements = withoutParts(
    before,
    file,
    STATEMENTS,
    (i) => indices.has(Number(i)),
    emptied,
  );
  const after = withoutParts(
    withoutStatements,
    file,
    RESOURCES,
    (id) => going.has(String(id)),
    emptied,
  );
  requireOnly(service, root, after, going, indices);
  const own = { file, before: service.text, after };
  const elsewhere = edit === undefined || edit.file === file ? [] : [edit];
  const edits = [...(after === service.text ? [] : [own]), ...elsewhere];
  return {
    edits,
    kept: [...kept].map(([path, reason]) => ({ path, reason })),
    gone: [...going].map(pathOf),
    named: edit?.named,
  };
}

const pathOf = (id: string): string => `${RESOURCES.join('.')}.${id}`;

/** Checks that the text lacks only what goes, and can be read. */
function requireOnly(
  service: EditedService,
  root: unknown,
  after: string,
  going: ReadonlySet<string>,
  indices: ReadonlySet<number>,
): void {
  const value = parseYaml(after, service.file).value;
  const rest = (from: unknown) => {
    const { resources, provider, ...others } = recordOf(from);
    const { Resources, ...more } = recordOf(resources);
    const { iam, ...settings } = recordOf(provider);
    const { role, ...ofIam } = recordOf(iam);
    const { statements, ...ofRole } = recordOf(role);
    return { others, Resources, more, settings, ofIam, ofRole, statements };
  };
  const left = Object.entries(recordOf(rest(root).Resources)).filter(([id]) => !going.has(id));
  const list = rest(root).statements;
  const wanted = {
    ...rest(root),
    Resources: Object.fromEntries(left),
    statements: Array.isArray(list) ? list.filter((_, index) => !indices.has(index)) : [],
  };
  const got = rest(value);
  const is = { ...got, Resources: recordOf(got.Resources), statements: got.statements ?? [] };
  if (!isDeepStrictEqual(is, wanted)) {
    throw new UserError(
      at(service.file, messages.notUnderstood({ file: service.file })),
      'make the change by hand',
    );
  }
  service.read({ file: service.file, text: after });
}

/** Returns the path of what refers to a resource by its logical ID, outside of what goes, too. */
function useOf(
  id: string,
  value: unknown,
  path: readonly string[],
  isGoing: (path: readonly string[]) => boolean,
): string | undefined {
  if (isGoing(path)) return undefined;
  const last = path.findLast((step) => !/^\d+$/.test(step)) ?? '';
  if (typeof value === 'string') {
    const whole = /^(Ref|Fn::GetAtt|DependsOn)$/.test(last);
    const name = escapePattern(id);
    const is = new RegExp(whole ? `^${name}(?:\\.|$)` : `\\$\\{${name}(?:\\.[\\w.]+)?\\}`);
    return is.test(value)
      ? path.filter((step) => !/^(Ref|Fn::.*)$/.test(step)).join('.')
      : undefined;
  }
  if (!isRecord(value) && !Array.isArray(value)) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const use = useOf(id, item, [...path, key], isGoing);
    if (use !== undefined) return use;
  }
  return undefined;
}
