import { cpSync } from 'node:fs';
import { applyEdit } from '../../src/changes/apply-edit.ts';
import type { ChangeSet } from '../../src/changes/change-set.ts';
import { temporaryFolder } from './folders.ts';

/** The changes from one tree to another, in the order in which the command has listed them. */
export function changesOf(
  before: Record<string, string>,
  after: Record<string, string>,
  listed: string,
): ChangeSet {
  return listed.split('\n').map((line) => {
    const [kind, path = ''] = line.split(/ +/);
    const [old = '', content = ''] = [before[path], after[path]];
    if (kind === 'create') return { kind, path, content };
    return kind === 'delete'
      ? { kind, path, before: old }
      : { kind: 'update', path, before: old, after: content };
  });
}

/** All states in which a killed command can leave a service: after none, one, two ... steps. */
export async function statesBetween(root: string, changes: ChangeSet): Promise<string[]> {
  const states: string[] = [];
  for (let steps = 0; steps <= changes.length; steps++) {
    const state = temporaryFolder();
    cpSync(root, state, { recursive: true });
    await applyEdit(state, changes.slice(0, steps));
    states.push(state);
  }
  return states;
}
