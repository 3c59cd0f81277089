import { expect } from 'vitest';
import type { ChangeSet } from '../../src/changes/change-set.ts';
import { planUpgrade, type Upgrade } from '../../src/plan/upgrade.ts';
import { RECORD_FILE, readRecord } from '../../src/service/record.ts';
import { newService } from './service.ts';

type Files = Record<string, string>;

/** Plans the upgrade of a service with those files. */
export function planUpgradeOf(files: Files, flags: Partial<Upgrade> = {}) {
  const { [RECORD_FILE]: recordText, ...existing } = files;
  const { [RECORD_FILE]: _, ...present } = newService();
  return planUpgrade({
    generated: Object.entries(present).map(([path, content]) => ({
      kind: 'create',
      path,
      content,
    })),
    record: readRecord(recordText),
    recordText,
    existing: new Map(Object.entries(existing)),
    force: false,
    pins: false,
    ...flags,
  });
}

/** The files after the changes, which must fit what is there. */
export function applied(files: Files, changes: ChangeSet): Files {
  const after = { ...files };
  for (const one of changes) {
    expect(after[one.path]).toBe(one.kind === 'create' ? undefined : one.before);
    if (one.kind === 'delete') delete after[one.path];
    else after[one.path] = one.kind === 'create' ? one.content : one.after;
  }
  return after;
}
