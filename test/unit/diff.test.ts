import { describe, expect, it } from 'vitest';
import { unifiedDiff } from '../../src/changes/diff.ts';

describe('unifiedDiff', () => {
  it('is as git diff prints it, of each kind of change', () => {
    expect(
      unifiedDiff([
        { kind: 'create', path: 'a', content: 'x\ny' },
        { kind: 'create', path: 'empty', content: '' },
        { kind: 'update', path: 'b', before: '1\n2\n3\n', after: '1\r\n2\n3\n' },
        { kind: 'delete', path: 'c', before: 'z\n' },
      ]),
    ).toBe(
      [
        'diff --git a/a b/a',
        'new file mode 100644',
        '--- /dev/null',
        '+++ b/a',
        '@@ -0,0 +1,2 @@',
        '+x',
        '+y',
        '\\ No newline at end of file',
        'diff --git a/empty b/empty',
        'new file mode 100644',
        'diff --git a/b b/b',
        '--- a/b',
        '+++ b/b',
        '@@ -1,3 +1,3 @@',
        '-1',
        '+1\r',
        ' 2',
        ' 3',
        'diff --git a/c b/c',
        'deleted file mode 100644',
        '--- a/c',
        '+++ /dev/null',
        '@@ -1,1 +0,0 @@',
        '-z',
        '',
      ].join('\n'),
    );
  });

  it('is nothing of no change', () => {
    expect(unifiedDiff([])).toBe('');
  });
});
