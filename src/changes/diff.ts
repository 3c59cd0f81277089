import { applyPatch, structuredPatch } from 'diff';
import type { Change, ChangeSet } from './change-set.ts';

/** Formats changes as a unified diff in the form of git. */
export function unifiedDiff(changes: ChangeSet): string {
  return changes.map(fileDiff).join('');
}

function fileDiff(change: Change): string {
  const { kind, path } = change;
  const before = kind === 'create' ? '' : change.before;
  const after = kind === 'create' ? change.content : kind === 'update' ? change.after : '';
  const { hunks } = structuredPatch(path, path, before, after, undefined, undefined, {
    context: 3,
  });
  const lines = [`diff --git a/${path} b/${path}`];
  if (kind === 'create') lines.push('new file mode 100644');
  if (kind === 'delete') lines.push('deleted file mode 100644');
  if (hunks.length > 0) {
    lines.push(`--- ${kind === 'create' ? '/dev/null' : `a/${path}`}`);
    lines.push(`+++ ${kind === 'delete' ? '/dev/null' : `b/${path}`}`);
  }
  for (const hunk of hunks) {
    const range = (sign: string, start: number, count: number) => `${sign}${start},${count}`;
    const from = range('-', hunk.oldLines === 0 ? hunk.oldStart - 1 : hunk.oldStart, hunk.oldLines);
    const to = range('+', hunk.newLines === 0 ? hunk.newStart - 1 : hunk.newStart, hunk.newLines);
    lines.push(`@@ ${from} ${to} @@`, ...hunk.lines);
  }
  return `${lines.join('\n')}\n`;
}

/** Tells whether a text has all changes between two others, besides changes of its own. */
export function appliedAlready(text: string, before: string, after: string): boolean {
  const applies = (from: string, to: string, fuzzFactor: number): boolean => {
    const patch = structuredPatch('', '', from, to, undefined, undefined, { context: 3 });
    return applyPatch(text, patch, { fuzzFactor }) !== false;
  };
  // With its own changes close by, what counts is whether the diff could be applied again.
  return applies(after, before, 0) || (applies(after, before, 3) && !applies(before, after, 3));
}
